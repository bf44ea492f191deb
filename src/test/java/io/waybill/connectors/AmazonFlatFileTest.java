package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Seller Central's flat files: the order report in, the shipping confirmation back, and what labels cost as CSV. */
@Connector(
        system = "Amazon flat file",
        page = "amazon.md",
        hasNone = {Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class AmazonFlatFileTest {
    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(AmazonFlatFileTest.class);
    }

    private static String report(String order, String service) throws Exception {
        return FilesHub.sample("amazon-tsv/unshipped.tsv")
                .replace("902-1234567-7654321", order)
                .replace("Expedited", service);
    }

    /** The report of all orders, which says what became of one. */
    private static String all(String order) throws Exception {
        return FilesHub.sample("amazon-all-orders/all-orders.tsv").replace("902-1234567-7654321", order);
    }

    @Test
    @Shows({Cell.ORDERS, Cell.TRACKING, Cell.MONEY})
    void an_order_of_a_report_is_confirmed_with_its_number_and_its_cost_is_told() throws Exception {
        hub.drop("amazon", "amazon-first.txt", report("902-0000001-0000001", "Standard"));
        hub.pack("amazon", "902-0000001-0000001");

        String number = hub.number("amazon", "902-0000001-0000001");
        assertThat(hub.back("amazon", text -> text.contains("902-0000001-0000001")))
                .startsWith("order-id\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method")
                .contains("\tOther\tsandbox\t" + number + "\tground");
        assertThat(hub.back("amazon-costs", text -> text.contains("902-0000001-0000001")))
                .contains("shipping", "USD");
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_order_in_the_next_report_buys_nothing() throws Exception {
        hub.drop("amazon", "amazon-second.txt", report("902-0000001-0000002", "Standard"));
        hub.pack("amazon", "902-0000001-0000002");
        hub.number("amazon", "902-0000001-0000002");

        hub.drop("amazon", "amazon-again.txt", report("902-0000001-0000002", "Standard") + "\n");

        assertThat(hub.receipt("amazon-again.txt")).contains("902-0000001-0000002", "duplicate");
        assertThat(hub.labelled("amazon", "902-0000001-0000002").path("shipments"))
                .hasSize(1);
    }

    @Test
    @Shows({Cell.CHANGED, Cell.CANCELLED})
    void an_order_that_waits_for_the_bench_is_changed_and_called_off() throws Exception {
        String waits = report("902-0000001-0000004", "Standard");
        hub.drop("amazon", "amazon-waits.txt", waits);
        hub.receipt("amazon-waits.txt");

        hub.drop("amazon", "amazon-moved.txt", waits.replace("1 Main St", "2 Main St"));
        assertThat(hub.receipt("amazon-moved.txt")).contains("902-0000001-0000004\treplaced");
        hub.drop("amazon-all", "amazon-off.txt", all("902-0000001-0000004"));

        hub.order(
                "amazon",
                "902-0000001-0000004",
                order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void an_order_called_off_after_its_label_is_told_to_a_person_and_stays() throws Exception {
        hub.drop("amazon", "amazon-sold.txt", report("902-0000001-0000005", "Standard"));
        hub.pack("amazon", "902-0000001-0000005");
        hub.number("amazon", "902-0000001-0000005");

        hub.drop("amazon-all", "amazon-late.txt", all("902-0000001-0000005"));

        assertThat(hub.receipt("amazon-late.txt")).contains("902-0000001-0000005\tconflict");
        assertThat(hub.exceptions("902-0000001-0000005")).contains("changed-late");
        assertThat(hub.labelled("amazon", "902-0000001-0000005").path("shipments"))
                .hasSize(1);
    }

    @Test
    void an_order_whose_buyer_asks_to_call_it_off_waits_for_a_person_who_is_told_where_it_has_its_label()
            throws Exception {
        String waits = report("902-0000001-0000008", "Standard");
        hub.drop("amazon", "amazon-unasked.txt", waits);
        hub.receipt("amazon-unasked.txt");
        hub.drop("amazon", "amazon-asked.txt", asked(waits));
        assertThat(hub.receipt("amazon-asked.txt")).contains("902-0000001-0000008\treplaced");

        hub.pack("amazon", "902-0000001-0000008");
        hub.order(
                "amazon",
                "902-0000001-0000008",
                order -> order.at("/pending/0/waitingFor/0").asText().equals("/release"));

        String sold = report("902-0000001-0000009", "Standard");
        hub.drop("amazon", "amazon-unasked-sold.txt", sold);
        hub.pack("amazon", "902-0000001-0000009");
        hub.number("amazon", "902-0000001-0000009");
        hub.drop("amazon", "amazon-asked-late.txt", asked(sold));
        assertThat(hub.receipt("amazon-asked-late.txt")).contains("902-0000001-0000009\tconflict");
        assertThat(hub.exceptions("902-0000001-0000009")).contains("changed-late");
    }

    private static String asked(String report) {
        return report.lines()
                .map(line -> line + (line.startsWith("order-id") ? "\tis-buyer-requested-cancellation" : "\tTRUE"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    @Shows(Cell.SENT_ELSEWHERE)
    void an_order_somebody_else_confirmed_buys_no_label() throws Exception {
        hub.drop("amazon", "amazon-elsewhere.txt", report("902-0000001-0000007", "Standard"));
        hub.receipt("amazon-elsewhere.txt");

        hub.drop("amazon-all", "amazon-sent.txt", all("902-0000001-0000007").replaceFirst("Cancelled", "Shipped"));

        hub.order(
                "amazon",
                "902-0000001-0000007",
                order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.SKIPPED)
    void what_amazon_ships_itself_and_what_is_not_called_off_is_told_as_not_ours() throws Exception {
        hub.drop("amazon-all", "amazon-others.txt", all("902-0000001-0000006"));

        assertThat(hub.receipt("amazon-others.txt"))
                .contains("Amazon ships it", "still to be sent", "902-0000001-0000006 is not to be sent any more");
    }

    @Test
    @Shows(Cell.WRONG)
    void a_service_nobody_knows_is_told_by_its_row() throws Exception {
        hub.drop("amazon", "amazon-wrong.txt", report("902-0000001-0000003", "Teleport"));

        assertThat(hub.receipt("amazon-wrong.txt")).contains("rejected", "ship-service-level", "Teleport");
    }
}
