package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shipment of two parcels needs a person as long as one of them is stuck, whatever the other does. */
abstract class StuckParcelContract extends OnTheWay {

    @BeforeEach
    void another() {
        parcel(2, "T2");
    }

    @Test
    void a_parcel_a_carrier_holds_needs_a_person_though_another_was_delivered() {
        carrier.says("T2", "on_hold", NOON).says("T1", "delivered", NOON.plusSeconds(60));
        tracking.poll();
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();

        push("T2 delivered");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_that_failed_needs_a_person_though_another_is_out_for_delivery() {
        push("T2 delivery_failed 09:00");
        push("T1 out_for_delivery 10:00");
        push("T1 delivered 12:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();

        push("T2 out_for_delivery 14:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_held_before_the_newest_scan_of_another_needs_a_person() {
        push("T1 in_transit 10:00");
        push("T2 on_hold 09:30");
        assertThat(row().word()).isEqualTo("in_transit");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();

        push("T2 out_for_delivery 09:45");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_held_before_its_own_newest_scan_needs_nobody() {
        push("T2 in_transit 10:00");
        push("T2 on_hold 09:30");

        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_on_its_way_back_needs_a_person_however_far_it_got_when_another_is_out_for_delivery() {
        push("T2 return_to_sender 09:00");
        push("T2 in_transit 09:30");
        push("T2 unknown 09:40");
        push("T1 out_for_delivery 10:00");

        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();
    }

    @Test
    void of_two_held_parcels_the_last_that_goes_on_settles_it() {
        push("T1 on_hold 09:00");
        push("T2 on_hold 09:30");
        push("T1 delivered 10:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();

        push("T2 ready_for_pickup 11:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_held_parcel_that_is_delivered_settles_it_though_another_is_on_its_way() {
        push("T2 on_hold 09:00");
        push("T2 delivered 11:00");

        assertThat(row().word()).isEqualTo("in_transit");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_held_by_one_of_its_numbers_goes_on_by_the_other() {
        parcel(2, "T2-local");
        push("T2 on_hold 09:00");
        push("T2-local out_for_delivery 10:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();

        push("T2 delivery_failed 09:30");
        assertThat(isOpen(Reason.PARCEL_STUCK)).as("it went on since").isFalse();
    }

    @Test
    void what_a_number_of_the_whole_shipment_is_told_settles_it_for_all_its_parcels() {
        ledger.commitAll(tx -> tx.numbers().add(shipment, "shipment", 0, "S1"));
        push("T2 on_hold 09:00");
        push("S1 out_for_delivery 10:00");

        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_parcel_that_was_delivered_is_not_stuck_by_what_follows_unless_it_is_sent_back() {
        push("T2 delivered 09:00");
        push("T2 on_hold 10:00");
        push("T2 delivery_failed 11:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();

        push("T2 return_to_sender 12:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();
    }

    @Test
    void a_parcel_that_is_sent_back_needs_a_person_though_it_went_on_before_that_was_told() {
        push("T2 in_transit 10:00");
        push("T2 return_to_sender 09:30");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isTrue();

        push("T2 delivered 12:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }

    @Test
    void a_delivery_that_turns_out_to_be_the_one_to_its_sender_settles_what_was_told_before_it() {
        push("T2 return_to_sender 12:00");
        push("T2 delivered 10:00");
        assertThat(isOpen(Reason.PARCEL_STUCK))
                .as("sent back after its delivery")
                .isTrue();

        push("T2 return_to_sender 09:00");
        assertThat(isOpen(Reason.PARCEL_STUCK)).as("home since ten").isFalse();
    }

    @Test
    void what_a_carrier_held_after_it_delivered_it_troubles_nobody_once_the_delivery_is_told() {
        push("T2 delivery_failed 12:00");
        push("T2 delivered 10:00");

        assertThat(isOpen(Reason.PARCEL_STUCK)).isFalse();
    }
}
