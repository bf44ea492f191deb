package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.measure.Money;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refund of which nothing more comes is ended by a person, once, for a reason; what comes all the same is not lost. */
abstract class RefundWriteOffContract {
    private static final Duration LONG = Duration.ofDays(30);

    @TempDir
    Path folder;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Account account;
    private Rig rig;

    abstract Database database();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_label_billed_as_expected_and_voided_later_is_not_waited_for_once_its_refund_is_written_off() {
        start(Duration.ofMillis(100));
        Taken taken = labelled("SO-1");
        invoice("I-1", taken, Charge.transport("8.10"));
        voided(taken, null);
        soon(() -> !rig.exceptions().isEmpty());
        assertThat(rig.ledger.<List<VarianceBook.Variance>>read(tx -> tx.variances()
                        .list(new VarianceBook.Search(null, "fake", null, null, null, 10), Namespaces.ALL)))
                .as("there is nothing to decide on its invoice")
                .isEmpty();

        RefundBook.Row written = writeOff(taken, "too old", "Joe");

        assertThat(told(written)).isEqualTo("written_off requested 8.10 credited 0.00 written off 8.10");
        assertThat(written.words()).isEqualTo("Joe: too old");
        assertThat(written.decidedAt()).isNotNull();
        assertThat(rig.exceptions()).isEmpty();
        assertThat(rig.ledger.<List<StoryBook.Entry>>read(tx -> tx.story().of(taken.orderUid())))
                .filteredOn(entry -> entry.what().equals("refund written off"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.actor() + " " + entry.detail())
                        .startsWith("Joe ")
                        .contains("\"too old\"", "\"8.10\"", "\"USD\""));
        assertThat(audited(written))
                .containsExactly("Joe refund.written-off " + written.carrierShipment() + " 8.10 USD");
        assertThat(rig.events(taken)).endsWith("exception.closed", "billing.refunded");
        assertThat(sides(taken)).as("it costs what is billed").isEqualTo("expected 8.10 billed 8.10 settled 0.00");
    }

    @Test
    void what_a_carrier_books_after_it_was_written_off_is_credited_and_told() {
        start(Duration.ofMillis(100));
        Taken taken = labelled("SO-2");
        voided(taken, null);
        soon(() -> !rig.exceptions().isEmpty());
        writeOff(taken, "too old", "Joe");

        carrier.credits("8.10");
        soon(() -> refund(taken).state().equals("credited"));

        assertThat(told(refund(taken))).isEqualTo("credited requested 8.10 credited 8.10 written off -");
        assertThat(refund(taken).words()).isEqualTo("Joe: too old");
        assertThat(rig.story(taken)).containsSubsequence("refund written off", "refund came late");
        assertThat(rig.exceptions()).isEmpty();
        assertThat(sides(taken)).isEqualTo("expected 0.00 billed 0.00 settled -8.10");
    }

    @Test
    void what_a_carrier_promised_and_does_not_give_costs_again_and_what_an_invoice_gives_late_does_not() {
        start(LONG);
        Taken taken = labelled("SO-3");
        invoice("I-3", taken, Charge.transport("8.10"));
        voided(taken, Money.of("8.10", "USD"));
        assertThat(sides(taken)).isEqualTo("expected 0.00 billed 8.10 settled 0.00");

        writeOff(taken, "they forgot it", "Joe");
        assertThat(told(refund(taken))).isEqualTo("written_off requested 8.10 credited 0.00 written off 8.10");
        assertThat(sides(taken)).isEqualTo("expected 8.10 billed 8.10 settled 0.00");

        invoice("I-4", taken, Charge.voided("-3.00"));
        assertThat(told(refund(taken))).isEqualTo("written_off requested 8.10 credited 3.00 written off 5.10");
        assertThat(rig.story(taken)).contains("refund came late");
        assertThat(sides(taken)).isEqualTo("expected 5.10 billed 5.10 settled 0.00");
        invoice("I-5", taken, Charge.voided("-5.10"));
        assertThat(told(refund(taken))).isEqualTo("credited requested 8.10 credited 8.10 written off -");
        assertThat(sides(taken)).isEqualTo("expected 0.00 billed 0.00 settled 0.00");
    }

    @Test
    void of_a_refund_that_came_in_part_only_the_rest_is_written_off() {
        start(LONG);
        Taken taken = labelled("SO-4");
        invoice("I-6", taken, Charge.transport("8.10"));
        voided(taken, Money.of("8.10", "USD"));
        invoice("I-7", taken, Charge.voided("-6.00"));

        writeOff(taken, "a fee of 2.10", "Joe");

        assertThat(told(refund(taken))).isEqualTo("written_off requested 8.10 credited 6.00 written off 2.10");
        assertThat(sides(taken)).isEqualTo("expected 2.10 billed 2.10 settled 0.00");
    }

