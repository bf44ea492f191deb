package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** NetSuite by CSV: a saved search in, item fulfilments and journal entries back. */
@Connector(
        system = "NetSuite CSV",
        page = "netsuite.md",
        hasNone = {Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class NetSuiteCsvTest {
    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(NetSuiteCsvTest.class);
    }

    private static String orders(String number) throws Exception {
        return FilesHub.sample("netsuite-order/two-lines.csv").replace("SO10231", number);
    }

    @Test
    @Shows({Cell.ORDERS, Cell.TRACKING, Cell.MONEY})
    void a_sales_order_comes_back_as_a_fulfilment_and_a_journal_that_balances() throws Exception {
        hub.drop("netsuite", "netsuite-first.csv", orders("SO20001"));

        String number = hub.number("netsuite", "SO20001");
        assertThat(hub.back("netsuite", text -> text.contains("SO20001")))
                .startsWith("External ID,Created From Internal ID,Created From,Date,Status,Package Tracking Number")
                .contains(",8841,SO20001,", ",Shipped," + number + ",");
        assertThat(hub.back("netsuite-journal", text -> text.contains("SO20001 shipping")))
                .contains("6200 Freight", "2150 Freight not billed");
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_order_in_the_next_export_buys_nothing() throws Exception {
        hub.drop("netsuite", "netsuite-second.csv", orders("SO20002"));
        hub.number("netsuite", "SO20002");

        hub.drop("netsuite", "netsuite-again.csv", orders("SO20002") + "\n");

        assertThat(hub.receipt("netsuite-again.csv")).contains("SO20002", "duplicate");
        assertThat(hub.labelled("netsuite", "SO20002").path("shipments")).hasSize(1);
    }

    @Test
    @Shows({Cell.CHANGED, Cell.CANCELLED})
    void an_order_that_waits_for_its_weight_is_changed_and_called_off() throws Exception {
        String waits = orders("SO20006").replace(",0.8,lb,", ",,,").replace(",0.4,lb,", ",,,");
        hub.drop("netsuite", "netsuite-waits.csv", waits);
        hub.receipt("netsuite-waits.csv");

        hub.drop("netsuite", "netsuite-moved.csv", waits.replace("1 Main St", "2 Main St"));
        assertThat(hub.receipt("netsuite-moved.csv")).contains("SO20006,replaced");
        hub.drop("netsuite", "netsuite-off.csv", waits.replace("Pending Fulfillment", "Cancelled"));

        hub.order("netsuite", "SO20006", order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void an_order_closed_after_its_label_is_told_to_a_person() throws Exception {
        hub.drop("netsuite", "netsuite-third.csv", orders("SO20003"));
        hub.number("netsuite", "SO20003");

        hub.drop("netsuite", "netsuite-closed.csv", orders("SO20003").replace("Pending Fulfillment", "Closed"));

        hub.receipt("netsuite-closed.csv");
        assertThat(hub.exceptions("SO20003")).contains("changed-late");
        assertThat(hub.labelled("netsuite", "SO20003").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.WRONG)
    void a_way_of_shipping_nobody_knows_is_told_by_its_row() throws Exception {
        hub.drop("netsuite", "netsuite-wrong.csv", orders("SO20004").replace("UPS Ground", "Pigeon"));

        assertThat(hub.receipt("netsuite-wrong.csv")).contains("rejected", "Ship Via", "Pigeon");
    }

    @Test
    @Shows(Cell.SKIPPED)
    void an_order_that_is_not_approved_is_not_ours() throws Exception {
        hub.drop("netsuite", "netsuite-new.csv", orders("SO20005").replace("Pending Fulfillment", "Pending Approval"));

        assertThat(hub.receipt("netsuite-new.csv")).contains("skipped", "not to be fulfilled");
    }

    @Test
    void an_order_that_is_to_be_approved_again_waits() throws Exception {
        String waits = orders("SO20009").replace(",0.8,lb,", ",,,").replace(",0.4,lb,", ",,,");
        hub.drop("netsuite", "netsuite-ready.csv", waits);
        hub.receipt("netsuite-ready.csv");

        hub.drop("netsuite", "netsuite-back.csv", waits.replace("Pending Fulfillment", "Pending Approval"));

        assertThat(hub.receipt("netsuite-back.csv")).contains("SO20009,replaced");
    }

    @Test
    @Shows(Cell.SENT_ELSEWHERE)
    void an_order_fulfilled_in_netsuite_buys_no_label_and_one_we_sent_is_no_news() throws Exception {
        String waits = orders("SO20007").replace(",0.8,lb,", ",,,").replace(",0.4,lb,", ",,,");
        hub.drop("netsuite", "netsuite-theirs.csv", waits);
        hub.receipt("netsuite-theirs.csv");
        hub.drop("netsuite", "netsuite-billed.csv", waits.replace("Pending Fulfillment", "Billed"));
        hub.order("netsuite", "SO20007", order -> order.path("status").asText().equals("cancelled"));

        hub.drop("netsuite", "netsuite-ours.csv", orders("SO20008"));
        hub.number("netsuite", "SO20008");
        hub.drop("netsuite", "netsuite-done.csv", orders("SO20008").replace("Pending Fulfillment", "Pending Billing"));
        assertThat(hub.receipt("netsuite-done.csv")).contains("SO20008,duplicate");
        assertThat(hub.exceptions("SO20008")).isEmpty();
    }
}
