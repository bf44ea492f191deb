package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever of a bill is one shipment is counted once, and found by all it is known by. */
class BilledShipmentsTest {
    private final BilledShipments shipments = new BilledShipments();

    @Test
    void the_charges_of_a_number_are_one_shipment_however_it_is_grouped() {
        add(
                Written.transport("10.00").tracking("9400 1000"),
                Written.fuel("1.50").tracking("94001000"));

        assertThat(shipments.all())
                .extracting(BilledShipment::name, BilledShipment::amount)
                .containsExactly(tuple("9400 1000", new BigDecimal("11.50")));
        assertThat(shipments.of("SO-1", List.of("9400-1000"))).isEqualTo(shipments.all());
    }

    @Test
    void parcels_that_share_a_number_are_one_shipment() {
        add(
                Written.transport("10.00").tracking("1Z1").lead("1Z1"),
                Written.transport("8.00").tracking("1Z2").lead("1Z1"));

        assertThat(shipments.all()).extracting(BilledShipment::amount).containsExactly(new BigDecimal("18.00"));
    }

    @Test
    void what_has_no_number_is_known_by_its_references() {
        add(
                Written.transport("10.00").tracking(null).references("SO-1", "PO-7"),
                Written.fuel("1.00").tracking(null).references("SO-1", "PO-7"),
                Written.transport("9.00").tracking(null).references("SO-2"));

        assertThat(shipments.all()).extracting(BilledShipment::name).containsExactly("SO-1", "SO-2");
        assertThat(shipments.of("PO-7", Set.of()))
                .isEqualTo(shipments.of("SO-1", Set.of()))
                .hasSize(1);
    }

    @Test
    void a_charge_that_names_no_shipment_is_added_up_apart() {
        add(Written.transport("4.00").tracking(null), Written.extra("5.55").kind("account_fee"));

        assertThat(shipments.all()).isEmpty();
        assertThat(shipments.ofNone().lines()).isEqualTo(2);
        assertThat(shipments.ofNone().amount()).isEqualByComparingTo("9.55");
        assertThat(shipments.haveReferences()).isFalse();
    }

    @Test
    void duties_and_taxes_are_in_the_amount_and_in_no_price() {
        add(Written.transport("10.00"), Written.of("duty", "2.00").kind("duty_tax"));

        assertThat(shipments.all())
                .extracting(BilledShipment::amount, BilledShipment::untaxed)
                .containsExactly(tuple(new BigDecimal("12.00"), new BigDecimal("10.00")));
    }

    private void add(Written... lines) {
        for (Written written : lines) {
            shipments.add(written.line(1).words());
        }
    }
}
