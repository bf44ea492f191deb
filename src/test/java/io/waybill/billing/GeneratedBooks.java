package io.waybill.billing;

import static java.math.BigDecimal.ZERO;

import io.waybill.billing.Paper.Item;
import io.waybill.billing.Paper.Row;
import io.waybill.billing.Paper.What;
import io.waybill.ledger.SoldLabels.Label;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The labels of an account and all invoices of a season that bill them, over several files and in two currencies, some of them
 * sent again or corrected. It knows for itself where each cent belongs.
 */
final class GeneratedBooks {
    static final String DOLLARS = "USD";
    static final String EUROS = "EUR";
    private static final int INVOICES = 5;

    final List<Label> labels = new ArrayList<>();
    final List<Bill> bills = new ArrayList<>();

    /** What stands billed in the end, by currency and place: a tracking number of ours, or the bucket. */
    final TreeMap<String, BigDecimal> places = new TreeMap<>();

    /** The same of every number, whosever it is. */
    final TreeMap<String, BigDecimal> billed = new TreeMap<>();

    /** Labels that are billed in full in the end, and what nobody has billed yet of others. */
    final TreeMap<String, BigDecimal> owed = new TreeMap<>();

    private final Supplier<Paper> form;
    private final String name;
    private final LocalDate day;
    private final Random random;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /** What becomes of a label on the carrier's invoices. */
    enum Fate {
        PLAIN,
        APART,
        TWICE,
        TWICE_LATER,
        GIVEN_BACK,
        BILLED_ANEW,
        ANEW_AT_ONCE,
        ADDRESS,
        DUTY,
        VOIDED,
        DEARER,
        CHEAPER,
        NEVER,
        OTHER_CURRENCY,
        NOT_OURS,
        NOT_OURS_GIVEN_BACK,
        OTHER_ACCOUNT
    }

    /**
     * A file.
     *
     * @param correction it comes after what it corrects
     */
    record Bill(String name, String currency, Paper paper, boolean correction) {}

    GeneratedBooks(Supplier<Paper> form, String name, long seed, int parcels, LocalDate day) {
        this.form = form;
        this.name = name;
        this.day = day;
        this.random = new Random(seed);
        for (int n = 0; n < INVOICES; n++) {
            rows.put(invoice(n), new ArrayList<>());
        }
        rows.put(euros(), new ArrayList<>());
        Fate[] fates = Fate.values();
        for (int n = 0; n < parcels; n++) {
            new Parcel("9612%s%05d".formatted(name, n), fates[random.nextInt(fates.length)]).bill();
        }
        put(any(), "", List.of(Item.of(What.FEE, cents(1 + random.nextInt(3_000)))));
        rows.values().removeIf(List::isEmpty);
        files();
        sum();
    }

    private String invoice(int n) {
        return name + "-" + n;
    }

    private String euros() {
        return name + "-E";
    }

    private String any() {
        return invoice(random.nextInt(INVOICES));
    }

