package io.waybill.billing;

import static java.math.BigDecimal.ZERO;

import io.waybill.billing.Paper.Item;
import io.waybill.billing.Paper.Row;
import io.waybill.billing.Paper.What;
import io.waybill.ledger.SoldLabels.Label;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Parcels that were sold at what was agreed, and the invoices of a carrier that errs on some of them. It knows for itself what an
 * audit must find: it shares no line with what reads and audits.
 */
final class GeneratedBill {
    private static final BigDecimal EXTRA = new BigDecimal("0.35");
    private static final int INVOICES = 7;

    final Paper paper;
    final List<Label> labels = new ArrayList<>();
    final List<Label> inEuros = new ArrayList<>();
    final List<String> neverScanned = new ArrayList<>();
    final List<String> neverBilled = new ArrayList<>();
    final List<Found> planted = new ArrayList<>();
    BigDecimal expected = ZERO;

    private final Set<String> withFee = new HashSet<>();
    private final String name;
    private final LocalDate day;
    private final Random random;

    /** What a later invoice charges; it stands behind all others, as it was written after them. */
    private final List<Row> later = new ArrayList<>();

    /** @param claim what can be asked back */
    record Found(String rule, String tracking, String amount, String claim) {
        static Found of(Plant plant, String tracking, BigDecimal amount, BigDecimal claim) {
            return new Found(String.valueOf(plant.rule), tracking, Paper.plain(amount), Paper.plain(claim));
        }
    }

    /** @param name of this bill, in all its numbers; the same seed is the same bill */
    GeneratedBill(Paper paper, String name, long seed, int parcels, LocalDate day) {
        this.paper = paper;
        this.name = name;
        this.day = day;
        this.random = new Random(seed);
        List<Plant> plants = Stream.of(Plant.values())
                .filter(plant -> !paper.cannot().contains(plant))
                .toList();
        for (int n = 0; n < parcels; n++) {
            Plant plant = random.nextInt(3) == 0 ? plants.get(random.nextInt(plants.size())) : Plant.NOTHING;
            new Parcel(n, plant).bill();
        }
        later.forEach(paper::add);
    }

    /** What was agreed, the latest terms last in the file and first in force. */
    String contract(String week) {
        return """
            %s
            currency: USD
            terms:
              - from: 2020-01-01
                tolerance: 5.00
                discounts: [ { percent: 1 } ]
                accessorials: { %s: 99.00 }
              - from: 2021-01-01
                tolerance: 0.02
                divisor: 139
                fuel: { %s: 12.00 }
                guaranteed: { "%s": 3 }
                minimums: { "%s": 1 }
                discounts: [ { percent: 40 } ]
                accessorials: { %s: 0.35 }
                zones: { US: "005" }
            """.formatted(
                        paper.number() == null ? "" : "numbers: [ \"" + paper.number() + "\" ]",
                        paper.extraCode(),
                        week,
                        paper.service(),
                        paper.service(),
                        paper.extraCode());
    }

