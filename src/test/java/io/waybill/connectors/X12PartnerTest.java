package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner who speaks X12: 850 and 940 in; 997, 856, 945 and 214 back, each under its partner's identifiers. */
@Connector(
        system = "X12 partner",
        page = "x12.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.MONEY, Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class X12PartnerTest {
    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(X12PartnerTest.class);
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING},
            by = "850 → 856")
    void an_850_is_acknowledged_and_its_label_told_by_856_and_each_scan_by_214() throws Exception {
        hub.drop("shopco", "po.edi", FilesHub.sample("x12-850-order/two-orders.edi"));

        assertThat(hub.back("shopco", text -> text.contains("ST*997"))).contains("AK1*PO*7", "AK5*A", "AK9*A*2*2*2");
        hub.pack("shopco", "4711");
        String number = hub.number("shopco", "4711");
        assertThat(hub.back("shopco", text -> text.contains("PRF*4711")))
                .contains("ST*856", "MAN*CP*" + number, "*ZZ*WAYBILLID      *ZZ*SHOPCO         *");
        assertThat(hub.back("shopco-status", text -> text.contains("L11*4711*PO")))
                .contains("ST*214", number, "SHOPCO");
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING},
            by = "940 → 945")
    void a_940_comes_back_as_a_945() throws Exception {
        hub.drop("depositor", "do.edi", FilesHub.sample("x12-940-order/one-lx.edi"));

        hub.pack("depositor", "DO-9001");
        String number = hub.number("depositor", "DO-9001");
        assertThat(hub.back("depositor", text -> text.contains("W06*F*DO-9001")))
                .contains("ST*945", "N9*2I*" + number, "W12*CL*3*3", "DEPOSITOR");
        assertThat(hub.back("depositor", text -> text.contains("AK5*A"))).contains("ST*997", "AK1*OW*51");
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_orders_in_another_interchange_buy_nothing() throws Exception {
        String file = FilesHub.sample("x12-940-order/one-lx.edi").replace("DO-9001", "DO-9002");
        hub.drop("depositor", "x12-first.edi", file);
        hub.pack("depositor", "DO-9002");
        hub.number("depositor", "DO-9002");

        hub.drop("depositor", "x12-again.edi", file.replace("000000051", "000000052"));

        assertThat(hub.receipt("x12-again.edi")).contains("DO-9002,duplicate");
        assertThat(hub.labelled("depositor", "DO-9002").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void a_940_called_off_after_its_label_is_told_to_a_person_and_stays() throws Exception {
        String file = FilesHub.sample("x12-940-order/one-lx.edi").replace("DO-9001", "DO-9003");
        hub.drop("depositor", "x12-sold.edi", file);
        hub.pack("depositor", "DO-9003");
        hub.number("depositor", "DO-9003");

        hub.drop("depositor", "x12-late.edi", file.replace("W05*N", "W05*F").replace("000000051", "000000053"));

        assertThat(hub.receipt("x12-late.edi")).contains("DO-9003,conflict");
        assertThat(hub.exceptions("DO-9003")).contains("changed-late");
        assertThat(hub.labelled("depositor", "DO-9003").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.CANCELLED)
    void an_850_called_off_before_its_label_is_cancelled() throws Exception {
        String file = FilesHub.sample("x12-850-order/two-orders.edi").replace("*4711*", "*4720*");
        hub.drop("shopco", "x12-held.edi", file.replace("000000042", "000000044"));
        hub.receipt("x12-held.edi");

        hub.drop("shopco", "x12-off.edi", file.replace("BEG*00", "BEG*01").replace("000000042", "000000045"));

        hub.order("shopco", "4720", order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CHANGED)
    void an_850_that_replaces_one_which_waits_is_taken_in_its_place() throws Exception {
        String file = FilesHub.sample("x12-850-order/two-orders.edi").replace("*4711*", "*4730*");
        hub.drop("shopco", "x12-waits.edi", file.replace("000000042", "000000046"));
        hub.receipt("x12-waits.edi");

        hub.drop(
                "shopco",
                "x12-instead.edi",
                file.replace("BEG*00", "BEG*05").replace("Dayton", "Akron").replace("000000042", "000000047"));

        assertThat(hub.receipt("x12-instead.edi")).contains("4730,replaced");
        hub.order("shopco", "4730", order -> order.toString().contains("Akron"));
    }

    @Test
    @Shows(Cell.WRONG)
    void an_order_without_a_street_is_told_by_997_and_by_receipt() throws Exception {
        hub.drop("depositor", "x12-bad.edi", FilesHub.sample("x12-940-order/no-street.edi"));

        assertThat(hub.receipt("x12-bad.edi")).contains("rejected", "N3[0].N301");
        assertThat(hub.back("depositor", text -> text.contains("AK5*R"))).contains("AK3*N", "WAREHOUSE");
    }

    @Test
    @Shows(Cell.SKIPPED)
    void a_copy_of_an_order_is_none() throws Exception {
        hub.drop(
                "shopco",
                "copy.edi",
                FilesHub.sample("x12-850-order/two-orders.edi")
                        .replace("BEG*00*SA*4711", "BEG*07*SA*4719")
                        .replace("000000042", "000000043"));

        assertThat(hub.receipt("copy.edi")).contains("skipped", "a change or a copy of an order");
    }
}