    private static BigDecimal cents(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    private void put(String invoice, String tracking, List<Item> items) {
        put(invoice, row(invoice, tracking, false, items));
    }

    private void put(String invoice, Row row) {
        rows.computeIfAbsent(invoice, unused -> new ArrayList<>()).add(row);
    }

    private Row row(String invoice, String tracking, boolean other, List<Item> items) {
        return new Row(invoice, tracking, day, null, other, "2", "2", false, "005", items);
    }

    /** Some invoices to a file, those in euros in one of their own; then one is corrected. */
    private void files() {
        List<String> dollars = new ArrayList<>(rows.keySet());
        dollars.remove(euros());
        Collections.shuffle(dollars, random);
        while (!dollars.isEmpty()) {
            List<String> together = dollars.subList(0, Math.min(dollars.size(), 1 + random.nextInt(3)));
            bills.add(bill(DOLLARS, List.copyOf(together), false));
            together.clear();
        }
        if (rows.containsKey(euros())) {
            bills.add(bill(EUROS, List.of(euros()), false));
        }
        if (random.nextBoolean()) {
            correct(List.copyOf(rows.keySet()).get(random.nextInt(rows.size())));
        }
    }

    /** A line goes, one is dearer, and one comes for a label that is not billed yet. */
    private void correct(String invoice) {
        List<Row> said = rows.get(invoice);
        List<Row> corrected = new ArrayList<>(said);
        if (corrected.size() > 1) {
            corrected.remove(random.nextInt(corrected.size()));
        }
        int at = random.nextInt(corrected.size());
        Row dearer = corrected.get(at);
        List<Item> items = new ArrayList<>(dearer.items());
        items.set(0, Item.of(items.get(0).what(), items.get(0).amount().add(cents(17))));
        corrected.set(at, row(invoice, dearer.tracking(), dearer.otherAccount(), items));
        rows.put(invoice, corrected);
        bills.add(bill(invoice.equals(euros()) ? EUROS : DOLLARS, List.of(invoice), true));
    }

    private Bill bill(String currency, List<String> invoices, boolean correction) {
        Paper paper = form.get();
        invoices.forEach(invoice -> rows.get(invoice).forEach(paper::add));
        return new Bill(name + "-file-" + bills.size() + ".csv", currency, paper, correction);
    }

    private void sum() {
        rows.forEach((invoice, all) -> all.forEach(row -> {
            String currency = invoice.equals(euros()) ? EUROS : DOLLARS;
            places.merge(currency + " " + place(row), row.sum(), BigDecimal::add);
            billed.merge(row.tracking(), row.sum(), BigDecimal::add);
        }));
        labels.forEach(label -> {
            BigDecimal charged = rows.entrySet().stream()
                    .filter(invoice -> !invoice.getKey().equals(euros()))
                    .flatMap(invoice -> invoice.getValue().stream())
                    .filter(row -> row.tracking().equals(label.tracking()))
                    .flatMap(row -> row.items().stream())
                    .map(item -> item.amount().max(ZERO))
                    .reduce(ZERO, BigDecimal::add);
            owed.put(label.tracking(), label.expected().subtract(charged).max(ZERO));
        });
    }

    private String place(Row row) {
        if (row.otherAccount()) {
            return "unknown-account";
        }
        return row.tracking().isEmpty()
                ? "account-fee"
                : known.contains(row.tracking()) ? row.tracking() : "outside-label";
    }

    private final class Parcel {
        private final String tracking;
        private final Fate fate;
        private final BigDecimal price = cents(100 + random.nextInt(random.nextInt(9) == 0 ? 300_000 : 5_000));
        private final BigDecimal fuel = cents(1 + random.nextInt(500));
        private final BigDecimal extra = cents(1 + random.nextInt(900));

        Parcel(String tracking, Fate fate) {
            this.tracking = tracking;
            this.fate = fate;
        }

        void bill() {
            boolean ours = switch (fate) {
                case NOT_OURS, NOT_OURS_GIVEN_BACK, OTHER_ACCOUNT -> false;
                default -> true;
            };
            if (ours) {
                sell();
            }
            String first = any();
            switch (fate) {
                case NEVER -> {}
                case APART -> {
                    put(first, tracking, List.of(Item.of(What.TRANSPORT, price)));
                    put(any(), tracking, List.of(Item.of(What.FUEL, fuel), Item.of(What.EXTRA, extra)));
                }
                case DEARER -> put(first, tracking, items(price.add(cents(123)), 1));
                case CHEAPER -> put(first, tracking, items(price.subtract(cents(23)), 1));
                case OTHER_CURRENCY -> put(euros(), tracking, items(price, 1));
                case OTHER_ACCOUNT -> put(first, row(first, tracking, true, items(price, 1)));
                default -> {
                    put(first, tracking, items(price, 1));
                    beside(first);
                }
            }
        }

        private void beside(String first) {
            switch (fate) {
                case TWICE -> put(first, tracking, items(price, 1));
                case TWICE_LATER -> put(any(), tracking, List.of(Item.of(What.TRANSPORT, price)));
                case GIVEN_BACK, VOIDED, NOT_OURS_GIVEN_BACK -> put(any(), tracking, items(price, -1));
                case BILLED_ANEW -> {
                    put(any(), tracking, items(price, -1));
                    put(any(), tracking, items(price, 1));
                }
                case ANEW_AT_ONCE -> {
                    put(first, tracking, items(price, -1));
                    put(first, tracking, items(price.add(cents(11)), 1));
                }
                case ADDRESS -> put(first, tracking, List.of(Item.of(What.ADDRESS, cents(1_800))));
                case DUTY -> put(any(), tracking, List.of(Item.of(What.DUTY, cents(777))));
                default -> {}
            }
        }

        private List<Item> items(BigDecimal transport, int sign) {
            BigDecimal by = BigDecimal.valueOf(sign);
            return List.of(
                    Item.of(What.TRANSPORT, transport.multiply(by)),
                    Item.of(What.FUEL, fuel.multiply(by)),
                    Item.of(What.EXTRA, extra.multiply(by)));
        }

        private void sell() {
            known.add(tracking);
            Map<String, BigDecimal> parts = new LinkedHashMap<>();
            parts.put("shipping", price);
            parts.put("fuel_charge", fuel);
            parts.put("additional_fees", extra);
            labels.add(new Label("SO-" + tracking, tracking, day, parts, fate == Fate.VOIDED));
        }
    }
}
