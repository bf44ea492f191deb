package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.StagedInvoiceBook.Staged;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A carrier's file of invoices as it lies there, read by the layouts and the checks of those that are taken in. Nothing of it
 * is kept: what is billed for what, and which shipments are on it.
 */
public final class BillFile {
    private final String carrier;
    private final String currency;
    private final List<String> numbers;
    private final Map<Group, Sum> sums;
    private final Shipments shipments;

    private BillFile(String carrier, String currency, List<String> numbers, Map<Group, Sum> sums, Shipments shipments) {
        this.carrier = carrier;
        this.currency = currency;
        this.numbers = numbers;
        this.sums = sums;
        this.shipments = shipments;
    }

    /** What a charge is for, as a bill is first asked. */
    public enum Group {
        LABEL,
        FUEL,
        ADDITIONAL,
        DUTIES_AND_TAXES,
        /** What is charged or given back afterwards, and what is billed late. */
        ADJUSTMENTS,
        /** Of the account, of no shipment. */
        ACCOUNT;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Group of(InvoiceLine line) {
            return switch (line.kind()) {
                case "adjustment", "late_bill", "void_credit", "claim_credit", "refund" -> ADJUSTMENTS;
                case "account_fee" -> ACCOUNT;
                case "duty_tax" -> DUTIES_AND_TAXES;
                default -> Bill.isTax(line.type()) ? DUTIES_AND_TAXES : of(Bill.Part.of(line.type()));
            };
        }

        private static Group of(Bill.Part part) {
            return switch (part) {
                case TRANSPORT -> LABEL;
                case FUEL -> Group.FUEL;
                case EXTRAS -> ADDITIONAL;
            };
        }
    }

    /** So many lines, and what they come to. */
    public static final class Sum {
        private int lines;
        private BigDecimal amount = BigDecimal.ZERO;

        private void add(BigDecimal more) {
            lines++;
            amount = amount.add(more);
        }

        public int lines() {
            return lines;
        }

        public BigDecimal amount() {
            return amount;
        }
    }

    /** What a bill says of one parcel, or of the parcels that share a number. */
    public static final class Shipment {
        private final String name;
        private BigDecimal amount = BigDecimal.ZERO;
        private BigDecimal taxes = BigDecimal.ZERO;

        private Shipment(String name) {
            this.name = name;
        }

        /** Its number on the bill; of one without, its reference. */
        public String name() {
            return name;
        }

        public BigDecimal amount() {
            return amount;
        }

        /** Without duties and taxes, which no price has in it. */
        public BigDecimal untaxed() {
            return amount.subtract(taxes);
        }

        private void add(InvoiceLine line) {
            amount = amount.add(line.amount());
            if (Group.of(line) == Group.DUTIES_AND_TAXES) {
                taxes = taxes.add(line.amount());
            }
        }
    }

    /** Those of a bill, by everything they are known by. */
    private static final class Shipments {
        private final Map<String, Shipment> byNumber = new HashMap<>();
        private final Map<String, Set<Shipment>> byReference = new HashMap<>();
        private final Set<Shipment> all = new LinkedHashSet<>();
        private final Sum ofNone = new Sum();

        void add(InvoiceLine line) {
            List<String> references = MatchRule.CUSTOMER_REFERENCE.says(line);
            List<String> numbers = Stream.of(
                            MatchRule.TRACKING_NUMBER, MatchRule.LEAD_NUMBER, MatchRule.ORIGINAL_NUMBER)
                    .flatMap(rule -> rule.says(line).stream())
                    .toList();
            if (Group.of(line) == Group.ACCOUNT || (numbers.isEmpty() && references.isEmpty())) {
                ofNone.add(line.amount());
                return;
            }
            Shipment shipment = numbers.isEmpty() ? named(references) : numbered(numbers);
            shipment.add(line);
            all.add(shipment);
            references.forEach(reference -> byReference
                    .computeIfAbsent(reference, key -> new LinkedHashSet<>())
                    .add(shipment));
        }

        private Shipment named(List<String> references) {
            return byNumber.computeIfAbsent(
                    "\n" + String.join("\n", references), key -> new Shipment(references.get(0)));
        }

        private Shipment numbered(List<String> numbers) {
            List<String> plain = numbers.stream().map(Numbers::plain).toList();
            Shipment shipment = plain.stream()
                    .map(byNumber::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseGet(() -> new Shipment(numbers.get(0)));
            plain.forEach(number -> byNumber.putIfAbsent(number, shipment));
            return shipment;
        }
    }

    /**
     * The carrier in whose own layout a file is, by its first row; empty where it is in none of them.
     *
     * @param name of the file
     */
    public static Optional<String> carrierOf(Content content, String name) throws IOException {
        return Layouts.carrierOf(content, name);
    }