    private static BigDecimal percent(BigDecimal amount, int percent) {
        return amount.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal cents(int cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    /** One parcel, sold for 60 percent of a list price, fuel and an extra. */
    private final class Parcel {
        private final Plant plant;
        private final String invoice;
        private final String laterInvoice;
        private final String tracking;
        private final BigDecimal list = cents(500 + random.nextInt(9_000));
        private final BigDecimal price = net(list);
        private final BigDecimal fuel = percent(price, 12);
        private final BigDecimal whole = price.add(fuel).add(EXTRA);

        Parcel(int n, Plant plant) {
            this.plant = plant;
            this.tracking = "9612%s%05d".formatted(name, n);
            this.invoice = name + "-" + (paper.isOneInvoiceEach() ? "A" + n : "A" + n % INVOICES);
            this.laterInvoice = name + "-" + (paper.isOneInvoiceEach() ? "B" + n : "B");
        }

        private static BigDecimal net(BigDecimal list) {
            return list.subtract(percent(list, 40));
        }

        void bill() {
            sell();
            switch (plant) {
                case NOT_BILLED -> neverBilled.add(tracking);
                case ACCOUNT_FEE -> {
                    normal(price, list, fuel, EXTRA);
                    if (withFee.add(invoice)) {
                        BigDecimal fee = cents(2_100);
                        put(new Row(invoice, "", day, null, false, "", "", false, "", List.of(Item.of(What.FEE, fee))));
                        planted.add(Found.of(plant, "", fee, ZERO));
                    }
                }
                case OTHER_ACCOUNT, NEVER_BOUGHT -> {
                    put(row(plant == Plant.OTHER_ACCOUNT, List.of(new Item(What.TRANSPORT, price, price))));
                    find(price, plant == Plant.OTHER_ACCOUNT ? price : ZERO);
                }
                case CHARGED_TWICE, CHARGED_AGAIN_LATER -> twice();
                case DEARER, ROUNDED_UP, WITHOUT_DISCOUNT, MORE_FUEL, DEAR_EXTRA, EXTRA_LEFT_OUT -> otherwise();
                case VOIDED, NEVER_SCANNED, OTHER_CURRENCY -> whole();
                case LATE -> {
                    put(with(row(false, items(price, list, fuel, EXTRA)), day.plusDays(14), "2", "2", "005"));
                    find(ZERO, price);
                }
                case HEAVIER, MEASURED, ZONE, LEAST_WEIGHT -> corrected();
                case NOTHING -> normal(price, list, fuel, EXTRA);
                default -> beside();
            }
        }

        private void sell() {
            Map<String, BigDecimal> parts = new LinkedHashMap<>();
            parts.put("shipping", price);
            parts.put("fuel_charge", fuel);
            parts.put("additional_fees", EXTRA);
            Label label = new Label("SO-" + tracking, tracking, day, parts, plant == Plant.VOIDED);
            switch (plant) {
                case OTHER_ACCOUNT, NEVER_BOUGHT -> {}
                case OTHER_CURRENCY -> inEuros.add(label);
                case NOT_BILLED -> labels.add(label);
                case NEVER_SCANNED -> {
                    neverScanned.add(tracking);
                    labels.add(label);
                    expected = expected.add(whole);
                }
                default -> {
                    labels.add(label);
                    expected = expected.add(label.expected());
                }
            }
        }

        private void twice() {
            normal(price, list, fuel, EXTRA);
            Row again = row(false, List.of(new Item(What.TRANSPORT, price, list)));
            if (plant == Plant.CHARGED_TWICE) {
                put(again);
            } else {
                later.add(in(laterInvoice, again));
            }
            find(price, price);
        }

        /** Another price of one part. */
        private void otherwise() {
            BigDecimal more = cents(60 + random.nextInt(400));
            switch (plant) {
                case DEARER -> {
                    BigDecimal dear = list.add(more);
                    normal(net(dear), dear, fuel, EXTRA);
                    find(net(dear).subtract(price), net(dear).subtract(price));
                }
                case ROUNDED_UP -> {
                    normal(price.add(cents(1)), list, fuel, EXTRA);
                    find(cents(1), ZERO);
                }
                case WITHOUT_DISCOUNT -> {
                    normal(list, list, fuel, EXTRA);
                    find(list.subtract(price), list.subtract(price));
                }
                case MORE_FUEL -> {
                    normal(price, list, fuel.add(more), EXTRA);
                    find(more, more);
                }
                case DEAR_EXTRA -> {
                    normal(price, list, fuel, EXTRA.add(more));
                    find(more, more);
                }
                default -> {
                    put(row(false, List.of(new Item(What.TRANSPORT, price, list), Item.of(What.FUEL, fuel))));
                    find(EXTRA.negate(), ZERO);
                }
            }
        }

        /** A label that is billed as it was sold, and should not have been. */
        private void whole() {
            normal(price, list, fuel, EXTRA);
            switch (plant) {
                case VOIDED -> find(whole, whole);
                case NEVER_SCANNED -> find(ZERO, whole);
                default -> find(whole, ZERO);
            }
        }

        /** Weight and zone: where the carrier has no line for it, the transport is dearer. */
        private void corrected() {
            BigDecimal more = cents(300 + random.nextInt(900));
            boolean owed = plant == Plant.MEASURED || plant == Plant.LEAST_WEIGHT;
            String entered = plant == Plant.LEAST_WEIGHT ? "0.5" : "2";
            String billed = switch (plant) {
                case HEAVIER -> "9";
                case MEASURED -> "6";
                case LEAST_WEIGHT -> "1";
                default -> "2";
            };
            String zone = plant == Plant.ZONE ? "008" : "005";
            boolean inTheTransport = paper instanceof DhlPaper || (paper instanceof FedexPaper && plant == Plant.ZONE);
            if (inTheTransport) {
                BigDecimal dear = list.add(more);
                put(with(row(false, items(net(dear), dear, fuel, EXTRA)), null, entered, billed, zone));
                find(net(dear).subtract(price), net(dear).subtract(price));
            } else {
                normal(price, list, fuel, EXTRA);
                Item item = Item.of(plant == Plant.ZONE ? What.ZONE : What.WEIGHT, more);
                Row row = with(row(false, List.of(item)), null, entered, billed, zone);
                put(plant == Plant.LEAST_WEIGHT ? least(row) : row);
                find(more, owed ? ZERO : more);
            }
        }

        /** A line of its own beside what was expected. */
        private void beside() {
            BigDecimal amount = cents(100 + random.nextInt(2_000));
            What what = switch (plant) {
                case RESIDENTIAL -> What.RESIDENTIAL;
                case ADDRESS -> What.ADDRESS;
                case RETURNED -> What.RETURN;
                case CREDITED -> What.CREDIT;
                case DUTY -> What.DUTY;
                default -> throw new IllegalArgumentException(plant.name());
            };
            BigDecimal said = what == What.CREDIT ? amount.negate() : amount;
            boolean claimed = plant == Plant.RESIDENTIAL || plant == Plant.ADDRESS;
            if (paper.isOneInvoiceEach()) {
                List<Item> items = new ArrayList<>(items(price, list, fuel, EXTRA));
                items.add(Item.of(what, said));
                put(row(false, items));
            } else {
                normal(price, list, fuel, EXTRA);
                put(row(false, List.of(Item.of(what, said))));
            }
            find(said, claimed ? said : ZERO);
        }

        private void normal(BigDecimal net, BigDecimal before, BigDecimal surcharge, BigDecimal extra) {
            put(row(false, items(net, before, surcharge, extra)));
        }

        private static List<Item> items(BigDecimal net, BigDecimal before, BigDecimal surcharge, BigDecimal extra) {
            return List.of(
                    new Item(What.TRANSPORT, net, before), Item.of(What.FUEL, surcharge), Item.of(What.EXTRA, extra));
        }

        private Row row(boolean otherAccount, List<Item> items) {
            return new Row(invoice, tracking, day, null, otherAccount, "2", "2", false, "005", items);
        }

        private void find(BigDecimal amount, BigDecimal claim) {
            planted.add(Found.of(plant, tracking, amount, claim));
        }

        private void put(Row row) {
            paper.add(row);
        }
    }

    private static Row with(Row row, @Nullable LocalDate delivered, String entered, String billed, String zone) {
        return new Row(
                row.invoice(),
                row.tracking(),
                row.shipped(),
                delivered,
                row.otherAccount(),
                entered,
                billed,
                row.leastWeight(),
                zone,
                row.items());
    }

    private static Row least(Row row) {
        return new Row(
                row.invoice(),
                row.tracking(),
                row.shipped(),
                row.delivered(),
                row.otherAccount(),
                row.entered(),
                row.billed(),
                true,
                row.zone(),
                row.items());
    }

    private static Row in(String invoice, Row row) {
        return new Row(
                invoice,
                row.tracking(),
                row.shipped(),
                row.delivered(),
                row.otherAccount(),
                row.entered(),
                row.billed(),
                row.leastWeight(),
                row.zone(),
                row.items());
    }
}
