package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

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
        hub = FilesHub.running();
    }

    private static String report(String order, String service) throws Exception {
        return FilesHub.sample("amazon-tsv/unshipped.tsv")
                .replace("902-1234567-7654321", order)
                .replace("Expedited", service);
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
    @Shows(Cell.WRONG)
    void a_service_nobody_knows_is_told_by_its_row() throws Exception {
        hub.drop("amazon", "amazon-wrong.txt", report("902-0000001-0000003", "Teleport"));

        assertThat(hub.receipt("amazon-wrong.txt")).contains("rejected", "ship-service-level", "Teleport");
    }
}
