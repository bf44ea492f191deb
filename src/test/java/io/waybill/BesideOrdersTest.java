package io.waybill;

import static io.waybill.batch.Fate.Result.ACCEPTED;
import static io.waybill.batch.Fate.Result.CONFLICT;
import static io.waybill.batch.Fate.Result.DUPLICATE;
import static io.waybill.batch.Fate.Result.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Retrying;
import io.waybill.intake.Taken;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold no orders: what was packed, and where parcels are. What a document is, its mapping says. */
class BesideOrdersTest {

    @TempDir
    Path folder;

    private Rig rig;
    private Mappings mappings;

    @BeforeEach
    void start() throws IOException {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        write("packed", """
                mapping: packed
                version: 1
                writes: packing/1
                reads: { format: csv, groupBy: no }
                fields:
                  orderId: no
                  parcels[]: { each: rows, fields: { reference: box, weight: { from: kg, decimal: ".", unit: kg } } }
                """);
        write("scans", """
                mapping: scans
                version: 1
                writes: tracking-event/1
                reads: { format: csv }
                lookups: { words: { values: { PU: picked_up, DL: delivered } } }
                fields:
                  trackingNumber: number
                  occurredAt: { from: at, date: iso, zone: UTC }
                  code: code
                  status: { from: code, lookup: words }
                  place.city: city
                """);
        mappings = Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_file_of_packed_parcels_releases_its_orders_and_they_are_bought() throws IOException {
        Taken held = rig.take(Rig.order("SO-1", null));
        rig.settled(held, ShipmentState.HELD);

        Report report = drop("packed", "no,box,kg\nSO-1,box-1,1.2\nSO-1,box-2,0.8\n");

        assertThat(report.counts()).isEqualTo(Map.of(ACCEPTED, 1));
        ShipmentRow bought = rig.settled(held, ShipmentState.LABELLED);
        assertThat(drop("packed", "no,box,kg\nSO-1,box-1,1.2\nSO-1,box-2,0.8\n\n")
                        .counts())
                .as("the same again")
                .isEqualTo(Map.of(DUPLICATE, 1));
        assertThat(drop("packed", "no,box,kg\nSO-1,box-1,9.9\n").counts())
                .as("another weight after the label")
                .isEqualTo(Map.of(CONFLICT, 1));
        assertThat(rig.attempts(bought)).hasSize(1);
    }

    @Test
    void what_was_packed_before_its_order_came_waits_and_makes_no_order_of_its_own() throws IOException {
        assertThat(drop("packed", "no,box,kg\nSO-2,box-1,1.2\n").counts()).isEqualTo(Map.of(REJECTED, 1));
        ExceptionBook.Row waiting = rig.exceptions().get(0);
        assertThat(waiting.orderId()).isNull();

        Taken held = rig.take(Rig.order("SO-2", null));
        rig.settled(held, ShipmentState.HELD);
        assertThat(new Retrying(rig.ledger, mapped())
                        .again(waiting, "ops")
                        .result()
                        .word())
                .isEqualTo("accepted");

        rig.settled(held, ShipmentState.LABELLED);
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_bad_weight_leaves_the_order_as_it_was() throws IOException {
        Taken held = rig.take(Rig.order("SO-3", null));
        rig.settled(held, ShipmentState.HELD);
        List<String> before = rig.events(held);

        assertThat(drop("packed", "no,box,kg\nSO-3,box-1,-4\n").counts()).isEqualTo(Map.of(REJECTED, 1));

        assertThat(rig.shipment(held).state()).isEqualTo(ShipmentState.HELD);
        assertThat(rig.events(held)).as("nobody is told the order was rejected").isEqualTo(before);
    }

    @Test
    void a_file_of_scans_moves_parcels_like_what_a_carrier_was_asked_for_and_an_older_one_moves_nothing_back()
            throws IOException {
        Taken order = rig.take(Rig.order("SO-4", "1.2"));
        ShipmentRow shipment = rig.settled(order, ShipmentState.LABELLED);
        String number = ledgerNumbers(shipment).get(0);

        Report first = drop("scans", "number,at,code,city\n" + number + ",2026-11-25T10:00:00Z,DL,Austin\n");
        Report late = drop("scans", "number,at,code,city\n" + number + ",2026-11-24T10:00:00Z,PU,Newark\n");

        assertThat(List.of(first.counts(), late.counts())).containsOnly(Map.of(ACCEPTED, 1));
        assertThat(rig.ledger.<List<Event>>read(tx -> tx.tracking().of(shipment.id())))
                .extracting(Event::status)
                .containsExactly("picked_up", "delivered");
        assertThat(rig.shipment(order).word()).isEqualTo("delivered");
        assertThat(rig.events(order)).filteredOn("tracking.updated"::equals).hasSize(1);
    }

    @Test
    void a_parcel_is_delivered_whatever_letters_the_words_of_its_scan_lost() throws IOException {
        Taken order = rig.take(Rig.order("SO-5", "1.2"));
        ShipmentRow shipment = rig.settled(order, ShipmentState.LABELLED);

        Report report = drop(
                "scans",
                "number,at,code,city\n" + ledgerNumbers(shipment).get(0) + ",2026-11-25T10:00:00Z,DL,M\u0085nchen\n");

        assertThat(report.counts()).isEqualTo(Map.of(ACCEPTED, 1));
        assertThat(rig.shipment(order).word()).isEqualTo("delivered");
    }

    @Test
    void a_scan_of_a_parcel_nobody_has_is_told_with_what_to_do() throws IOException {
        Report report = drop("scans", "number,at,code,city\nT-404,2026-11-25T10:00:00Z,DL,Austin\n");
        assertThat(report.counts()).isEqualTo(Map.of(REJECTED, 1));
        assertThat(rig.exceptions().get(0).problems()).contains("parcel-unknown", "T-404");
    }

    private List<String> ledgerNumbers(ShipmentRow shipment) {
        return rig.ledger.read(tx -> tx.numbers().tracking(shipment.id()));
    }

    private Report drop(String mapping, String csv) throws IOException {
        Batch batch = new Batch(rig.ledger, mapped(), Archive.in(folder.resolve("data")), "node-1");
        return batch.run(IncomingFile.of(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                mapping + ".csv",
                new SourceFeeds(rig.sources, mappings).feed("erp", mapping, null, "file")));
    }

    private MappedIntake mapped() {
        return new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.createDirectories(folder.resolve("mappings").resolve(name))
                .resolve("mapping.yaml");
        Files.writeString(file, text);
    }
}
