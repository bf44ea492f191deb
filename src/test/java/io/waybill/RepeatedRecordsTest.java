package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.LogPlace;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.CameAlone;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.order.Content;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log hands over again what was not committed to it, also beside who reads on. */
class RepeatedRecordsTest {
    private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

    private Rig rig;

    @BeforeEach
    void start(@TempDir Path folder) {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_a_record_says_is_not_undone_by_one_before_it() {
        record(10, NINE, held("1"));
        assertThat(record(11, NINE, held("2")).result()).isEqualTo(Taken.Result.REPLACED);

        Taken again = record(10, NINE, held("1"));

        assertThat(again.result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(again.problems()).extracting(problem -> problem.code()).containsExactly("older-than-known");
        assertThat(record(11, NINE, held("2")).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(record(12, NINE, held("1")).result()).isEqualTo(Taken.Result.REPLACED);
    }

    @Test
    void once_it_is_bought_nobody_is_told_of_what_it_said_before() {
        record(10, NINE, held("1"));
        Taken taken = record(11, NINE, Rig.order("SO-1", "2"));
        rig.settled(taken, ShipmentState.LABELLED);

        assertThat(record(10, NINE, held("1")).result()).isEqualTo(Taken.Result.SKIPPED);

        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void the_record_an_order_came_with_is_no_news_once_the_order_is_called_off() {
        Taken taken = record(10, NINE, held("1"));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(record(10, NINE, held("1")).result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(rig.exceptions()).isEmpty();

        assertThat(record(11, NINE, held("1")).result()).isEqualTo(Taken.Result.CONFLICT);
    }

    @Test
    void in_a_topic_made_anew_a_lower_place_is_newer() {
        record(10, NINE, held("1"));

        assertThat(record(3, NINE.plusSeconds(60), held("2")).result()).isEqualTo(Taken.Result.REPLACED);
        assertThat(record(2, Instant.EPOCH, held("1")).result()).isEqualTo(Taken.Result.REPLACED);
    }

    @Test
    void a_place_says_nothing_of_another_partition() {
        record(10, NINE, held("1"));

        assertThat(take(new LogPlace("orders-1", 3, NINE), held("2")).result()).isEqualTo(Taken.Result.REPLACED);
    }

    @Test
    void a_row_that_is_offered_again_or_comes_late_undoes_none_of_a_higher_number() {
        take(LogPlace.ofRow(102), held("1"));
        assertThat(take(LogPlace.ofRow(103), held("2")).result()).isEqualTo(Taken.Result.REPLACED);

        Taken again = take(LogPlace.ofRow(102), held("1"));
        Taken late = take(LogPlace.ofRow(101), held("3"));

        assertThat(again.result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(late.result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(late.problems().get(0).sentence(Locale.ENGLISH)).contains("row 101", "row 103", "offered late");
        assertThat(late.problems().get(0).sentence(Locale.CHINESE))
                .contains("第 101 行", "第 103 行")
                .doesNotContain("row");
        assertThat(take(LogPlace.ofRow(103), held("2")).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(take(LogPlace.ofRow(1L << 62), held("1")).result()).isEqualTo(Taken.Result.REPLACED);
    }

    @Test
    void a_row_that_calls_an_order_off_and_comes_late_undoes_none_of_a_higher_number() {
        Taken taken = take(LogPlace.ofRow(302), held("1"));

        Taken late = callOff(LogPlace.ofRow(301));

        assertThat(late.result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(late.problems().get(0).sentence(Locale.ENGLISH)).contains("row 301", "row 302");
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.HELD);
        assertThat(callOff(LogPlace.ofRow(303)).result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.CANCELLED);
    }

    @Test
    void nobody_is_told_that_a_row_that_comes_late_calls_off_what_a_higher_number_had_bought() {
        rig.settled(take(LogPlace.ofRow(302), Rig.order("SO-1", "2")), ShipmentState.LABELLED);

        assertThat(callOff(LogPlace.ofRow(301)).result()).isEqualTo(Taken.Result.SKIPPED);
        assertThat(rig.exceptions()).isEmpty();

        assertThat(callOff(LogPlace.ofRow(303)).result()).isEqualTo(Taken.Result.CONFLICT);
        assertThat(rig.exceptions()).hasSize(1);
    }

    @Test
    void an_order_that_is_called_off_is_so_however_often_its_record_says_it() {
        record(10, NINE, held("1"));

        assertThat(callOff(new LogPlace("orders-0", 10, NINE)).result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(callOff(new LogPlace("orders-0", 10, NINE)).result()).isEqualTo(Taken.Result.DUPLICATE);
        assertThat(callOff(new LogPlace("orders-0", 9, NINE)).result()).isEqualTo(Taken.Result.DUPLICATE);
    }

    private Taken callOff(LogPlace place) {
        return rig.ledger.commit(tx -> new CancelDoor(rig.intake, true)
                .work(submission(place, held("1")))
                .apply(tx));
    }

    private static ObjectNode held(String kilograms) {
        return Rig.order("SO-1", kilograms).put("release", "hold");
    }

    private Taken record(long offset, Instant writtenAt, ObjectNode order) {
        return take(new LogPlace("orders-0", offset, writtenAt), order);
    }

    private Taken take(LogPlace place, ObjectNode order) {
        return rig.take(submission(place, order));
    }

    private static Submission submission(LogPlace place, ObjectNode order) {
        return new Submission(
                "erp",
                "kafka",
                order,
                null,
                Content.hash(order),
                CameAlone.of(place.key("6f1d#1"), order),
                null,
                null,
                false,
                "erp");
    }
}
