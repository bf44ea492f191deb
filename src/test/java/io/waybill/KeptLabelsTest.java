package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLabelsTest {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;

    @BeforeEach
    void start(@TempDir Path folder) {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void labels_that_are_kept_are_not_asked_of_the_carrier_again() {
        ShipmentRow shipment = rig.settled(rig.take(Rig.order("KEPT-1", "1.2")), ShipmentState.LABELLED);

        assertThat(new KeptLabels(rig.ledger, rig.dispatch).of(shipment.id())).hasSize(1);

        assertThat(carrier.fetches).hasValue(0);
    }

    @Test
    void labels_that_are_not_kept_any_more_are_asked_of_the_carrier_once() {
        ShipmentRow shipment = rig.settled(rig.take(Rig.order("KEPT-2", "1.2")), ShipmentState.LABELLED);
        rig.ledger.commitAll(tx -> tx.erasure().forget(List.of(shipment.id())));

        assertThat(new KeptLabels(rig.ledger, rig.dispatch).of(shipment.id())).hasSize(1);

        assertThat(carrier.fetches).hasValue(1);
    }

    @Test
    void a_label_is_not_printed_without_those_of_its_other_parcels() {
        ShipmentRow shipment = rig.settled(rig.take(Rig.order("KEPT-3", "1.2")), ShipmentState.LABELLED);
        keepOfAnotherFormat(shipment, 1);
        keepOfAnotherFormat(shipment, 2);
        carrier.reprints = false;

        assertThatThrownBy(() -> new KeptLabels(rig.ledger, rig.dispatch).of(shipment.id()))
                .hasMessageContaining("not there yet");

        carrier.reprints = true;
        assertThat(new KeptLabels(rig.ledger, rig.dispatch).of(shipment.id()))
                .as("the carrier has one label for both")
                .hasSize(1);
    }

    @Test
    void one_label_alone_may_be_that_of_all_numbers() {
        ShipmentRow shipment = rig.settled(rig.take(Rig.order("KEPT-4", "1.2")), ShipmentState.LABELLED);
        rig.ledger.commitAll(tx -> tx.numbers().add(shipment.id(), "tracking", 2, "T-2"));

        assertThat(new KeptLabels(rig.ledger, rig.dispatch).of(shipment.id())).hasSize(1);

        assertThat(carrier.fetches).hasValue(0);
    }

    private void keepOfAnotherFormat(ShipmentRow shipment, int parcel) {
        rig.ledger.commitAll(tx -> tx.labels()
                .keep(List.of(new LabelBook.Kept(
                        shipment.id(),
                        new LabelBook.Paper("shipping_label", parcel, "ZPL", "4x6", new byte[] {'^', 'X', 'A'})))));
    }
}