    @Test
    void what_an_invoice_was_found_to_bill_of_it_is_written_off_with_it_and_explained_once() {
        start(LONG);
        Taken taken = labelled("SO-5");
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance found = invoice("I-8", taken, Charge.transport("8.10"));
        assertThat(found.rule()).isEqualTo("voided-but-billed");

        writeOff(taken, "not worth it", "Joe");

        VarianceBook.Variance decided = variance(found.id());
        assertThat(decided.decision() + " " + decided.reason()).isEqualTo("written-off not worth it");
        assertThat(refund(taken).state()).isEqualTo("written_off");
        assertThat(sides(taken)).as("the finding says why").isEqualTo("expected 0.00 billed 8.10 settled 0.00");
    }

    @Test
    void what_is_claimed_of_the_carrier_is_written_off_after_its_no() {
        start(LONG);
        Taken taken = labelled("SO-6");
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance found = invoice("I-9", taken, Charge.transport("8.10"));
        String dispute = String.valueOf(billing()
                .disputes()
                .dispute(found.id(), null, Namespaces.ALL, "Joe")
                .dispute());

        assertThat(refused(taken, "give up", "Joe")).isEqualTo("refund-disputed");
        assertThat(refund(taken).state()).isEqualTo("approved");
        billing().disputes().reject(dispute, "no", Namespaces.ALL, "Joe");

        assertThat(writeOff(taken, "give up", "Joe").state()).isEqualTo("written_off");
        assertThat(variance(found.id()).decision()).isEqualTo("written-off");
    }

    @Test
    void it_is_decided_once_and_said_again_it_is_the_same() {
        start(LONG);
        Taken taken = labelled("SO-7");
        voided(taken, null);
        RefundBook.Row first = writeOff(taken, "too old", "Joe");

        assertThat(writeOff(taken, "too old", "Joe")).isEqualTo(first);
        assertThat(refused(taken, "too old", "Ann")).isEqualTo("refund-written-off");
        assertThat(refused(taken, "another", "Joe")).isEqualTo("refund-written-off");
        assertThat(audited(first)).hasSize(1);
        assertThat(rig.events(taken)).containsOnlyOnce("billing.refunded");
        invoice("I-10", taken, Charge.transport("8.10"));
        invoice("I-11", taken, Charge.voided("-8.10"));
        assertThat(refused(taken, "another", "Joe")).isEqualTo("refund-over");
    }

