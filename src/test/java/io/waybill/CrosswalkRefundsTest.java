package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.cli.Desk;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.RefundBook.Asked;
import io.waybill.ledger.RefundBook.Decided;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.Tx;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked back of a shipment, in the table that follows each from its order to the journal. */
class CrosswalkRefundsTest {
    private static final String COLUMNS =
            "currency expected refundState refundRequested refundApproved refundCredited refundWrittenOff";

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void a_label_in_dollars() throws Exception {
        database = Stores.h2(new DataFolder(Files.createDirectories(folder.resolve("data"))).database());
        Label label =
                new Label("SO-1", "1Z1", LocalDate.of(2026, 11, 16), Map.of("shipping", new BigDecimal("8.10")), false);
        SoldLabels.put(database, "sandbox", "USD", List.of(label));
    }

    @Test
    void a_refund_stands_on_the_row_of_its_currency_and_several_are_added_up() {
        List<String> rows = rows(tx -> {
            ask(tx, "first", "credited", "USD", "8.10");
            ask(tx, "second", "requested", "USD", "8.10");
            tx.refunds().decide("sandbox", "second", new Decided("approved", new BigDecimal("5.00"), null, null));
            ask(tx, "third", "requested", "EUR", "2.00");
        });

        assertThat(rows)
                .containsExactly(
                        "USD 8.10 credited approved 16.20 5.00 0.00 null", "EUR 0.00 requested 2.00 null 0.00 null");
    }

    @Test
    void what_is_written_off_stands_there_in_money_less_what_came_all_the_same() {
        assertThat(rows(tx -> {
                    ask(tx, "first", "written_off", "USD", "8.10");
                    ask(tx, "second", "written_off", "USD", "3.00");
                    RefundBook.Row second =
                            tx.refunds().find("sandbox", "second").orElseThrow();
                    tx.refunds().credit(second, new BigDecimal("1.00"), null, "USD", "I-1");
                }))
                .containsExactly("USD 8.10 written_off 11.10 null 1.00 10.10");
    }

    @Test
    void a_refund_of_which_nobody_said_a_currency_stands_on_the_first_row() {
        assertThat(rows(tx -> ask(tx, "first", "pending", null, null)))
                .containsExactly("USD 8.10 pending null null 0.00 null");
    }

    @Test
    void a_shipment_without_a_refund_says_none() {
        assertThat(rows(tx -> {})).containsExactly("USD 8.10 null null null null null");
    }

    private List<String> rows(Consumer<Tx> refunds) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            ledger.commitAll(refunds::accept);
        }
        Path config = folder.resolve("waybill.properties");
        try (Desk desk = new HubWiring()
                .deskOrNew(Settings.read(
                        Files.writeString(config, "waybill.data=" + folder.resolve("data")), Map.of(), Map.of()))) {
            JsonNode items = desk.call("get", "/crosswalk", new byte[0], Locale.ENGLISH)
                    .body()
                    .path("items");
            return StreamSupport.stream(items.spliterator(), false)
                    .map(CrosswalkRefundsTest::said)
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String said(JsonNode row) {
        return String.join(
                " ",
                Stream.of(COLUMNS.split(" "))
                        .map(column -> row.path(column).asText())
                        .toList());
    }

    private static void ask(Tx tx, String number, String state, @Nullable String currency, @Nullable String paid) {
        String shipment = tx.matches().numbers("sandbox", List.of("1Z1")).get(0).shipment();
        tx.refunds()
                .ask(
                        new Asked(
                                "acme",
                                "sandbox",
                                "ups",
                                tx.shipments()
                                        .find(shipment, Namespaces.ALL)
                                        .orElseThrow()
                                        .orderUid(),
                                "SO-1",
                                shipment,
                                number,
                                "ref-" + number,
                                false,
                                state,
                                currency,
                                paid == null ? null : new BigDecimal(paid)),
                        null);
    }
}
