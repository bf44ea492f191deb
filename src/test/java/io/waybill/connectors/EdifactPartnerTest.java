package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner who speaks EDIFACT: ORDERS in; CONTRL and DESADV back. */
@Connector(
        system = "EDIFACT partner",
        page = "edifact.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.MONEY, Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class EdifactPartnerTest {
    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(EdifactPartnerTest.class);
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING},
            by = "ORDERS → DESADV")
    void an_order_is_acknowledged_and_its_label_told() throws Exception {
        hub.drop("grocer", "orders.edi", FilesHub.sample("edifact-orders/order.edi"));

        assertThat(hub.back("grocer", text -> text.contains("UCI+42+"))).contains("CONTRL", "+4000001000005:14", "+7'");
        hub.pack("grocer", "B-4711");
        String number = hub.number("grocer", "B-4711");
        assertThat(hub.back("grocer", text -> text.contains("RFF+ON:B-4711")))
                .contains("UNB+UNOC:3+WAYBILLID:ZZZ+GROCER:ZZZ+", "RFF+ON:B-4711'", "RFF+CN:" + number + "'");
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_order_in_another_interchange_buys_nothing() throws Exception {
        String file = FilesHub.sample("edifact-orders/order.edi").replace("B-4711", "B-4712");
        hub.drop("grocer", "first.edi", file);
        hub.pack("grocer", "B-4712");
        hub.number("grocer", "B-4712");

        hub.drop(
                "grocer",
                "edifact-again.edi",
                file.replace("0930+42'", "0930+43'").replace("UNZ+1+42'", "UNZ+1+43'"));

        assertThat(hub.receipt("edifact-again.edi")).contains("B-4712,duplicate");
        assertThat(hub.labelled("grocer", "B-4712").path("shipments")).hasSize(1);
    }

    @Test
    @Shows({Cell.CANCELLED, Cell.CHANGED})
    void an_order_that_waits_is_changed_and_called_off() throws Exception {
        String file = FilesHub.sample("edifact-orders/order.edi").replace("B-4711", "B-4713");
        hub.drop("grocer", "edifact-held.edi", file);
        hub.receipt("edifact-held.edi");

        hub.drop(
                "grocer",
                "edifact-other.edi",
                file.replace("B-4713+9", "B-4713+5")
                        .replace("QTY+21:3", "QTY+21:4")
                        .replace("+42'", "+44'"));
        assertThat(hub.receipt("edifact-other.edi")).contains("B-4713,replaced");
        hub.drop(
                "grocer",
                "edifact-off.edi",
                file.replace("B-4713+9", "B-4713+1").replace("+42'", "+45'"));

        hub.order("grocer", "B-4713", order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void an_order_called_off_after_its_label_is_told_to_a_person_and_stays() throws Exception {
        String file = FilesHub.sample("edifact-orders/order.edi").replace("B-4711", "B-4714");
        hub.drop("grocer", "edifact-sold.edi", file.replace("+42'", "+46'"));
        hub.pack("grocer", "B-4714");
        hub.number("grocer", "B-4714");

        hub.drop(
                "grocer",
                "edifact-late.edi",
                file.replace("B-4714+9", "B-4714+1").replace("+42'", "+47'"));

        assertThat(hub.receipt("edifact-late.edi")).contains("B-4714,conflict");
        assertThat(hub.exceptions("B-4714")).contains("changed-late");
        assertThat(hub.labelled("grocer", "B-4714").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.WRONG)
    void an_order_without_a_delivery_party_is_told_by_contrl_and_by_receipt() throws Exception {
        hub.drop("grocer", "edifact-bad.edi", FilesHub.sample("edifact-orders/no-party.edi"));

        assertThat(hub.receipt("edifact-bad.edi")).contains("rejected", "NAD.DP[0]");
        assertThat(hub.back("grocer", text -> text.matches("(?s).*UCM\\+.*\\+4.*")))
                .contains("CONTRL");
    }

    @Test
    @Shows(Cell.SKIPPED)
    void another_version_of_an_order_is_told_and_not_bought() throws Exception {
        hub.drop(
                "grocer",
                "change.edi",
                FilesHub.sample("edifact-orders/order.edi").replace("B-4711+9", "B-4719+4"));

        assertThat(hub.receipt("change.edi")).contains("skipped");
    }
}
