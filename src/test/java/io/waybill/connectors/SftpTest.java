package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.servers.FolderServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner by SFTP: orders and what became of them, and a confirmation a label; what breaks on the way is in ServerRoutesTest. */
@Connector(
        system = "WMS or partner by SFTP, FTPS, FTP",
        page = "sftp.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.MONEY, Cell.BAD_SIGNATURE, Cell.BUSY})
class SftpTest {
    private static final String ORDER = """
        order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id
        %s;;%s;24.11.2026 09:30;Jane;Roe;;1 Main St;%s;Austin;TX;US;;STD;A-1;Mug;2;12,50;350;17
        """;

    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(SftpTest.class);
    }

    @Test
    @Shows({Cell.ORDERS, Cell.TRACKING})
    void an_order_left_on_the_server_is_answered_there_with_its_receipt_and_its_number() throws Exception {
        hub.drop("sftp", "sftp-first.csv", ORDER.formatted("SF-1", "released", "78701"));

        String number = hub.number("sftp", "SF-1");
        assertThat(hub.back("sftp", text -> text.contains("SF-1"))).contains(number);
        assertThat(hub.laid("sftp-answers", text -> text.contains("SF-1"))).contains("SF-1;accepted");
        assertThat(hub.metrics()).contains("waybill_").doesNotContain(FolderServer.PASSWORD);
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_order_in_another_file_buys_nothing() throws Exception {
        hub.drop("sftp", "sftp-second.csv", ORDER.formatted("SF-2", "released", "78701"));
        hub.number("sftp", "SF-2");

        hub.drop("sftp", "sftp-again.csv", ORDER.formatted("SF-2", "released", "78701") + "\n");

        assertThat(hub.receipt("sftp-again.csv")).contains("SF-2;duplicate");
        assertThat(hub.labelled("sftp", "SF-2").path("shipments")).hasSize(1);
    }

    @Test
    @Shows({Cell.CHANGED, Cell.CANCELLED})
    void an_order_that_waits_for_its_weight_is_changed_and_called_off() throws Exception {
        String order = ORDER.formatted("SF-5", "released", "78701").replace(";350;", ";;");
        hub.drop("sftp", "sftp-waits.csv", order);
        hub.receipt("sftp-waits.csv");

        hub.drop("sftp", "sftp-moved.csv", order.replace("1 Main St", "2 Main St"));
        assertThat(hub.receipt("sftp-moved.csv")).contains("SF-5;replaced");
        hub.drop("sftp", "sftp-off.csv", order.replace(";released;", ";cancelled;"));

        hub.order("sftp", "SF-5", off -> off.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void an_order_called_off_after_its_label_is_told_on_the_server_and_to_a_person() throws Exception {
        hub.drop("sftp", "sftp-sold.csv", ORDER.formatted("SF-6", "released", "78701"));
        hub.number("sftp", "SF-6");

        hub.drop("sftp", "sftp-late.csv", ORDER.formatted("SF-6", "cancelled", "78701"));

        assertThat(hub.laid("sftp-answers", text -> text.contains("SF-6;conflict")))
                .contains("its label is bought");
        assertThat(hub.exceptions("SF-6")).contains("changed-late");
        assertThat(hub.labelled("sftp", "SF-6").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.WRONG)
    void a_wrong_row_comes_back_to_the_server_to_be_corrected() throws Exception {
        hub.drop("sftp", "sftp-wrong.csv", ORDER.formatted("SF-3", "released", "7870"));

        assertThat(hub.laid("sftp-answers", text -> text.contains("waybill_reason") && text.contains("SF-3")))
                .contains("zip: \"\"7870\"\" is not a US postal code");
    }

    @Test
    @Shows(Cell.SKIPPED)
    void an_order_that_is_not_released_is_told_as_not_ours() throws Exception {
        hub.drop("sftp", "sftp-draft.csv", ORDER.formatted("SF-4", "draft", "78701"));

        assertThat(hub.receipt("sftp-draft.csv")).contains("skipped;skipped;not taken");
    }
}