    @Test
    void of_two_people_at_once_one_decides() throws Exception {
        start(LONG);
        Taken taken = labelled("SO-8");
        voided(taken, Money.of("8.10", "USD"));
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> said = Stream.of("Ann", "Joe")
                    .map(by -> two.submit(() -> {
                        together.await();
                        return Objects.requireNonNullElse(refused(taken, "too old", by), by);
                    }))
                    .toList();
            String one = said.get(0).get();
            String other = said.get(1).get();

            assertThat(Set.of(one, other)).hasSize(2).contains("refund-written-off");
            String who = one.equals("refund-written-off") ? other : one;
            assertThat(refund(taken).words()).isEqualTo(who + ": too old");
        } finally {
            two.shutdownNow();
        }
        assertThat(audited(refund(taken))).hasSize(1);
        assertThat(sides(taken)).isEqualTo("expected 8.10 billed 0.00 settled 0.00");
    }

    @Test
    void only_who_may_see_it_writes_it_off() {
        start(LONG);
        Taken taken = labelled("SO-9");
        voided(taken, null);
        String id = refund(taken).id();

        assertThat(refused(id, "too old", Namespaces.of(Set.of("globex")), "Joe"))
                .isEqualTo("refund-not-found");
        assertThat(refused("rfd_none", "too old", Namespaces.ALL, "Joe")).isEqualTo("refund-not-found");
        assertThat(refund(taken).state()).isEqualTo("pending");
    }

    @Test
    void a_carrier_that_says_later_what_it_gives_back_is_waited_for_again_and_one_that_says_no_is_not() {
        start(LONG);
        Taken taken = labelled("SO-10");
        voided(taken, null);
        writeOff(taken, "too old", "Joe");
        RefundBook.Row row = refund(taken);

        said(row, new RefundBook.Decided("rejected", null, null, "used"));
        assertThat(refund(taken)).isEqualTo(row);
        said(row, new RefundBook.Decided("approved", new BigDecimal("8.00"), "USD", null));
        assertThat(told(refund(taken))).isEqualTo("approved requested 8.10 credited 0.00 written off -");
    }

    @Test
    void a_refund_its_carrier_turned_down_is_written_off_with_both_their_words() {
        start(LONG);
        Taken taken = labelled("SO-11");
        voided(taken, null);
        said(refund(taken), new RefundBook.Decided("rejected", null, null, "used"));

        assertThat(writeOff(taken, "it was not", "Joe").words()).isEqualTo("used; Joe: it was not");
    }

    @Test
    void what_was_claimed_and_came_as_another_credit_is_no_claim_any_more() {
        start(LONG);
        Taken taken = labelled("SO-12");
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance found = invoice("I-12", taken, Charge.transport("8.10"));
        billing().disputes().dispute(found.id(), null, Namespaces.ALL, "Joe");
        invoice("I-13", taken, Charge.adjusted("CLM", "Claim paid", "-8.10"));
        assertThat(refund(taken).state()).isEqualTo("approved");

        assertThat(refused(taken, "the claim was paid", "Joe")).isNull();
        assertThat(refund(taken).state()).isEqualTo("written_off");
        assertThat(variance(found.id()).decision()).isEqualTo("disputed");
        assertThat(sides(taken)).isEqualTo("expected 0.00 billed 0.00 settled 0.00");
    }

    @Test
    void what_is_billed_beyond_the_price_of_a_label_is_explained_apart_from_what_it_costs_again() {
        start(LONG);
        Taken taken = labelled("SO-13");
        invoice("I-14", taken, Charge.transport("8.10"));
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance found = invoice("I-15", taken, Charge.adjusted("SCC", "Correction", "2.00"));
        assertThat(found.rule() + " " + plain(found.amount())).isEqualTo("voided-but-billed 2.00");

        writeOff(taken, "not worth it", "Joe");

        assertThat(sides(taken)).as("2.00 the finding explains").isEqualTo("expected 8.10 billed 10.10 settled 0.00");
    }

    @Test
    void what_a_corrected_invoice_adds_to_a_voided_label_is_explained_by_its_finding_and_expected_no_more() {
        start(LONG);
        Taken taken = labelled("SO-15");
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance whole = invoice("I-16", taken, Charge.transport("8.10"));
        VarianceBook.Variance more = invoice("I-16", taken, Charge.transport("10.10"));
        assertThat(whole.rule() + " " + plain(whole.amount())).isEqualTo("voided-but-billed 8.10");
        assertThat(more.rule() + " " + plain(more.amount())).isEqualTo("invoice-corrected 2.00");

        writeOff(taken, "not worth it", "Joe");

        assertThat(sides(taken))
                .as("8.10 and 2.00 two findings explain")
                .isEqualTo("expected 0.00 billed 10.10 settled 0.00");
    }

    @Test
    void what_a_corrected_invoice_takes_off_a_voided_label_is_not_expected_again() {
        start(LONG);
        Taken taken = labelled("SO-16");
        voided(taken, Money.of("8.10", "USD"));
        invoice("I-17", taken, Charge.transport("8.10"));
        VarianceBook.Variance less = invoice("I-17", taken, Charge.transport("5.10"));
        assertThat(less.rule() + " " + plain(less.amount())).isEqualTo("invoice-corrected -3.00");

        writeOff(taken, "not worth it", "Joe");

        assertThat(sides(taken))
                .as("8.10 less 3.00 two findings explain")
                .isEqualTo("expected 0.00 billed 5.10 settled 0.00");
    }

    @Test
    void a_label_billed_as_expected_and_corrected_before_its_refund_is_written_off_costs_its_price_again() {
        start(LONG);
        Taken taken = labelled("SO-17");
        invoice("I-18", taken, Charge.transport("8.10"));
        voided(taken, Money.of("8.10", "USD"));
        VarianceBook.Variance more = invoice("I-18", taken, Charge.transport("10.10"));
        assertThat(more.rule() + " " + plain(more.amount())).isEqualTo("invoice-corrected 2.00");

        writeOff(taken, "not worth it", "Joe");

        assertThat(sides(taken)).as("2.00 the finding explains").isEqualTo("expected 8.10 billed 10.10 settled 0.00");
    }

    @Test
    void a_label_whose_void_is_asked_for_anew_is_waited_for_anew() {
        start(LONG);
        Taken taken = labelled("SO-14");
        carrier.voidScript.add(new Voided.Refused("contact_carrier", "call us"));
        assertThat(catchThrowable(
                        () -> rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops")))
                .isNotNull();
        writeOff(taken, "they will not", "Joe");

        voided(taken, null);

        assertThat(refund(taken).state()).isEqualTo("pending");
        assertThat(writeOff(taken, "too old", "Joe").state()).isEqualTo("written_off");
    }

    @Test
    void what_a_carrier_says_it_gives_back_when_nobody_looked_for_it_any_more_is_overdue_too() {
        start(Duration.ofMillis(100));
        Taken taken = labelled("SO-16");
        voided(taken, null);
        soon(() -> !rig.exceptions().isEmpty());
        RefundBook.Row row = writeOff(taken, "too old", "Joe");
        rig.ledger.commitAll(tx -> {
            tx.orders().lock(taken.orderUid(), Namespaces.ALL);
            tx.refunds().lookAgain(row, null);
        });
        assertThat(rig.exceptions()).isEmpty();

        said(row, new RefundBook.Decided("approved", new BigDecimal("8.10"), "USD", null));

        soon(() -> !rig.exceptions().isEmpty());
        assertThat(rig.exceptions().get(0).reason()).isEqualTo("refund-overdue");
    }

    @Test
    void the_same_reason_of_somebody_whose_name_is_the_end_of_another_is_not_the_same() {
        start(LONG);
        Taken taken = labelled("SO-15");
        voided(taken, null);
        writeOff(taken, "too old", "Mary Ann");

        assertThat(refused(taken, "too old", "Ann")).isEqualTo("refund-written-off");
    }

    private void said(RefundBook.Row row, RefundBook.Decided decided) {
        rig.ledger.commitAll(tx -> tx.refunds().decide(row.account(), row.carrierShipment(), decided));
    }

    private void start(Duration refundWithin) {
        Aftercare care =
                new Aftercare(Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), refundWithin);
        account = FakeCarrier.account("fake", carrier, "on_creation", care);
        rig = Rig.start(database(), account);
    }

    private Taken labelled(String orderId) {
        Taken taken = rig.take(Rig.order(orderId, "1.2"));
        rig.settled(taken, ShipmentState.LABELLED);
        return taken;
    }

    private void voided(Taken taken, Money back) {
        carrier.voidScript.add(new Voided.Done(back));
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.VOIDED);
    }

    private RefundBook.Row writeOff(Taken taken, String reason, String by) {
        return billing().refunds().writeOff(refund(taken).id(), reason, Namespaces.ALL, by);
    }

    private String refused(Taken taken, String reason, String by) {
        return refused(refund(taken).id(), reason, Namespaces.ALL, by);
    }

    private String refused(String id, String reason, Namespaces scope, String by) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> billing().refunds().writeOff(id, reason, scope, by));
        return refused == null ? null : refused.problems().get(0).code();
    }

    private RefundBook.Row refund(Taken taken) {
        String shipment = rig.shipment(taken).id();
        return rig.ledger
                .<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(shipment)))
                .get(0);
    }

    private static String told(RefundBook.Row row) {
        return row.state() + " requested " + plain(row.requested()) + " credited " + plain(row.credited())
                + " written off " + plain(row.writtenOff());
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? "-" : Amounts.plain(amount);
    }

    private List<String> audited(RefundBook.Row row) {
        return rig.ledger.read(tx -> tx.audit().list(Namespaces.ALL, row.id(), null, 10)).stream()
                .map(entry -> entry.actor() + " " + entry.act() + " " + entry.detail())
                .toList();
    }

    private String sides(Taken taken) {
        return Stream.of("expected", "billed", "settled")
                .map(side -> side + " " + plain(sum(taken, side)))
                .collect(Collectors.joining(" "));
    }

    private BigDecimal sum(Taken taken, String side) {
        return rig.ledger.read(tx -> tx.charges().ofOrder(taken.orderUid())).stream()
                .filter(row -> row.side().equals(side))
                .map(row -> row.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private VarianceBook.Variance variance(String id) {
        return rig.ledger.read(tx -> tx.variances().find(id, Namespaces.ALL)).orElseThrow();
    }

    /** @return what was found on it first, or null */
    private VarianceBook.Variance invoice(String number, Taken taken, Charge charge) {
        ShipmentRow label = rig.shipment(taken);
        String tracking =
                rig.ledger.read(tx -> tx.numbers().tracking(label.id())).get(0);
        UpsFile file = new UpsFile()
                .charge(number, tracking, LocalDate.now(ZoneOffset.UTC).toString(), charge);
        Handed handed = new Handed(number + ".csv", Content.of(file.bytes()), "ups", "fake", null, "Jane");
        String invoice =
                billing().take(handed, Namespaces.ALL).invoices().get(0).row().id();
        return billing().reconciled(invoice, Namespaces.ALL, 10).findings().stream()
                .findFirst()
                .orElse(null);
    }

    private Billing billing() {
        return new Billing(
                rig.ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
    }

    private static void soon(Callable<Boolean> fact) {
        await().pollInterval(Duration.ofMillis(10)).until(fact);
    }
}
