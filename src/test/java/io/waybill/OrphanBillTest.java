package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.Reconciled;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.DisputeLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice that bills labels sold beside the chosen one tells them from it. */
class OrphanBillTest {
    private static final String DAY = LocalDate.now(ZoneOffset.UTC).toString();

    @TempDir
    Path folder;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.B, "8.10");
    private Account account;
    private Rig rig;

    @BeforeEach
    void start() {
        start(Duration.ofDays(30));
    }

    private void start(Duration refundWithin) {
        Aftercare care =
                new Aftercare(Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), refundWithin);
        account = FakeCarrier.account("fake", carrier, "on_creation", care);
        rig = Rig.start(Stores.memory(), account);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_is_billed_of_a_voided_orphan_is_an_orphan_billed_and_the_good_label_is_as_expected() {
        Taken taken = withOrphans("SO-1", 1);
        soon(() -> rig.story(taken).contains("orphan voided"));

        Reconciled done = bill(
                "I-1",
                new UpsFile()
                        .charge("I-1", chosen(taken), DAY, Charge.transport("8.10"))
                        .charge("I-1", orphan(0), DAY, Charge.transport("8.10")));

        assertThat(done.rules()).extracting(VarianceBook.ByRule::ruleName).containsExactly("orphan-billed");
        assertThat(done.variance()).isEqualByComparingTo("8.10");
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        assertThat(rules(done)).containsExactly("tracking-number", "orphan-label");
    }

    @Test
    void a_bill_closes_the_exception_of_an_orphan_that_is_not_voided_also_where_its_tracking_number_is_another() {
        carrier.findsUnderAnotherNumber = true;
        carrier.everyVoid = new Voided.Refused("contact_carrier", "call us");
        Taken taken = withOrphans("SO-2", 1);
        soon(() -> rig.story(taken).contains("orphan not voided"));
        assertThat(rig.exceptions()).extracting(row -> row.reason()).containsExactly("orphan-label");

        Reconciled done = bill("I-2", new UpsFile().charge("I-2", orphan(0), DAY, Charge.transport("8.10")));

        assertThat(rules(done)).containsExactly("orphan-label");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_credit_for_an_orphan_closes_its_refund_and_not_that_of_the_label_or_of_another_orphan() {
        carrier.everyVoid = new Voided.Done(null);
        Taken taken = withOrphans("SO-3", 2);
        soon(() -> Collections.frequency(rig.story(taken), "orphan voided") == 2);
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
        assertThat(refunds(taken))
                .containsExactlyInAnyOrder(orphan(0) + " pending", orphan(1) + " pending", chosen(taken) + " pending");

        bill("I-3", new UpsFile().charge("I-3", orphan(1), DAY, Charge.voided("-8.10")));

        assertThat(refunds(taken))
                .containsExactlyInAnyOrder(orphan(0) + " pending", orphan(1) + " credited", chosen(taken) + " pending");

        bill("I-4", new UpsFile().charge("I-4", orphan(0), DAY, Charge.voided("-8.10")));

        assertThat(refunds(taken))
                .containsExactlyInAnyOrder(
                        orphan(0) + " credited", orphan(1) + " credited", chosen(taken) + " pending");
        assertThat(rig.charges(taken))
                .filteredOn("void_credit shipping -8.1 orphan"::equals)
                .hasSize(2);
    }

    @Test
    void a_credit_for_an_orphan_asks_nothing_back() {
        Taken taken = withOrphans("SO-4", 1);
        soon(() -> rig.story(taken).contains("orphan voided"));
        bill("I-5", new UpsFile().charge("I-5", orphan(0), DAY, Charge.transport("8.10")));

        Reconciled done = bill("I-6", new UpsFile().charge("I-6", orphan(0), DAY, Charge.voided("-8.10")));

        assertThat(done.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("orphan-billed");
            assertThat(finding.amount()).isEqualByComparingTo("-8.10");
            assertThat(finding.claim()).isEqualByComparingTo("0");
        });
    }

    @Test
    void of_several_orphans_that_which_is_billed_is_alone_no_part_of_what_nobody_billed() {
        carrier.everyVoid = new Voided.Refused("contact_carrier", "call us");
        Taken taken = withOrphans("SO-13", 2);
        soon(() -> Collections.frequency(rig.story(taken), "orphan not voided") == 2);
        assertThat(neverBilled()).containsExactly("24.30");

        bill("I-21", new UpsFile().charge("I-21", orphan(1), DAY, Charge.transport("8.10")));
        assertThat(neverBilled()).as("its own label and the other orphan").containsExactly("16.20");

        bill("I-22", new UpsFile().charge("I-22", orphan(0), DAY, Charge.transport("8.10")));
        assertThat(neverBilled()).containsExactly("8.10");

        bill("I-23", new UpsFile().charge("I-23", chosen(taken), DAY, Charge.transport("8.10")));
        assertThat(neverBilled()).isEmpty();
    }

    private List<String> neverBilled() {
        return rig
                .ledger
                .<List<MoneyBook.Unbilled>>read(
                        tx -> tx.money().neverBilled(Namespaces.ALL, "fake", LocalDate.parse(DAY), "", "", 10))
                .stream()
                .map(row -> Amounts.plain(row.expected()))
                .toList();
    }

    @Test
    void an_orphan_whose_void_is_asked_about_again_was_asked_back_when_it_was_first() {
        carrier.everyVoid = new Voided.Pending("we look into it");
        Taken taken = withOrphans("SO-5", 1);
        soon(() -> refunds(taken).contains(orphan(0) + " pending"));
        Instant first = refund(taken).requestedAt();
        int asked = carrier.voidsAsked.size();

        soon(() -> carrier.voidsAsked.size() > asked + 1);

        assertThat(refund(taken).requestedAt()).isEqualTo(first);
        assertThat(refunds(taken)).containsExactly(orphan(0) + " pending");
        carrier.everyVoid = new Voided.Done(null);
        soon(() -> rig.story(taken).contains("orphan voided"));
        assertThat(refund(taken).requestedAt()).isEqualTo(first);
    }

    @Test
    void orphans_whose_refunds_are_written_off_cost_again_and_what_comes_of_one_does_not() {
        Taken taken = withOrphans("SO-6", 2);
        soon(() -> Collections.frequency(rig.story(taken), "orphan voided") == 2);
        List<String> ids = rig
                .ledger
                .<List<RefundBook.Row>>read(tx ->
                        tx.refunds().ofShipments(List.of(rig.shipment(taken).id())))
                .stream()
                .map(RefundBook.Row::id)
                .toList();
        assertThat(beside(taken)).isEqualByComparingTo("0");

        billing().refunds().writeOff(ids.get(0), "too old", Namespaces.ALL, "Joe");
        assertThat(beside(taken)).isEqualByComparingTo("8.10");
        billing().refunds().writeOff(ids.get(1), "too old", Namespaces.ALL, "Joe");
        assertThat(beside(taken)).isEqualByComparingTo("16.20");

        bill("I-7", new UpsFile().charge("I-7", orphan(1), DAY, Charge.voided("-8.10")));
        assertThat(beside(taken)).isEqualByComparingTo("8.10");
    }

    @Test
    void what_a_carrier_books_back_of_several_orphans_is_not_expected_any_more_of_any() {
        rig.close();
        start(Duration.ofMillis(200));
        carrier.everyVoid = new Voided.Done(null);
        Taken taken = withOrphans("SO-7", 2);
        soon(() -> Collections.frequency(rig.story(taken), "orphan voided") == 2);
        assertThat(beside(taken)).isEqualByComparingTo("16.20");

        carrier.credits("8.10");

        soon(() -> refunds(taken).containsAll(List.of(orphan(0) + " credited", orphan(1) + " credited")));
        assertThat(beside(taken)).isEqualByComparingTo("0");
    }

    @Test
    void what_an_invoice_gives_back_of_one_orphan_is_expected_no_more_while_what_was_promised_of_another_is_to_come() {
        carrier.voidScript.add(new Voided.Done(Money.of("8.10", "USD")));
        carrier.voidScript.add(new Voided.Done(null));
        Taken taken = withOrphans("SO-8", 2);
        soon(() -> Collections.frequency(rig.story(taken), "orphan voided") == 2);
        assertThat(beside(taken)).isEqualByComparingTo("8.10");
        String promised = carrier.voidsAsked.get(0);
        String other = carrier.voidsAsked.get(1);

        bill("I-8", new UpsFile().charge("I-8", other, DAY, Charge.voided("-8.10")));
        assertThat(beside(taken)).isEqualByComparingTo("0");

        bill("I-9", new UpsFile().charge("I-9", promised, DAY, Charge.voided("-8.10")));
        assertThat(beside(taken)).isEqualByComparingTo("0");
        assertThat(refunds(taken)).containsExactlyInAnyOrder(promised + " credited", other + " credited");
    }

    @Test
    void what_an_invoice_gives_back_of_an_orphan_is_laid_beside_nothing_that_is_disputed_of_the_label() {
        Taken taken = withOrphans("SO-9", 1);
        Reconciled billed = bill(
                "I-10",
                new UpsFile()
                        .charge("I-10", chosen(taken), DAY, Charge.transport("8.10"))
                        .charge("I-10", chosen(taken), DAY, Charge.adjusted("ADC", "Address Correction", "18.00")));
        String address = disputed(billed, "address-correction");

        bill("I-11", new UpsFile().charge("I-11", orphan(0), DAY, Charge.voided("-8.10")));

        assertThat(credited(address)).isEqualByComparingTo("0");
    }

    @Test
    void what_a_corrected_invoice_gives_back_of_an_orphan_is_laid_beside_what_is_disputed_of_orphans_alone() {
        Taken taken = withOrphans("SO-10", 1);
        UpsFile file = new UpsFile()
                .charge("I-12", chosen(taken), DAY, Charge.transport("8.10"))
                .charge("I-12", chosen(taken), DAY, Charge.adjusted("ADC", "Address Correction", "18.00"));
        Reconciled own = bill("I-12", file);
        String address = disputed(own, "address-correction");
        Reconciled beside = bill("I-13", new UpsFile().charge("I-13", orphan(0), DAY, Charge.transport("8.10")));

        bill("I-13", new UpsFile().charge("I-13", orphan(0), DAY, Charge.transport("5.00")));

        assertThat(credited(address)).isEqualByComparingTo("0");
        assertThat(credited(disputed(beside, "orphan-billed"))).isEqualByComparingTo("3.10");
    }

    @Test
    void what_came_of_the_label_before_an_orphan_is_disputed_is_not_laid_beside_that() {
        Taken taken = withOrphans("SO-11", 1);
        bill("I-14", new UpsFile().charge("I-14", chosen(taken), DAY, Charge.transport("8.10")));
        Reconciled beside = bill("I-15", new UpsFile().charge("I-15", orphan(0), DAY, Charge.transport("8.10")));
        bill("I-16", new UpsFile().charge("I-16", chosen(taken), DAY, Charge.voided("-8.10")));
        String orphan = disputed(beside, "orphan-billed");
        assertThat(credited(orphan)).isEqualByComparingTo("0");

        bill("I-17", new UpsFile().charge("I-17", orphan(0), DAY, Charge.voided("-8.10")));

        assertThat(credited(orphan)).isEqualByComparingTo("8.10");
    }

    @Test
    void what_is_asked_back_of_several_orphans_is_told_of_their_lines_and_not_of_the_good_label() {
        Taken taken = withOrphans("SO-12", 2);
        Reconciled billed = bill(
                "I-18",
                new UpsFile()
                        .charge("I-18", orphan(0), DAY, Charge.transport("8.10"))
                        .charge("I-18", chosen(taken), DAY, Charge.transport("8.10"))
                        .charge("I-18", orphan(1), DAY, Charge.transport("8.10")));

        String dispute = disputed(billed, "orphan-billed");

        assertThat(rig.ledger.<List<DisputeLine>>read(
                        tx -> tx.disputes().lines(Namespaces.ALL, dispute, null, null, 10)))
                .extracting(line -> line.trackingNumber() + " " + line.claimed().stripTrailingZeros())
                .containsExactly(orphan(0) + " 8.1", orphan(1) + " 8.1");
    }

    private String disputed(Reconciled done, String rule) {
        String finding = billing().reconciled(done.invoice().id(), Namespaces.ALL, 10).findings().stream()
                .filter(one -> one.rule().equals(rule))
                .findFirst()
                .orElseThrow()
                .id();
        return String.valueOf(billing()
                .disputes()
                .dispute(finding, "not ours", Namespaces.ALL, "Joe")
                .dispute());
    }

    private BigDecimal credited(String dispute) {
        return billing().disputes().find(dispute, Namespaces.ALL).credited();
    }

    private BigDecimal beside(Taken taken) {
        return rig.ledger.read(tx -> tx.charges().ofOrder(taken.orderUid())).stream()
                .filter(row -> row.side().equals("expected") && "orphan".equals(row.reason()))
                .map(row -> row.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A label, and beside it those its first attempts turn out to have bought. */
    private Taken withOrphans(String orderId, int orphans) {
        Collections.nCopies(orphans, Turn.NOT_SENT).forEach(carrier.script::add);
        Taken taken = rig.take(Rig.order(orderId, "1.2"));
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        for (AttemptRow attempt : rig.attempts(label).subList(0, orphans)) {
            carrier.sellUnder(new Ref(attempt.ref(), UUID.fromString(attempt.purchaseKey()), attempt.orderNumber()));
        }
        assertThat(rig.dispatch.audit(Duration.ofSeconds(30)).found()).isEqualTo(orphans);
        return taken;
    }

    private String chosen(Taken taken) {
        return String.valueOf(rig.shipment(taken).carrierShipment());
    }

    /** The tracking number of one beside the chosen, which was sold first. */
    private static String orphan(int number) {
        return "F" + (100_001 + number);
    }

    private Reconciled bill(String number, UpsFile file) {
        Billing billing = billing();
        Handed handed = new Handed(number + ".csv", Content.of(file.bytes()), "ups", "fake", null, "Jane");
        return billing.reconciled(
                billing.take(handed, Namespaces.ALL).invoices().get(0).row().id(), Namespaces.ALL, 10);
    }

    private Billing billing() {
        return new Billing(
                rig.ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
    }

    private List<String> rules(Reconciled done) {
        List<String> rules = new ArrayList<>();
        for (InvoiceLineBook.Line line : rig.ledger.<List<InvoiceLineBook.Line>>read(
                tx -> tx.invoiceLines().lines(done.invoice().id(), 0, 10))) {
            rules.add(line.matchRule());
        }
        return rules;
    }

    private RefundBook.Row refund(Taken taken) {
        return rig.ledger
                .<List<RefundBook.Row>>read(tx ->
                        tx.refunds().ofShipments(List.of(rig.shipment(taken).id())))
                .get(0);
    }

    private List<String> refunds(Taken taken) {
        return rig
                .ledger
                .<List<RefundBook.Row>>read(tx ->
                        tx.refunds().ofShipments(List.of(rig.shipment(taken).id())))
                .stream()
                .map(row -> row.carrierShipment() + " " + row.state())
                .toList();
    }

    private static void soon(java.util.concurrent.Callable<Boolean> fact) {
        await().pollInterval(Duration.ofMillis(10)).until(fact);
    }
}
