package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.InProcess;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.ShipmentId;
import io.waybill.dispatch.Manifesting;
import io.waybill.intake.Taken;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.order.Address;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily close: each label in one paper, whatever the carrier answers. */
class ManifestTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-25");

    @TempDir
    Path folder;

    private final Closing carrier = new Closing();
    private Rig rig;
    private Manifesting manifesting;
    private Accounts accounts;

    @BeforeEach
    void start() {
        Account plain = FakeCarrier.account("fake", carrier.fake);
        Account closing = new Account(
                plain.name(),
                plain.carrierId(),
                carrier,
                plain.namespaces(),
                plain.workers(),
                plain.settle(),
                plain.chargeEvent(),
                plain.lookUpProven());
        rig = Rig.start(Stores.h2(folder), closing);
        accounts = new Accounts(List.of(closing));
        manifesting = new Manifesting(rig.ledger, accounts);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_was_bought_and_not_scanned_is_handed_over_in_as_many_papers_as_the_carrier_needs() {
        labelled(5);
        scanned(rig.ledger
                .read(tx -> tx.manifests().waiting("fake", "fake", Namespaces.ALL, 10))
                .get(0));

        List<String> made = close();

        assertThat(made).hasSize(2);
        assertThat(carrier.asked).extracting(List::size).containsExactly(3, 1);
        assertThat(row(made.get(0)).state()).isEqualTo(ManifestBook.State.CLOSED);
        assertThat(row(made.get(0)).numberValue()).isEqualTo("M-1");
        assertThat(row(made.get(0)).papers()).isEqualTo(1);
        assertThat(rig.ledger
                        .read(tx -> tx.manifests().paper(made.get(0), 1))
                        .orElseThrow()
                        .bytes())
                .isEqualTo(new byte[] {1, 2, 3});
        assertThatThrownBy(this::close)
                .as("nothing is handed over twice")
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no label that waits");
    }

    @Test
    void a_day_that_is_not_said_is_today_where_the_hub_runs() throws Exception {
        ZoneId away = Stream.of("Pacific/Kiritimati", "Pacific/Niue")
                .map(ZoneId::of)
                .filter(there -> !LocalDate.now(there).equals(LocalDate.now(ZoneOffset.UTC)))
                .findFirst()
                .orElseThrow();
        stop();
        try (InZone there = new InZone(away.getId())) {
            start();
            labelled(1);
            try (Access access = Access.open(rig.ledger)) {
                Api api = rig.api(accounts, access, null);

                Answer made = new InProcess(api.resources(2), Caller.LOCAL)
                        .call("post", "/manifests", "{\"account\": \"fake\"}".getBytes(UTF_8), Locale.ENGLISH);

                assertThat(new String(made.body(), UTF_8)).contains("\"day\":\"" + LocalDate.now(away) + "\"");
            }
        }
    }

    @Test
    void a_carrier_that_closes_all_it_has_is_asked_once_and_only_for_the_services_it_closes() {
        labelled(1);
        ObjectNode elsewhere = Rig.order("SO-ELSEWHERE", "1.2");
        elsewhere.set("shipFrom", elsewhere.path("shipTo").deepCopy());
        ((ObjectNode) elsewhere.path("shipFrom")).put("name", "Acme Depot");
        rig.settled(rig.take(elsewhere), ShipmentState.LABELLED);
        carrier.service = "express";
        assertThatThrownBy(this::close).hasMessageContaining("no label that waits");
        carrier.service = "ground";
        carrier.closesAll = true;

        assertThat(close()).hasSize(1);
        assertThat(carrier.asked).extracting(List::size).containsExactly(2);
    }

    @Test
    void what_the_carrier_leaves_out_or_refuses_is_free_for_the_next() {
        labelled(2);
        carrier.answer = numbers -> new Manifests.Closed.Done(
                "M-9", List.of(), List.of(new Manifests.Left(numbers.get(0), "not for today")));
        String closed = close().get(0);
        String left = carrier.asked.get(0).get(0).value();
        carrier.answer = numbers -> new Manifests.Closed.Refused("come back at five");
        String refused = close().get(0);

        assertThat(row(closed).state()).isEqualTo(ManifestBook.State.CLOSED);
        assertThat(row(closed).words()).as("which stays, and why").isEqualTo("not for today (" + left + ")");
        assertThat(row(refused).words()).isEqualTo("come back at five");
        assertThat(rig.ledger.<List<String>>read(tx -> tx.manifests().waiting("fake", "fake", Namespaces.ALL, 10)))
                .hasSize(1);
    }

    @Test
    void an_answer_nobody_can_read_leaves_it_open_and_it_is_asked_again_for_the_same_parcels() {
        labelled(2);
        carrier.answer = numbers -> {
            throw new IllegalStateException("half an answer");
        };
        String open = close().get(0);
        assertThat(row(open).state()).isEqualTo(ManifestBook.State.OPEN);
        assertThat(row(open).words()).contains("half an answer");

        carrier.answer = Closing.YES;
        manifesting.again(row(open), Namespaces.ALL, "late shift");

        assertThat(row(open).state()).isEqualTo(ManifestBook.State.CLOSED);
        assertThat(carrier.asked.get(1)).isEqualTo(carrier.asked.get(0));
        assertThatThrownBy(() -> manifesting.again(row(open), Namespaces.ALL, "late shift"))
                .hasMessageContaining("settled");
    }

    @Test
    void what_another_carrier_sold_before_the_account_had_this_one_is_not_handed_over_to_it() {
        labelled(2);
        carrier.answer = numbers -> new Manifests.Closed.Unknown("half an answer");
        String open = close().get(0);
        rig.settled(rig.take(Rig.order("SO-LATER", "1.2")), ShipmentState.LABELLED);
        Account other = new Account("fake", "other", carrier, Set.of(), 1, Duration.ofSeconds(1), "on_creation", false);
        Manifesting now = new Manifesting(rig.ledger, new Accounts(List.of(other)));

        assertThatThrownBy(() -> now.close("fake", TODAY, Namespaces.ALL, "ops"))
                .hasMessageContaining("no label that waits");
        now.again(row(open), Namespaces.ALL, "ops");

        assertThat(carrier.asked).hasSize(1);
        assertThat(row(open).words()).contains("fake is an account of other now");
    }

    @Test
    void what_the_carrier_took_in_stays_handed_over_though_who_asked_again_was_refused_before_that_was_heard() {
        labelled(3);
        carrier.answer = numbers -> {
            carrier.answer = again -> new Manifests.Closed.Refused("closed already");
            manifesting.again(open(), Namespaces.ALL, "late shift");
            return new Manifests.Closed.Done(
                    "M-1",
                    List.of(new Label.Document("manifest", 0, "PDF", "letter", new byte[] {1, 2, 3})),
                    List.of(new Manifests.Left(numbers.get(0), "not for today")));
        };

        String made = close().get(0);

        assertThat(row(made).state()).isEqualTo(ManifestBook.State.CLOSED);
        assertThat(row(made).numberValue()).isEqualTo("M-1");
        assertThat(row(made).words()).startsWith("not for today (");
        assertThat(row(made).papers()).isEqualTo(1);
        assertThat(row(made).shipments()).isEqualTo(2);
        assertThat(rig.ledger.<List<String>>read(tx -> tx.manifests().waiting("fake", "fake", Namespaces.ALL, 10)))
                .as("but the one it left out")
                .hasSize(1);
    }

    @Test
    void what_the_carrier_took_in_stays_handed_over_though_a_refusal_is_being_written_at_that_instant()
            throws Exception {
        labelled(2);
        carrier.answer = numbers -> new Manifests.Closed.Unknown("half an answer");
        String made = close().get(0);
        List<String> parcels = rig.ledger.read(tx -> tx.manifests().shipments(made));
        Thread taken = new Thread(() ->
                rig.ledger.commitAll(tx -> tx.manifests().closed(made, "M-1", List.of(), parcels, List.of(), null)));

        rig.ledger.commitAll(tx -> {
            tx.manifests().refused(made, "closed already");
            taken.start();
            Awaitility.await().until(() -> waitsForARow(taken) || !taken.isAlive());
        });
        taken.join();

        assertThat(row(made).state()).isEqualTo(ManifestBook.State.CLOSED);
        assertThat(row(made).shipments()).isEqualTo(2);
    }

    private static boolean waitsForARow(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("org.h2.mvstore.tx"));
    }

    @Test
    void one_that_was_refused_since_it_was_read_is_not_asked_about_again() {
        labelled(2);
        carrier.answer = numbers -> new Manifests.Closed.Unknown("half an answer");
        ManifestBook.Row before = row(close().get(0));
        rig.ledger.commitAll(tx -> tx.manifests().refused(before.id(), "closed already"));

        assertThatThrownBy(() -> manifesting.again(before, Namespaces.ALL, "late shift"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("settled");
        assertThat(carrier.asked).hasSize(1);
    }

    private ManifestBook.Row open() {
        return rig.ledger
                .read(tx -> tx.manifests().of("fake", Namespaces.ALL, Namespaces.ALL, null, 10))
                .get(0);
    }

    @Test
    void who_does_not_see_all_of_its_parcels_does_not_see_it() {
        labelled(1);
        String made = close().get(0);
        Namespaces other = Namespaces.of(Set.of("globex"));
        assertThat(rig.ledger.<Optional<ManifestBook.Row>>read(
                        tx -> tx.manifests().find(made, other)))
                .isEmpty();
        assertThat(rig.ledger.<Optional<ManifestBook.Row>>read(
                        tx -> tx.manifests().find(made, Namespaces.of(Set.of("acme")))))
                .isPresent();
    }

    @Test
    void the_paper_that_names_a_recipient_goes_when_the_recipient_is_forgotten() {
        labelled(2);
        String made = close().get(0);
        String shipment = rig.ledger.read(tx -> tx.manifests().shipments(made)).get(0);
        String order = rig.ledger
                .read(tx -> tx.shipments().find(shipment, Namespaces.ALL))
                .orElseThrow()
                .orderUid();
        assertThat(row(made).papers()).isEqualTo(1);

        new Erasure(rig.ledger).order(order, Namespaces.ALL, "privacy officer");

        assertThat(row(made).papers()).isZero();
        assertThat(row(made).numberValue()).isEqualTo("M-1");
        assertThat(row(made).shipments()).isEqualTo(2);
    }

    @Test
    void what_a_carrier_says_of_a_recipient_who_was_forgotten_while_it_was_asked_is_not_kept() {
        Manifests.Closed refused = new Manifests.Closed.Refused("no way to Jane Roe");
        Manifests.Closed unread = new Manifests.Closed.Unknown("<p>Jane Roe</p>");
        for (Manifests.Closed closed : List.of(Closing.YES.apply(List.of()), refused, unread)) {
            Taken taken = rig.take(Rig.order(closed.getClass().getSimpleName(), "1.2"));
            rig.settled(taken, ShipmentState.LABELLED);
            carrier.answer = numbers -> {
                new Erasure(rig.ledger).order(taken.orderUid(), Namespaces.ALL, "privacy officer");
                return closed;
            };

            String made = close().get(0);

            assertThat(row(made).papers()).as(closed.toString()).isZero();
            assertThat(row(made).words())
                    .as(closed.toString())
                    .isEqualTo(closed == unread ? "the carrier's answer could not be read" : null);
        }
    }

    @Test
    void the_label_of_an_order_that_was_forgotten_comes_into_no_paper_any_more() {
        labelled(2);
        List<String> waiting = rig.ledger.read(tx -> tx.manifests().waiting("fake", "fake", Namespaces.ALL, 10));
        ShipmentRow oldest = rig.ledger
                .read(tx -> tx.shipments().find(waiting.get(0), Namespaces.ALL))
                .orElseThrow();
        new Erasure(rig.ledger).order(oldest.orderUid(), Namespaces.ALL, "privacy officer");

        List<String> made = close();

        assertThat(made).hasSize(1);
        assertThat(rig.ledger.<List<String>>read(tx -> tx.manifests().shipments(made.get(0))))
                .containsExactly(waiting.get(1));
        assertThatThrownBy(this::close)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no label that waits");
    }

    @Test
    void one_that_was_refused_is_listed_only_for_who_sees_all_its_account_serves() {
        labelled(1);
        carrier.answer = numbers -> new Manifests.Closed.Refused("come back at five");
        String refused = close().get(0);
        Namespaces acme = Namespaces.of(Set.of("acme"));

        assertThat(listed(acme, Namespaces.ALL)).isEmpty();
        assertThat(listed(acme, Namespaces.of(Set.of("globex")))).isEmpty();
        assertThat(listed(acme, acme)).containsExactly(refused);
        assertThat(listed(Namespaces.ALL, Namespaces.ALL)).containsExactly(refused);
        carrier.answer = Closing.YES;
        String closed = close().get(0);
        assertThat(listed(acme, Namespaces.ALL)).containsExactly(closed);
    }

    @Test
    void the_audit_log_says_who_handed_over_and_who_asked_again() {
        labelled(1);
        carrier.answer = numbers -> {
            throw new IllegalStateException("half an answer");
        };
        String open = close().get(0);
        carrier.answer = Closing.YES;
        manifesting.again(row(open), Namespaces.ALL, "late shift");

        List<AuditBook.Entry> entries = rig.ledger.read(tx -> tx.audit().list(Namespaces.ALL, open, null, 10));
        assertThat(entries)
                .extracting(AuditBook.Entry::actor, AuditBook.Entry::act, AuditBook.Entry::detail)
                .containsExactly(
                        tuple("late shift", "manifest.asked-again", "fake"), tuple("ops", "manifest.asked", "fake"));
    }

    private List<String> listed(Namespaces scope, Namespaces served) {
        return rig
                .ledger
                .<List<ManifestBook.Row>>read(tx -> tx.manifests().of("fake", scope, served, null, 10))
                .stream()
                .map(ManifestBook.Row::id)
                .toList();
    }

    private List<String> close() {
        return manifesting.close("fake", TODAY, Namespaces.ALL, "ops");
    }

    private ManifestBook.Row row(String id) {
        return rig.ledger.read(tx -> tx.manifests().find(id, Namespaces.ALL)).orElseThrow();
    }

    private void labelled(int orders) {
        IntStream.range(0, orders).forEach(i -> {
            Taken taken = rig.take(Rig.order("SO-" + i, "1.2"));
            rig.settled(taken, ShipmentState.LABELLED);
        });
    }

    private void scanned(String shipment) {
        rig.ledger.commitAll(tx -> {
            ShipmentRow row = tx.shipments().find(shipment, Namespaces.ALL).orElseThrow();
            Event event = new Event("T", "in_transit", "IT", null, "Austin", Instant.EPOCH, "poll");
            tx.tracking().itinerary(row.id(), tx.now()).record(event);
        });
    }

    /** Closes three at a time, and sells like the one it stands before. */
    private static final class Closing implements LikeFake, Manifests {
        static final Function<List<ShipmentId>, Closed> YES = numbers -> new Closed.Done(
                "M-1", List.of(new Label.Document("manifest", 0, "PDF", "letter", new byte[] {1, 2, 3})), List.of());
        final FakeCarrier fake = new FakeCarrier(IdempotencyClass.A, "8.10");
        final List<List<ShipmentId>> asked = new ArrayList<>();
        Function<List<ShipmentId>, Closed> answer = YES;
        String service = "ground";
        boolean closesAll;

        @Override
        public FakeCarrier fake() {
            return fake;
        }

        @Override
        public int mostInOne() {
            return 3;
        }

        @Override
        public boolean takes(String asked) {
            return asked.equals(service);
        }

        @Override
        public boolean closesAll() {
            return closesAll;
        }

        @Override
        public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
            assertThat(from.name()).isEqualTo("Acme Depot");
            asked.add(shipments);
            return answer.apply(shipments);
        }
    }
}
