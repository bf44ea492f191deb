package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A warehouse system by files: orders, what was packed, a confirmation a parcel, labels for its print station. */
@Connector(
        system = "WMS (files)",
        page = "wms.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.MONEY, Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class WmsFilesTest {
    private static final String ORDER = """
            order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id
            %s;;released;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;US;;STD;A-1;Mug;2;12,50;;17
            """;
    private static final String CARTONS = """
            order_no;carton;weight_kg;length_cm;width_cm;height_cm;packer
            %1$s;C-1;1.2;30;20;15;anna
            %1$s;C-2;0.85;;;;anna
            """;

    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(WmsFilesTest.class);
    }

    @Test
    @Shows({Cell.ORDERS, Cell.TRACKING})
    void an_order_waits_for_its_cartons_and_comes_back_with_a_number_and_a_label_for_each() throws Exception {
        hub.drop("wms", "wms-orders.csv", ORDER.formatted("WMS-1"));
        hub.order("wms", "WMS-1", order -> order.path("status").asText().equals("held"));

        hub.drop("wms-packing", "wms-cartons.csv", CARTONS.formatted("WMS-1"));

        String number = hub.number("wms", "WMS-1");
        assertThat(hub.receipt("wms-cartons.csv")).contains("WMS-1;accepted");
        assertThat(hub.back("wms", text -> text.contains("WMS-1"))
                        .lines()
                        .filter(line -> line.contains("order.labelled")))
                .hasSize(2)
                .anyMatch(line -> line.contains(number));
        hub.back("wms-print", text -> text.startsWith("%PDF"));
        assertThat(hub.all("wms-print", text -> text.startsWith("%PDF"))).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_cartons_again_buy_nothing() throws Exception {
        hub.drop("wms", "wms-second.csv", ORDER.formatted("WMS-2"));
        hub.receipt("wms-second.csv");
        hub.drop("wms-packing", "wms-packed.csv", CARTONS.formatted("WMS-2"));
        hub.number("wms", "WMS-2");

        hub.drop("wms-packing", "wms-packed-again.csv", CARTONS.formatted("WMS-2") + "\n");

        hub.receipt("wms-packed-again.csv");
        assertThat(hub.labelled("wms", "WMS-2").path("shipments")).hasSize(1);
    }

    @Test
    @Shows({Cell.CHANGED, Cell.CANCELLED})
    void an_order_that_waits_for_its_cartons_is_changed_and_called_off() throws Exception {
        String order = ORDER.formatted("WMS-4");
        hub.drop("wms", "wms-waits.csv", order);
        hub.receipt("wms-waits.csv");

        hub.drop("wms", "wms-moved.csv", order.replace("1 Main St", "2 Main St"));
        assertThat(hub.receipt("wms-moved.csv")).contains("WMS-4;replaced");
        hub.drop("wms", "wms-off.csv", order.replace(";released;", ";cancelled;"));

        hub.order("wms", "WMS-4", off -> off.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void an_order_called_off_after_its_labels_is_told_to_a_person_and_stays() throws Exception {
        String order = ORDER.formatted("WMS-5");
        hub.drop("wms", "wms-sold.csv", order);
        hub.receipt("wms-sold.csv");
        hub.drop("wms-packing", "wms-sold-cartons.csv", CARTONS.formatted("WMS-5"));
        hub.number("wms", "WMS-5");

        hub.drop("wms", "wms-late.csv", order.replace(";released;", ";cancelled;"));

        assertThat(hub.receipt("wms-late.csv")).contains("WMS-5;conflict");
        assertThat(hub.exceptions("WMS-5")).contains("changed-late");
        assertThat(hub.labelled("wms", "WMS-5").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.WRONG)
    void a_carton_without_a_weight_is_told_by_row_and_column() throws Exception {
        hub.drop("wms-packing", "wms-bad.csv", FilesHub.sample("wms-packing/no-weight.csv"));

        assertThat(hub.receipt("wms-bad.csv")).contains("rejected", "row 2", "weight_kg");
    }

    @Test
    @Shows(Cell.SKIPPED)
    void a_draft_is_no_order() throws Exception {
        hub.drop("wms", "wms-draft.csv", ORDER.formatted("WMS-3").replace(";released;", ";draft;"));

        assertThat(hub.receipt("wms-draft.csv")).contains("WMS-3;skipped", "not released");
    }
}