    /**
     * Reads a file to its end.
     *
     * @param handed its account is not asked for
     * @throws ProblemException with what is wrong with the file, as when it is taken in; {@code bill-two-currencies}
     */
    public static BillFile read(Handed handed, Mappings mappings) throws IOException {
        Layout layout = new Layouts(mappings, new Contracts(Path.of(""))).named(handed);
        Faults faults = new Faults(handed.name());
        Adding adding = new Adding(faults, layout);
        try {
            adding.read(handed, layout);
        } catch (ProblemException e) {
            e.problems().forEach(faults::add);
        }
        if (!faults.any()) {
            Importing.prove(adding.staged(), handed, layout, faults);
        }
        if (!faults.any()) {
            adding.requireSomethingInOneCurrency();
        }
        if (faults.any()) {
            throw new ProblemException(faults.problems());
        }
        return new BillFile(
                layout.name(),
                adding.currencies.iterator().next(),
                List.copyOf(adding.invoices.keySet()),
                Collections.unmodifiableMap(adding.sums),
                adding.shipments);
    }

    /** Adds charges up instead of keeping them. */
    private static final class Adding extends Proving {
        private final Faults faults;
        private final Map<String, BigDecimal> totals = new HashMap<>();
        private final Set<String> currencies = new TreeSet<>();
        private final Map<Group, Sum> sums = new EnumMap<>(Group.class);
        private final Shipments shipments = new Shipments();

        Adding(Faults faults, Layout layout) {
            super(faults, layout);
            this.faults = faults;
        }

        void read(Handed handed, Layout layout) throws IOException {
            Content.Look look = handed.content().look();
            try (DocumentReader reader = Formats.open(
                    handed.content().open(), handed.name(), layout.reading(look.format(), look.delimiter()))) {
                for (Document next = reader.next(); next != null && !faults.enough(); next = reader.next()) {
                    if (next.ordinal() == 1) {
                        Layouts.check(layout, next, reader, faults);
                        if (faults.any()) {
                            return;
                        }
                    }
                    next.problems().forEach(faults::add);
                    if (next.problems().isEmpty()) {
                        layout.read(next, look.delimiter(), faults, this);
                    }
                }
                faults.dates().tell(faults);
            }
        }

        @Override
        String begin(Layout.Head head) {
            currencies.add(head.currency());
            return head.number();
        }

        @Override
        void state(Begun invoice, BigDecimal total) {
            // it is kept with the invoice
        }

        @Override
        void take(Begun invoice, InvoiceLine line) {
            totals.merge(invoice.id, line.amount(), BigDecimal::add);
            sums.computeIfAbsent(Group.of(line), group -> new Sum()).add(line.amount());
            shipments.add(line);
        }

        @Override
        public void passOver(long row, String why) {
            // no charge
        }

        List<Staged> staged() {
            return invoices.values().stream()
                    .map(invoice -> new Staged(
                            invoice.id,
                            invoice.id,
                            invoice.currency,
                            invoice.stated,
                            totals.getOrDefault(invoice.id, BigDecimal.ZERO),
                            invoice.lines))
                    .toList();
        }

        void requireSomethingInOneCurrency() {
            if (sums.isEmpty()) {
                faults.add(Problem.of(BillingCode.INVOICE_WITHOUT_LINES));
            } else if (currencies.size() > 1) {
                faults.add(Problem.of(BillingCode.BILL_TWO_CURRENCIES, "currencies", String.join(", ", currencies)));
            }
        }
    }

    /** {@code ups}, or the name of a mapping. */
    public String carrier() {
        return carrier;
    }

    public String currency() {
        return currency;
    }

    /** Of its invoices. */
    public List<String> numbers() {
        return numbers;
    }

    /** What all of it comes to: the same as its groups together. */
    public BigDecimal total() {
        return sums.values().stream().map(Sum::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public Map<Group, Sum> sums() {
        return sums;
    }

    /** Each shipment once, in the order of the file. */
    public Collection<Shipment> shipments() {
        return Collections.unmodifiableSet(shipments.all);
    }

    /** Lines that name no shipment: fees of the account, taxes on a whole invoice. */
    public Sum ofNoShipment() {
        return shipments.ofNone;
    }

    /** Whether anything on it can name an order. */
    public boolean hasReferences() {
        return !shipments.byReference.isEmpty();
    }

    /**
     * The shipments of an order.
     *
     * @param orderId as the bill may carry it as a reference
     * @param others what else is known of it: tracking numbers are found among them
     */
    public Set<Shipment> of(String orderId, Collection<String> others) {
        Set<Shipment> found = new LinkedHashSet<>(byReference(orderId));
        others.forEach(other -> found.addAll(byNumber(other)));
        return found;
    }

    private Set<Shipment> byReference(String reference) {
        return shipments.byReference.getOrDefault(reference, Set.of());
    }

    private Set<Shipment> byNumber(String number) {
        Shipment shipment = shipments.byNumber.get(Numbers.plain(number));
        return shipment == null ? Set.of() : Set.of(shipment);
    }
}
