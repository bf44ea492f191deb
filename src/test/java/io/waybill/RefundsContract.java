package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
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
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stage;
import io.waybill.mapping.Mappings;
import io.waybill.measure.Money;
import io.waybill.rollout.Rollout;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked back for voided labels, from the wish to the credit: paid, requested, approved, credited. */
abstract class RefundsContract {
    private static final BigDecimal PRICE = new BigDecimal("8.10");
    private static final List<String> CREDITS = List.of("8.10", "5.00", "3.10", "0.01");
    private static final List<Voided> ANSWERS = List.of(
            new Voided.Done(Money.of("8.10", "USD")),
            new Voided.Done(Money.of("5.00", "USD")),
            new Voided.Done(null),
            new Voided.Pending("we look into it"),
            new Voided.Refused("label_already_voided", "voided in our portal"),
            new Voided.Refused("label_already_used", "scanned"),
            new Voided.Refused("contact_carrier", "call us"));

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.B, "8.10");

    @TempDir
    Path bills;

    private Account account;
    private Rig rig;

    abstract Database database();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_void_that_names_its_refund_is_approved_and_one_that_does_not_waits() {
        start("on_creation", Duration.ofDays(30));
        ShipmentRow said = voided("SO-1", new Voided.Done(Money.of("8.00", "USD")));
        ShipmentRow silent = voided("SO-2", new Voided.Done(null));

        assertThat(refund(said)).isEqualTo("approved USD 8.10 8.10 8.00 0.00");
        assertThat(refund(silent)).isEqualTo("pending USD 8.10 8.10 - 0.00");
    }

    @Test
    void the_carrier_decides_later_and_a_no_is_a_rejection_or_an_exclusion_until_it_says_yes() {
        start("on_creation", Duration.ofDays(30));
        ShipmentRow later = voided("SO-3", new Voided.Pending("we look into it"));
        assertThat(refund(later)).isEqualTo("pending USD 8.10 8.10 - 0.00 we look into it");
        rig.desk.retry(later.orderUid(), Namespaces.ALL, "ops");
        soon(() -> refund(later).startsWith("approved USD 8.10 8.10 8.10"));

        ShipmentRow used = voided("SO-4", new Voided.Refused("label_already_used", "scanned"));
        ShipmentRow no = voided("SO-5", new Voided.Refused("contact_carrier", "call us"));
        assertThat(refund(used)).isEqualTo("excluded USD 8.10 8.10 - 0.00 label_already_used: scanned");
        assertThat(refund(no)).isEqualTo("rejected USD 8.10 8.10 - 0.00 contact_carrier: call us");
        assertThat(rig.exceptions()).hasSize(2).allMatch(row -> row.reason().equals("void-refused"));

        rig.dispatch.voidLabel(no.id(), Namespaces.ALL, "ops");
        assertThat(refund(no)).startsWith("approved USD 8.10 8.10 8.10 0.00");
    }

    @Test
    void a_namespace_whose_refunds_are_off_is_not_told_of_one_that_is_overdue() {
        start("on_creation", Duration.ofMillis(1));
        new Rollout(rig.ledger, Set.of("shared"), () -> {}).setStage("shared", Stage.REFUNDS, false, null, "Ada");
        ShipmentRow off = voided(rig.take(Rig.from("shared", Rig.order("SO-OFF", "1.2"))), new Voided.Done(null));
        ShipmentRow on = voided("SO-ON", new Voided.Done(null));

        soon(() -> rig.exceptions().stream().anyMatch(row -> on.id().equals(row.shipmentUid())));

        assertThat(rig.exceptions()).noneMatch(row -> off.id().equals(row.shipmentUid()));
        assertThat(refund(off)).startsWith("pending");
    }

    @Test
    void where_labels_are_billed_on_scan_nothing_is_asked_back() {
        start("on_carrier_acceptance", Duration.ofMillis(1));
        ShipmentRow label = voided("SO-6", new Voided.Done(null));

        assertThat(refund(label)).isEqualTo("not_applicable USD 8.10 8.10 - 0.00");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_is_overdue_is_told_to_a_person_and_closed_by_the_credit_the_carrier_booked() {
        start("on_creation", Duration.ofMillis(100));
        ShipmentRow label = voided("SO-7", new Voided.Done(null));
        soon(() -> rig.exceptions().size() == 1);
        assertThat(rig.exceptions().get(0).reason()).isEqualTo("refund-overdue");
        assertThat(rig.exceptions().get(0).problems()).contains("8.10");

        carrier.credits("8.10");

        soon(() -> rig.exceptions().isEmpty());
        assertThat(refund(label)).isEqualTo("credited USD 8.10 8.10 8.10 8.10");
        assertThat(rig.ledger.read(tx -> tx.charges().ofShipment(label.id())).stream()
                        .map(row -> row.side() + " " + row.kind() + " " + Amounts.plain(row.amount()))
                        .toList())
                .containsExactly(
                        "expected label_charge 8.10", "expected void_credit -8.10", "settled void_credit -8.10");
        assertThat(rig.ledger.read(tx -> tx.deliveries().of(label.orderUid())).stream()
                        .map(row -> row.type())
                        .toList())
                .containsSubsequence("shipment.voided", "exception.opened", "exception.closed", "billing.refunded");
    }

    @Test
    void where_labels_are_paid_by_invoice_a_void_before_it_is_never_overdue() {
        start("carrier_default", Duration.ofMillis(1));
        ShipmentRow label = voided("SO-8", new Voided.Done(null));
        List<RefundBook.Row> due = rig.ledger.read(tx -> tx.refunds()
                .list(new RefundBook.Search("fake", "pending", tx.now().plusSeconds(60), null, 10), Namespaces.ALL));
        assertThat(due).extracting(RefundBook.Row::shipmentUid).containsExactly(label.id());
        carrier.credits("8.10");
        soon(() -> refund(label).startsWith("credited"));
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_an_invoice_gave_back_before_the_hub_was_asked_to_void_is_waited_for_no_more() {
        start("on_creation", Duration.ofDays(30));
        Taken taken = rig.take(Rig.order("SO-9", "1.2"));
        String tracking = tracking(rig.settled(taken, ShipmentState.LABELLED));
        bill("I-1", tracking, Charge.transport("8.10"));
        bill("I-2", tracking, Charge.voided("-8.10"));

        ShipmentRow label = voided(taken, new Voided.Refused("label_already_voided", "voided in our portal"));

        assertThat(refund(label)).isEqualTo("credited USD 8.10 8.10 8.10 8.10");
    }

    @Test
    void a_refund_that_waits_finds_by_itself_what_an_invoice_gave_back_and_an_earlier_version_left_out() {
        start("on_creation", Duration.ofMillis(100));
        Taken taken = rig.take(Rig.order("SO-10", "1.2"));
        bill("I-3", tracking(rig.settled(taken, ShipmentState.LABELLED)), Charge.voided("-8.10"));
        ShipmentRow label = voided(taken, new Voided.Done(Money.of("8.10", "USD")));
        RefundBook.Row row = rig.ledger
                .<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(label.id())))
                .get(0);

        rig.ledger.commitAll(tx -> tx.refunds().credit(row, BigDecimal.ZERO, null, "USD", "I-3"));

        soon(() -> refund(label).equals("credited USD 8.10 8.10 8.10 8.10"));
        soon(() -> rig.exceptions().isEmpty());
    }

    @Test
    void of_two_orphans_that_invoices_gave_back_before_each_names_the_one_that_gave_back_of_it() {
        start("on_creation", Duration.ofDays(30));
        ShipmentRow label = withOrphans("SO-11", 2);
        List<String> numbers = orphans(label);
        bill("I-4", numbers.get(0), Charge.voided("-8.10"));
        bill("I-5", numbers.get(1), Charge.voided("-8.10"));

        numbers.forEach(number -> voidOrphan(label, number, new Voided.Done(null)));

        assertThat(refund(label, numbers.get(0)).creditedBy()).isEqualTo("I-4");
        assertThat(refund(label, numbers.get(1)).creditedBy()).isEqualTo("I-5");
    }

    @Test
    void in_whatever_order_a_carrier_bills_answers_and_gives_back_its_refund_has_every_cent_that_came() {
        start("on_creation", Duration.ofDays(30));
        for (int seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            Voided answer = ANSWERS.get(random.nextInt(ANSWERS.size()));
            List<String> acts = new ArrayList<>(List.of("void", "bill"));
            random.ints(random.nextInt(4), 0, CREDITS.size())
                    .mapToObj(CREDITS::get)
                    .forEach(acts::add);
            Collections.shuffle(acts, random);
            Taken taken = rig.take(Rig.order("SO-" + seed, "1.2"));
            ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
            int invoice = 0;
            for (String act : acts) {
                String number = "I-" + seed + "-" + invoice++;
                switch (act) {
                    case "void" -> voided(taken, answer);
                    case "bill" -> bill(number, tracking(label), Charge.transport("8.10"));
                    default -> bill(number, spelled(tracking(label), random), Charge.voided("-" + act));
                }
            }
            BigDecimal came = acts.stream()
                    .filter(act -> act.contains("."))
                    .map(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal given = said(answer).orElse(BigDecimal.ZERO).max(came).min(PRICE);
            String seen = "seed " + seed + " " + answer + " " + acts + " " + refund(label);
            assertThat(refund(label)).as(seen).startsWith(state(answer, came) + " USD 8.10 8.10 ");
            assertThat(refund(label).split(" ")[5]).as(seen).isEqualTo(Amounts.plain(came));
            assertThat(charged(label, "expected")).as(seen).isEqualByComparingTo(PRICE.subtract(given));
            assertThat(charged(label, "billed")).as(seen).isEqualByComparingTo(PRICE.subtract(came));
        }
    }

    /** It is credited once all of it came: what the carrier said it gives back, or what was asked for. */
    private static String state(Voided answer, BigDecimal came) {
        if (came.signum() > 0 && came.compareTo(said(answer).orElse(PRICE)) >= 0) {
            return "credited";
        }
        if (answer instanceof Voided.Refused no && !no.reason().equals("label_already_voided")) {
            return no.reason().equals("label_already_used") ? "excluded" : "rejected";
        }
        return said(answer).isPresent() ? "approved" : "pending";
    }

    private static Optional<BigDecimal> said(Voided answer) {
        return answer instanceof Voided.Done done
                ? Optional.ofNullable(done.refund()).map(Money::amount)
                : Optional.empty();
    }

    private BigDecimal charged(ShipmentRow label, String side) {
        return rig.ledger.<List<ChargeBook.Row>>read(tx -> tx.charges().ofShipment(label.id())).stream()
                .filter(row -> row.side().equals(side))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Numbers on bills are grouped as people like. */
    private static String spelled(String tracking, Random random) {
        String grouped = tracking.substring(0, 3) + "-" + tracking.substring(3).toLowerCase(Locale.ROOT);
        return random.nextBoolean() ? tracking : grouped;
    }

    /** A label, and beside it those its first attempts turn out to have bought, whose voids nobody answers yet. */
    private ShipmentRow withOrphans(String orderId, int orphans) {
        Collections.nCopies(orphans, Turn.NOT_SENT).forEach(carrier.script::add);
        carrier.everyVoid = new Voided.Unknown("timed out");
        ShipmentRow label = rig.settled(rig.take(Rig.order(orderId, "1.2")), ShipmentState.LABELLED);
        for (AttemptRow attempt : rig.attempts(label).subList(0, orphans)) {
            carrier.sellUnder(new Ref(attempt.ref(), UUID.fromString(attempt.purchaseKey()), attempt.orderNumber()));
        }
        assertThat(rig.dispatch.audit(Duration.ofSeconds(30)).found()).isEqualTo(orphans);
        return label;
    }

    private List<String> orphans(ShipmentRow label) {
        return rig.attempts(label).stream()
                .map(attempt -> carrier.book.get(attempt.ref()).id().value())
                .filter(number -> !number.equals(label.carrierShipment()))
                .toList();
    }

    private void voidOrphan(ShipmentRow label, String number, Voided answer) {
        carrier.voidsOf.put(number, answer);
        rig.ledger.commitAll(tx -> tx.orphans().askAgain(label.id()));
        soon(() -> find(label, number).isPresent());
    }

    private String tracking(ShipmentRow label) {
        return rig.ledger.read(tx -> tx.numbers().tracking(label.id())).get(0);
    }

    private void bill(String number, String tracking, Charge charge) {
        String day = LocalDate.now(ZoneOffset.UTC).toString();
        UpsFile file = new UpsFile().charge(number, tracking, day, charge);
        new Billing(rig.ledger, new Accounts(List.of(account)), Mappings.load(bills, name -> null), bills, bills, "n")
                .take(
                        new Handed(number + ".csv", Content.of(file.bytes()), "ups", "fake", null, "Jane"),
                        Namespaces.ALL);
    }

    private void start(String chargeEvent, Duration refundWithin) {
        Aftercare care =
                new Aftercare(Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), refundWithin);
        account = FakeCarrier.account("fake", carrier, chargeEvent, care);
        rig = Rig.start(database(), account);
    }

    private ShipmentRow voided(String orderId, Voided answer) {
        return voided(rig.take(Rig.order(orderId, "1.2")), answer);
    }

    private ShipmentRow voided(Taken taken, Voided answer) {
        ShipmentRow label = rig.settled(taken, ShipmentState.LABELLED);
        carrier.voidScript.add(answer);
        Throwable refused = catchThrowable(() -> rig.dispatch.voidLabel(label.id(), Namespaces.ALL, "ops"));
        assertThat(refused != null)
                .isEqualTo(answer instanceof Voided.Refused no && !no.reason().equals("label_already_voided"));
        return label;
    }

    private Optional<RefundBook.Row> find(ShipmentRow label, String number) {
        return rig.ledger.<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(label.id()))).stream()
                .filter(row -> row.carrierShipment().equals(number))
                .findFirst();
    }

    private RefundBook.Row refund(ShipmentRow label, String number) {
        return find(label, number).orElseThrow();
    }

    private String refund(ShipmentRow label) {
        return told(refund(label, String.valueOf(label.carrierShipment())));
    }

    private static String told(RefundBook.Row row) {
        return Stream.of(
                        row.state(),
                        row.currency(),
                        plain(row.paid()),
                        plain(row.requested()),
                        plain(row.approved()),
                        plain(row.credited()),
                        row.words())
                .filter(word -> word != null)
                .collect(Collectors.joining(" "));
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? "-" : Amounts.plain(amount);
    }

    private static void soon(java.util.concurrent.Callable<Boolean> fact) {
        await().pollInterval(Duration.ofMillis(10)).until(fact);
    }
}
