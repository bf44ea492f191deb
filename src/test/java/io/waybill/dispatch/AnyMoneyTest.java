package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is sold for one shipment and given back, in whatever currencies: the ledger adds up to it label by label, and
 * each line says what it is for.
 */
class AnyMoneyTest {
    private static Ledger ledger;

    /** What a void of the label answers. */
    enum Back {
        ALL,
        A_THIRD,
        MORE,
        IN_ANOTHER_CURRENCY,
        NOT_SAID
    }

    /** @param sameRef the purchase before it sold it too */
    record Sale(List<Money> parts, boolean sameRef, Back back, boolean voided) {
        /** What comes back by the carrier's word; null when it does not say. */
        Money refund() {
            Currency currency = parts.get(0).currency();
            BigDecimal paid = parts.stream()
                    .filter(part -> part.currency().equals(currency))
                    .map(Money::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return switch (back) {
                case ALL -> new Money(paid, currency);
                case A_THIRD -> new Money(paid.divide(BigDecimal.valueOf(3), 2, java.math.RoundingMode.DOWN), currency);
                case MORE -> new Money(paid.add(new BigDecimal("1.05")), currency);
                case IN_ANOTHER_CURRENCY -> Money.of("3.21", "CHF");
                case NOT_SAID -> null;
            };
        }
    }

    @BeforeContainer
    static void open() {
        ledger = OneOrder.ledger();
    }

    @AfterContainer
    static void close() {
        ledger.close();
    }

    @Property(tries = 60)
    void every_label_costs_what_was_said_less_what_came_back_and_no_currencies_are_mixed(
            @ForAll("sales") List<Sale> sales, @ForAll boolean chosenFirst, @ForAll boolean onScan) {
        VoidDesk carrier = new VoidDesk();
        OneOrder order = new OneOrder(
                ledger,
                FakeCarrier.account(
                        "fake-" + System.nanoTime(),
                        carrier,
                        onScan ? "on_carrier_acceptance" : "on_creation",
                        Aftercare.DEFAULT));
        List<AttemptRow> refs = sell(order, sales);
        carrier.answers = number -> answer(sales.get(number(number)));
        if (chosenFirst) {
            voidChosen(order, sales.get(0));
        }
        order.voidOrphans();
        if (!chosenFirst) {
            voidChosen(order, sales.get(0));
        }
        order.voidOrphans();

        List<ChargeBook.Row> rows = order.charges();
        assertThat(sums(rows)).isEqualTo(expected(sales, onScan));
        assertThat(parts(rows))
                .as("each part back to nothing")
                .allSatisfy((part, sum) -> assertThat(!isWhole(sales, part) || sum.signum() == 0)
                        .as(part + " " + sum)
                        .isTrue());
        assertThat(rows.stream().filter(row -> row.source().equals("label-reply")))
                .extracting(row -> row.amount().stripTrailingZeros() + " " + row.currency())
                .containsExactlyElementsOf(sales.stream()
                        .flatMap(sale -> sale.parts().stream())
                        .map(part -> part.amount().stripTrailingZeros() + " " + part.currency())
                        .toList());
        rows.forEach(row -> explained(row, refs));
    }

    private static List<AttemptRow> sell(OneOrder order, List<Sale> sales) {
        List<AttemptRow> refs = new ArrayList<>();
        for (int i = 0; i < sales.size(); i++) {
            AttemptRow ref = i == 0 ? order.claim() : sales.get(i).sameRef() ? refs.get(i - 1) : order.attempt();
            refs.add(ref);
            int sale = i;
            List<Charge> charges = new ArrayList<>();
            for (Money part : sales.get(i).parts()) {
                charges.add(new Charge("part-" + sale + "-" + charges.size(), part, "C", "Carrier's words"));
            }
            order.sold(ref, "F" + i, charges);
        }
        return refs;
    }

    private static void voidChosen(OneOrder order, Sale sale) {
        if (sale.voided()) {
            order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");
        }
    }

    private static Voided answer(Sale sale) {
        return sale.voided() ? new Voided.Done(sale.refund()) : new Voided.Refused("label_already_used", "on its way");
    }

    private static int number(String label) {
        return Integer.parseInt(label.substring(1));
    }

    /**
     * What is left of the shipment's label and of each of its orphans, by currency, without zeros: never less than nothing, for what
     * comes back was paid.
     */
    private static Map<String, BigDecimal> expected(List<Sale> sales, boolean onScan) {
        Map<String, BigDecimal> left = new HashMap<>();
        Set<String> forgiven = new HashSet<>();
        for (int i = 0; i < sales.size(); i++) {
            Sale sale = sales.get(i);
            String group = i + " ";
            sale.parts().forEach(part -> add(left, group + part.currency(), part.amount()));
            if (sale.voided() && sale.refund() != null) {
                add(
                        left,
                        group + sale.refund().currency(),
                        sale.refund().amount().negate());
            } else if (sale.voided() && onScan) {
                forgiven.add(group);
            }
        }
        if (onScan) {
            left.keySet().removeIf(key -> forgiven.stream().anyMatch(key::startsWith));
        }
        left.values().removeIf(sum -> sum.signum() <= 0);
        return left;
    }

    private static Map<String, BigDecimal> sums(List<ChargeBook.Row> rows) {
        Map<String, BigDecimal> sums = new HashMap<>();
        rows.forEach(
                row -> add(sums, row.type().replaceFirst("part-(.*)-.*", "$1") + " " + row.currency(), row.amount()));
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }

    private static Map<String, BigDecimal> parts(List<ChargeBook.Row> rows) {
        Map<String, BigDecimal> parts = new HashMap<>();
        rows.forEach(row -> add(parts, row.type(), row.amount()));
        parts.remove("uncategorized");
        return parts;
    }

    /** All of it came back, in its one currency. */
    private static boolean isWhole(List<Sale> sales, String part) {
        Sale sale = sales.get(Integer.parseInt(part.split("-")[1]));
        return sale.voided()
                && sale.back() == Back.ALL
                && sale.parts().stream().map(Money::currency).distinct().count() == 1;
    }

    private static void add(Map<String, BigDecimal> sums, String key, BigDecimal amount) {
        sums.merge(key, amount.stripTrailingZeros(), (a, b) -> a.add(b).stripTrailingZeros());
    }

    private static void explained(ChargeBook.Row row, List<AttemptRow> refs) {
        boolean sale = row.kind().equals("label_charge");
        assertThat(row.side()).isEqualTo("expected");
        assertThat(row.kind()).isIn("label_charge", "void_credit");
        assertThat(row.source()).isEqualTo(sale && !row.type().equals("uncategorized") ? "label-reply" : "void-reply");
        assertThat(row.sourceRef()).isIn(refs.stream().map(AttemptRow::ref).toList());
        assertThat(row.type()).isNotBlank();
        assertThat(row.costCenter()).isEqualTo("4711");
        if (!row.type().equals("uncategorized")) {
            assertThat(row.reason()).isEqualTo(row.type().startsWith("part-0-") ? null : "orphan");
            assertThat(row.carrierText()).isEqualTo("Carrier's words");
        }
    }

    @Provide
    Arbitrary<List<Sale>> sales() {
        Arbitrary<Money> money = Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("0.01"), new BigDecimal("900"))
                                .ofScale(2),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just("USD")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.of("EUR", "JPY", "KWD"))))
                .as((amount, scale, currency) -> Money.of(
                        amount.setScale(scale, java.math.RoundingMode.UP).toPlainString(), currency));
        return Combinators.combine(
                        money.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Back.values()),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(4, true), net.jqwik.api.Tuple.of(1, false)))
                .as(Sale::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
