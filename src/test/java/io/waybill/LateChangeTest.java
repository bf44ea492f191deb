package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.CameAlone;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.TrackingBook;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LateChangeTest {
    private Rig rig;
    private Taken taken;

    @BeforeEach
    void sell(@TempDir Path folder) {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        taken = rig.take(Rig.order("SO-1", "1"));
        rig.settled(taken, ShipmentState.LABELLED);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "webhook", "kafka", "file", "sql"})
    void what_comes_too_late_by_a_way_at_which_nobody_sits_is_told_to_a_person(String way) {
        assertThat(changed(way).result()).isEqualTo(Taken.Result.CONFLICT);

        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("changed-late");
    }

    @Test
    void once_all_of_it_is_delivered_nobody_can_do_anything() {
        String shipment = rig.shipment(taken).id();
        rig.ledger.commit(tx -> tx.tracking()
                .itinerary(shipment, tx.now())
                .record(new TrackingBook.Event(
                        tx.numbers().tracking(shipment).get(0),
                        "delivered",
                        "DL",
                        null,
                        "Austin",
                        Instant.now(),
                        "push")));

        assertThat(changed("webhook").result()).isEqualTo(Taken.Result.CONFLICT);

        assertThat(rig.exceptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "api", "portal"})
    void who_is_answered_is_told_by_the_answer_alone(String way) {
        assertThat(changed(way).problems()).isNotEmpty();

        assertThat(rig.exceptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "sql"})
    void what_says_nothing_new_is_told_nobody(String way) {
        assertThat(handed(way, Rig.order("SO-1", "1")).result()).isEqualTo(Taken.Result.DUPLICATE);

        assertThat(rig.exceptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-24T08:30:00+00:00", "2026-11-24T09:30:00.000+01:00", "2026-11-24T08:30Z"})
    void the_same_moment_in_another_spelling_is_nothing_new(String placed) {
        Taken sold = rig.take(Rig.order("SO-2", "1").put("placedAt", "2026-11-24T08:30:00Z"));
        rig.settled(sold, ShipmentState.LABELLED);

        for (String way : new String[] {"api", "file"}) {
            Taken again = handed(way, Rig.order("SO-2", "1").put("placedAt", placed));
            assertThat(again.result()).isEqualTo(Taken.Result.DUPLICATE);
        }

        assertThat(handed("file", Rig.order("SO-2", "1").put("placedAt", "2026-11-24T09:30:00Z"))
                        .result())
                .isEqualTo(Taken.Result.CONFLICT);
    }

    @Test
    void a_source_that_repeats_itself_with_a_moment_in_another_spelling_does_not_undo_a_correction() {
        Taken held = handed("file", placed("2026-11-24T08:30:00Z"));
        rig.correctAddress(held);
        rig.correctAddress(held);

        assertThat(handed("file", placed("2026-11-24T08:30:00+00:00")).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(handed("file", placed("2026-11-24T09:30:00Z")).result()).isEqualTo(Taken.Result.REPLACED);
        assertThat(handed("file", placed("2026-11-24T08:30:00Z")).result())
                .as("what it says anew")
                .isEqualTo(Taken.Result.REPLACED);
    }

    private static ObjectNode placed(String moment) {
        return Rig.order("SO-3", "1").put("placedAt", moment).put("release", "hold");
    }

    @Test
    void what_changed_after_its_label_was_given_back_is_settled_by_a_person_who_changes_it_here_too() {
        changedAfterItsVoid();

        rig.correctAddress(taken);

        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_changed_after_its_label_was_given_back_is_settled_with_its_order() {
        changedAfterItsVoid();

        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_comes_after_its_label_was_given_back_is_not_told_that_it_has_one() {
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
        rig.settled(taken, ShipmentState.VOIDED);

        assertThat(changed("api").problems().get(0).sentence(Locale.ENGLISH))
                .startsWith("a label was bought for order SO-1, and this content differs: /parcels/0/weight/value")
                .contains("Once it is voided, correct the order with PATCH");
    }

    @Test
    void what_was_found_after_a_restore_is_told_beside_what_its_source_says_later() {
        String shipment = rig.shipment(taken).id();
        Problem found = Problem.of(OrderCode.BOUGHT_BEFORE_CHANGE, "orderId", "SO-1");
        rig.ledger.commitAll(tx -> tx.exceptions()
                .open(
                        Reason.CHANGED_LATE,
                        shipment,
                        "default",
                        tx.orders().find(taken.orderUid(), Namespaces.ALL).orElseThrow(),
                        shipment,
                        "erp",
                        Json.text(List.of(found))));

        changed("file");
        changed("file");

        assertThat(rig.exceptions())
                .singleElement()
                .satisfies(row -> assertThat(Json.kept(row.problems()).findValuesAsText("code"))
                        .containsExactly("order-content-differs", "bought-before-change"));
    }

    private void changedAfterItsVoid() {
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
        assertThat(changed("file").result()).isEqualTo(Taken.Result.CONFLICT);
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("changed-late");
    }

    private Taken changed(String way) {
        return handed(way, Rig.order("SO-1", "2"));
    }

    private Taken handed(String way, ObjectNode order) {
        return rig.take(new Submission(
                "erp", way, order, null, Content.hash(order), CameAlone.of("f/2", order), null, null, false, "erp"));
    }
}
