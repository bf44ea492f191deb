package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Tracks;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutsideBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.order.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A shipment stands where its parcels are, whoever tells of them and in whatever order. */
abstract class JourneyContract extends OnTheWay {
    @Test
    void a_shipment_of_two_parcels_is_followed_until_the_last_one_is_delivered() {
        parcel(2, "T2");
        carrier.says("T1", "delivered", NOON).says("T2", "in_transit", NOON.minusSeconds(600));
        tracking.poll();
        assertThat(row().word()).isEqualTo("in_transit");

        carrier.says("T2", "delivered", NOON.minusSeconds(60));
        tracking.poll();
        assertThat(row().word()).as("though it was delivered before the first").isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("in_transit", "delivered", "delivered");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_number_the_carrier_refuses_hides_no_other_of_its_shipment_and_a_person_is_told() {
        parcel(2, "T2");
        carrier.says("T1", "delivered", NOON);
        carrier.failsFor("T2");
        tracking.poll();
        assertThat(statusesTold()).containsExactly("delivered");
        assertThat(row().word()).isEqualTo("in_transit");

        again();
        again();
        assertThat(isOpen(Reason.TRACKING_FAILED)).isTrue();
        assertThat(ledger.read(tx -> tx.exceptions().openOf(Reason.TRACKING_FAILED, shipment))
                        .orElseThrow()
                        .problems())
                .contains("\"T2\"", "nonsense from the carrier");

        push("T2 delivered");
        assertThat(isOpen(Reason.TRACKING_FAILED)).isFalse();
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_number_that_is_told_again_closes_what_a_person_was_told_of_it() {
        parcel(2, "T2");
        carrier.says("T1", "in_transit", NOON).says("T2", "in_transit", NOON);
        carrier.failsFor("T2");
        tracking.poll();
        again();
        again();
        assertThat(isOpen(Reason.TRACKING_FAILED)).isTrue();

        carrier.failsFor("");
        again();
        assertThat(isOpen(Reason.TRACKING_FAILED)).isFalse();
        assertThat(statusesTold()).containsExactly("in_transit", "in_transit");
    }

    private void again() {
        ledger.commitAll(tx -> tx.journeys().next(shipment, Duration.ofSeconds(-60)));
        tracking.poll();
    }

    @Test
    void one_parcel_delivered_before_anything_is_known_of_another_is_a_shipment_on_its_way() {
        parcel(2, "T2");
        file("T1", "delivered");
        assertThat(row().word()).isEqualTo("in_transit");

        push("T2 cancelled");
        assertThat(row().word()).as("the other never left").isEqualTo("delivered");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void one_parcel_that_was_called_off_sets_no_other_on_its_way() {
        parcel(2, "T2");
        push("T1 cancelled 09:00");
        assertThat(row().trackingStatus()).isEqualTo("pending");

        push("T2 pending 10:00");
        assertThat(row().trackingStatus()).isEqualTo("pending");
        assertThat(row().word()).isEqualTo("labelled");

        push("T2 picked_up 11:00");
        assertThat(row().trackingStatus()).isEqualTo("picked_up");
    }

    @Test
    void a_parcel_that_was_called_off_and_is_scanned_all_the_same_is_followed_until_it_arrives() {
        carrier.says("cancelled", NOON).says("in_transit", NOON.plusSeconds(60));
        tracking.poll();
        assertThat(row().word()).isEqualTo("in_transit");

        carrier.says("delivered", NOON.plusSeconds(120));
        tracking.poll();

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("cancelled", "in_transit", "delivered");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_label_brought_long_after_its_journey_troubles_nobody_and_one_of_last_week_does() {
        String old = outside("T-OLD", Duration.ofDays(100));
        String young = outside("T-YOUNG", Duration.ofDays(10));

        tracking.poll();

        assertThat(isStill(old)).isFalse();
        assertThat(isStill(young)).isTrue();
    }

    private String outside(String number, Duration ago) {
        OutsideBook.Label label = new OutsideBook.Label(
                "fake", "fake", "ground", number, Instant.now().minus(ago));
        return ledger.commit(tx -> {
            String id = tx.outside().insert(order, tx.shipments().of(order).size() + 1, label, ShipmentState.LABELLED);
            tx.numbers().add(id, "tracking", 1, number);
            return id;
        });
    }

    private boolean isStill(String id) {
        return ledger.read(tx -> tx.exceptions().isOpen(Reason.PARCEL_STILL, id));
    }

    @Test
    void a_parcel_with_two_numbers_is_delivered_when_one_of_them_is() {
        parcel(1, "T1-local");
        push("T1-local delivered");

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void what_a_number_of_the_whole_shipment_is_told_is_told_of_all_its_parcels() {
        parcel(2, "T2");
        ledger.commitAll(tx -> tx.numbers().add(shipment, "shipment", 0, "S1"));
        ledger.commitAll(tx -> tx.numbers().add(shipment, "lead", 0, "T1"));
        push("T1 delivered");
        assertThat(row().word()).isEqualTo("in_transit");

        push("S1 delivered");
        assertThat(row().word()).isEqualTo("delivered");
    }

    @Test
    void what_is_pushed_after_the_delivery_has_nobody_asked_again() {
        carrier.says("delivered", NOON);
        tracking.poll();

        push("T1 in_transit 11:00");
        tracking.poll();

        assertThat(carrier.asked()).isEqualTo(1);
        assertThat(row().word()).isEqualTo("delivered");
    }

    @Test
    void a_parcel_delivered_long_ago_is_not_still() {
        carrier.says("delivered", NOON.minus(Duration.ofDays(20)));
        tracking.poll();
        ledger.commitAll(tx -> tx.journeys().next(shipment, Duration.ofSeconds(-1)));

        tracking.poll();
        assertThat(isOpen(Reason.PARCEL_STILL)).isFalse();
        assertThat(isAsked()).isFalse();
    }

    @Test
    void what_is_told_newest_first_is_told_on_as_it_happened() {
        carrier.says("delivered", NOON.plusSeconds(60))
                .says("out_for_delivery", NOON)
                .says("in_transit", NOON)
                .says("picked_up", NOON.minusSeconds(60));

        tracking.poll();

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("picked_up", "in_transit", "out_for_delivery", "delivered");
    }

    @Test
    void each_parcel_is_read_in_its_own_order() {
        parcel(2, "T2");
        carrier.says("T1", "in_transit", NOON).says("T1", "picked_up", NOON.minusSeconds(60));
        carrier.says("T2", "on_hold", NOON.plusSeconds(60)).says("T2", "in_transit", NOON.plusSeconds(60));
        carrier.says("T2", "picked_up", NOON.minusSeconds(30));

        tracking.poll();

        assertThat(statusesTold()).containsExactly("picked_up", "picked_up", "in_transit", "in_transit", "on_hold");
    }

    @Test
    void a_scan_nobody_can_read_is_kept_and_moves_no_parcel() {
        push("T1 unknown 09:00");
        assertThat(row().trackingStatus()).as("nothing else was known").isEqualTo("unknown");
        push("T1 out_for_delivery 10:00");
        push("T1 unknown 11:00");
        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
        push("T1 delivered 12:00");
        push("T1 unknown 13:00");

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("unknown", "out_for_delivery", "delivered");
        assertThat(kept()).hasSize(5);
    }

    @Test
    void a_delivery_is_told_though_a_later_scan_nobody_can_read_came_before_it() {
        push("T1 in_transit 11:00");
        push("T1 unknown 13:00");
        push("T1 delivered 12:00");

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("in_transit", "delivered");
    }

    @Test
    void a_parcel_that_is_scanned_is_not_still_though_nobody_can_read_it() {
        carrier.says("in_transit", NOON.minus(Duration.ofDays(20)));
        tracking.poll();
        tracking.poll();
        assertThat(isOpen(Reason.PARCEL_STILL)).isTrue();

        push("T1 unknown " + Instant.now());
        assertThat(isOpen(Reason.PARCEL_STILL)).isFalse();
        tracking.poll();
        assertThat(isOpen(Reason.PARCEL_STILL)).isFalse();
    }

    @Test
    void a_parcel_that_moves_while_its_carrier_answers_with_what_was_known_is_not_still() {
        carrier.says("in_transit", Instant.now().minus(Duration.ofDays(20)));
        tracking.poll();
        carrier.beforeItAnswers(() -> push("T1 out_for_delivery " + Instant.now()));

        tracking.poll();
        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
        assertThat(isOpen(Reason.PARCEL_STILL)).isFalse();
    }

    @Test
    void a_scan_dated_ahead_of_its_time_leaves_its_parcel_quiet_since_it_was_told() {
        carrier.says("in_transit", Instant.now().plus(Duration.ofDays(400)));
        tracking.poll();

        assertThat(ledger.read(tx -> tx.journeys().moving(shipment))
                        .orElseThrow()
                        .quietSeconds())
                .isBetween(0L, 60L);
        assertThat(statusesTold()).containsExactly("in_transit");
    }

    @Test
    void a_scan_dated_in_another_year_hides_none_that_comes_after_it() {
        carrier.says("in_transit", NOON.plus(Duration.ofDays(365L * 36)));
        tracking.poll();
        carrier.says("out_for_delivery", Instant.now());
        tracking.poll();
        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");

        carrier.says("delivery_failed", Instant.now());
        tracking.poll();
        assertThat(row().trackingStatus()).isEqualTo("delivery_failed");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();
        assertThat(statusesTold()).containsExactly("in_transit", "out_for_delivery", "delivery_failed");
        assertThat(kept())
                .extracting(Event::happenedAt)
                .as("as its carrier dated it")
                .contains(NOON.plus(Duration.ofDays(365L * 36)));
    }

    @Test
    void a_scan_dated_next_month_stands_where_it_was_told() {
        push("T1 on_hold " + Instant.now().plus(Duration.ofDays(30)));
        push("T1 out_for_delivery " + Instant.now());
        push("T1 in_transit 11:00");

        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
        assertThat(kept()).extracting(Event::status).containsExactly("in_transit", "on_hold", "out_for_delivery");
    }

    @Test
    void a_scan_of_tomorrow_by_clocks_east_of_greenwich_is_where_its_parcel_is() {
        push("T1 out_for_delivery " + Instant.now().plus(Duration.ofHours(14)));
        push("T1 in_transit " + Instant.now());

        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
    }

    @Test
    void a_label_that_is_given_back_while_its_carrier_answers_is_not_still() {
        carrier.says("pending", Instant.now().minus(Duration.ofDays(20)));
        tracking.poll();
        carrier.beforeItAnswers(() -> ledger.commit(tx -> tx.voids().request(row(), false, Duration.ZERO)));

        tracking.poll();
        assertThat(row().state()).isEqualTo(ShipmentState.VOIDING);
        assertThat(isOpen(Reason.PARCEL_STILL)).isFalse();
    }

    @Test
    void a_scan_of_more_words_than_fit_is_kept_once_and_does_not_hold_up_the_delivery() {
        String words = "w".repeat(600);
        carrier.tells(new Tracks.Event("T1", "in_transit", words, words, words, NOON.atOffset(ZoneOffset.UTC)));
        tracking.poll();
        ledger.commitAll(tx -> tx.journeys().next(shipment, Duration.ofSeconds(-1)));
        carrier.says("delivered", NOON.plusSeconds(60));
        tracking.poll();

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("in_transit", "delivered");
        assertThat(kept()).hasSize(2);
    }

    @Test
    void a_scan_after_the_delivery_is_kept_and_moves_nothing() {
        push("T1 delivered 10:15");
        push("T1 in_transit 11:02");

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(row().trackingStatus()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("delivered");
        assertThat(kept()).hasSize(2);
    }

    @Test
    void a_delivery_that_is_told_after_a_later_scan_is_told_on_and_stands() {
        push("T1 in_transit 13:00");
        push("T1 delivered 12:00");

        assertThat(row().word()).isEqualTo("delivered");
        assertThat(statusesTold()).containsExactly("in_transit", "delivered");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_parcel_that_is_sent_back_after_its_delivery_is_told() {
        push("T1 delivered 10:15");
        push("T1 return_to_sender 11:02");

        assertThat(row().trackingStatus()).isEqualTo("return_to_sender");
        assertThat(statusesTold()).containsExactly("delivered", "return_to_sender");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();
    }

    @Test
    void a_delivery_before_the_parcel_was_sent_back_does_not_hide_that_it_was() {
        push("T1 return_to_sender 13:00");
        push("T1 delivered 12:00");

        assertThat(row().trackingStatus()).isEqualTo("return_to_sender");
    }

    @Test
    void a_scan_after_its_parcel_was_delivered_moves_no_shipment_of_several() {
        parcel(2, "T2");
        push("T2 out_for_delivery 10:00");
        push("T1 delivered 10:15");
        push("T1 in_transit 11:02");

        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
        assertThat(statusesTold()).containsExactly("out_for_delivery", "delivered");

        push("T2 delivered 12:00");
        assertThat(row().word()).isEqualTo("delivered");
    }

    @Test
    void a_parcel_that_is_sent_back_after_its_delivery_is_followed_until_it_is_home() {
        carrier.says("delivered", NOON).says("return_to_sender", NOON.plusSeconds(60));
        tracking.poll();
        assertThat(isAsked()).isTrue();

        carrier.says("delivered", NOON.plusSeconds(3600));
        tracking.poll();
        assertThat(statusesTold()).containsExactly("delivered", "return_to_sender", "return_to_sender");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_parcel_that_its_sender_has_again_is_not_delivered() {
        push("T1 return_to_sender 09:00");
        push("T1 out_for_delivery 10:00");
        push("T1 delivered 11:00");
        push("T1 return_to_sender 11:30");

        assertThat(row().trackingStatus()).isEqualTo("return_to_sender");
        assertThat(row().isDelivered()).isFalse();
        assertThat(statusesTold()).containsExactly("return_to_sender", "out_for_delivery", "return_to_sender");
        assertThat(shown())
                .containsExactly("return_to_sender", "out_for_delivery", "return_to_sender", "return_to_sender");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_delivery_is_put_right_once_it_is_told_that_the_parcel_had_been_sent_back() {
        push("T1 delivered 11:00");
        push("T1 return_to_sender 09:00");

        assertThat(row().trackingStatus()).isEqualTo("return_to_sender");
        assertThat(statusesTold()).containsExactly("delivered", "return_to_sender");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_shipment_of_which_one_parcel_came_back_is_not_delivered() {
        parcel(2, "T2");
        push("T1 return_to_sender 09:00\nT2 delivered 10:00\nT1 delivered 11:00");
        push("T1 in_transit 12:00");

        assertThat(row().trackingStatus()).isEqualTo("return_to_sender");
        assertThat(shown()).containsExactly("return_to_sender", "delivered", "return_to_sender", "in_transit");
        assertThat(isAsked()).isFalse();
    }

    @Test
    void a_scan_on_the_minute_is_told_with_its_seconds_and_the_clocks_it_was_told_by() {
        OffsetDateTime at = NOON.atOffset(ZoneOffset.ofHours(-6));
        carrier.tells(new Tracks.Event("T1", "in_transit", "IT", null, null, at));
        tracking.poll();

        assertThat(told("at")).containsExactly(TrackingCarrier.DAY + "T06:00:00-06:00");
    }

    private List<String> shown() {
        return ledger.read(tx -> tx.tracking().shown(shipment)).stream()
                .map(Event::status)
                .toList();
    }

    @Test
    void each_parcel_told_of_by_one_webhook_is_told_on() {
        parcel(2, "T2");
        push("T1 out_for_delivery 10:00\nT2 on_hold 09:00");

        assertThat(statusesTold()).containsExactly("out_for_delivery", "on_hold");
        assertThat(row().trackingStatus()).isEqualTo("out_for_delivery");
    }

    @Test
    void a_parcel_that_was_called_off_and_is_scanned_after_the_others_arrived_is_on_its_way() {
        parcel(2, "T2");
        push("T1 cancelled 09:00");
        push("T2 delivered 10:00");
        assertThat(row().word()).isEqualTo("delivered");

        push("T1 in_transit 11:00");
        assertThat(row().word()).isEqualTo("in_transit");
    }

    @Test
    void a_number_that_is_pushed_with_blanks_or_small_letters_is_the_parcels() {
        parcel(2, "AB123DE");
        push("ab\t123-de delivered");

        assertThat(kept()).extracting(Event::trackingNumber).containsExactly("AB123DE");
        assertThat(row().word()).isEqualTo("in_transit");
    }

    @Test
    void a_number_that_a_file_tells_with_blanks_or_small_letters_is_the_parcels() {
        parcel(2, "AB123DE");
        file("ab 123-de", "delivered");

        assertThat(kept()).extracting(Event::trackingNumber).containsExactly("AB123DE");
    }

    @Test
    void a_scan_of_a_label_that_was_given_back_needs_nobody() {
        ledger.commitAll(tx -> tx.voids().request(row(), false, Duration.ZERO));
        ledger.commitAll(tx -> tx.shipments().move(row(), ShipmentState.VOIDED, null));

        push("T1 return_to_sender 10:00");

        assertThat(kept()).extracting(Event::status).containsExactly("return_to_sender");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    private void file(String number, String status) {
        ledger.commitAll(tx -> Scans.tell(
                tx,
                "acme",
                Json.mapper()
                        .createObjectNode()
                        .put("trackingNumber", number)
                        .put("status", status)
                        .put("occurredAt", NOON.toString())));
    }

    private boolean isAsked() {
        int before = carrier.asked();
        tracking.poll();
        return carrier.asked() > before;
    }

    private List<String> statusesTold() {
        return told("status");
    }

    private List<String> told(String field) {
        return ledger.read(tx -> tx.deliveries().of(order).stream()
                .filter(event -> event.type().equals("tracking.updated"))
                .sorted(Comparator.comparing(DeliveryBook.Row::sequence))
                .map(event -> Json.kept(tx.deliveries()
                                .told(event.id(), Namespaces.ALL)
                                .orElseThrow()
                                .payload())
                        .at("/data/tracking/" + field)
                        .asText())
                .toList());
    }

    private List<Event> kept() {
        return ledger.read(tx -> tx.tracking().of(shipment));
    }
}
