package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SAP by files: deliveries and orders as IDocs, flat and XML; SHPCON, DESADV, ALEAUD and postings back. */
@Connector(
        system = "SAP (files)",
        page = "sap.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.BAD_SIGNATURE, Cell.BUSY, Cell.BROKEN, Cell.CREDENTIALS})
class SapTest {
    private static FilesHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = FilesHub.running(SapTest.class);
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING, Cell.MONEY},
            by = "DELVRY03")
    void a_delivery_comes_back_as_a_confirmation_a_status_and_postings() throws Exception {
        hub.drop("sap", "one.idoc", FilesHub.sample("sap-delvry/two-deliveries.idoc"));

        JsonNode order = hub.labelled("sap", "0080001234");
        String confirmed = hub.back("sap", text -> text.contains("SHPCON") && text.contains("0080001234"));
        assertThat(confirmed).contains(number(order, 0), number(order, 1), "QASCLNT200");
        String postings = hub.back("sap-journal", text -> text.contains("0080001234"));
        assertThat(postings).startsWith("BUKRS,BLDAT,BUDAT,WAERS").contains("USD", "620000", "215000");
        hub.order("sap", "0080001235", held -> held.path("status").asText().equals("held"));
        assertThat(hub.back("sap", text -> text.contains("000000000000571153")))
                .contains("ALEAUD", "000000000000571253");
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING, Cell.MONEY},
            by = "DELVRY03 XML")
    void the_same_as_xml_comes_back_as_xml() throws Exception {
        hub.drop("sap-xml", "one.xml", FilesHub.sample("sap-delvry-xml/two-deliveries.xml"));

        String number = number(hub.labelled("sap-xml", "0080001234"), 0);
        assertThat(hub.back("sap-xml", text -> text.contains("<VBELN>0080001234</VBELN>")))
                .contains("<MESTYP>SHPCON", "<INHALT>" + number + "</INHALT>");
        assertThat(hub.back("sap-xml", text -> text.contains("<MESTYP>ALEAUD"))).contains("<STATUS>53</STATUS>");
        hub.back("sap-xml-journal", text -> text.contains("0080001234"));
    }

    @Test
    @Shows(
            value = {Cell.ORDERS, Cell.TRACKING, Cell.MONEY},
            by = "ORDERS05")
    void an_order_comes_back_as_a_despatch_advice() throws Exception {
        hub.drop("sap-orders", "three.idoc", FilesHub.sample("sap-orders05/three-idocs.idoc"));

        JsonNode order = hub.labelled("sap-orders", "4500017001");
        assertThat(hub.back("sap-orders", text -> text.contains("DESADV") && text.contains("4500017001")))
                .contains(number(order, 0), "000010");
        hub.back("sap-orders-journal", text -> text.contains("4500017001"));
    }

    @Test
    @Shows(Cell.CHANGED)
    void a_delivery_sent_again_with_another_address_before_its_label_is_the_one_that_counts() throws Exception {
        String sample = FilesHub.sample("sap-delvry-xml/two-deliveries.xml")
                .replace("0080001234", "0080003234")
                .replace("0080001235", "0080003235");
        hub.drop("sap-xml", "sap-waits.xml", sample);
        hub.receipt("sap-waits.xml");

        String[] parts = sample.split("(?=<E1EDL20)");
        parts[2] = parts[2].replaceFirst("<CITY1>[^<]*", "<CITY1>Zwickau");
        hub.drop("sap-xml", "sap-moved.xml", String.join("", parts));

        assertThat(hub.receipt("sap-moved.xml")).contains("0080003235,replaced");
        hub.order("sap-xml", "0080003235", order -> order.toString().contains("Zwickau"));
    }

    @Test
    @Shows(Cell.CANCELLED)
    void a_delivery_deleted_in_sap_before_its_label_is_cancelled() throws Exception {
        String sample = FilesHub.sample("sap-delvry-xml/two-deliveries.xml").replace("0080001235", "0080008235");
        hub.drop("sap-xml", "sap-held.xml", sample.replace("0080001234", "0080007234"));
        hub.receipt("sap-held.xml");

        hub.drop("sap-xml", "sap-deleted.xml", deleted(sample, 1));

        hub.order(
                "sap-xml", "0080008235", order -> order.path("status").asText().equals("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void a_delivery_deleted_after_its_label_is_told_to_a_person_and_stays() throws Exception {
        String sample = FilesHub.sample("sap-delvry-xml/two-deliveries.xml").replace("0080001234", "0080006234");
        hub.drop("sap-xml", "sap-sold.xml", sample);
        hub.number("sap-xml", "0080006234");

        hub.drop("sap-xml", "sap-late.xml", deleted(sample, 0));

        assertThat(hub.receipt("sap-late.xml")).contains("0080006234,conflict", "its label is bought");
        assertThat(hub.exceptions("0080006234")).contains("changed-late");
        assertThat(hub.labelled("sap-xml", "0080006234").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.SKIPPED)
    void a_test_idoc_is_no_order() throws Exception {
        String sample = FilesHub.sample("sap-delvry-xml/two-deliveries.xml");
        hub.drop(
                "sap-xml",
                "sap-test.xml",
                sample.replace("0080001234", "0080005234").replace("<OUTMOD>", "<TEST>X</TEST><OUTMOD>"));

        assertThat(hub.receipt("sap-test.xml")).contains("skipped", "a test IDoc");
    }

    @Test
    @Shows(Cell.DUPLICATE)
    void the_same_delivery_under_another_idoc_number_buys_nothing() throws Exception {
        String file = FilesHub.sample("sap-delvry/two-deliveries.idoc").replace("0080001234", "0080009234");
        hub.drop("sap", "first.idoc", file);
        hub.labelled("sap", "0080009234");

        hub.drop("sap", "again.idoc", file.replace("0000000000005711", "0000000000007711"));

        assertThat(hub.receipt("again.idoc")).contains("0080009234,duplicate");
        assertThat(hub.labelled("sap", "0080009234").path("shipments")).hasSize(1);
    }

    @Test
    @Shows(Cell.WRONG)
    void a_delivery_without_an_address_is_told_by_segment_and_field() throws Exception {
        hub.drop("sap", "bad.idoc", FilesHub.sample("sap-delvry/no-address.idoc"));

        assertThat(hub.receipt("bad.idoc")).contains("rejected", "E1ADRM1[PARTNER_Q=WE].NAME1");
        assertThat(hub.back("sap", text -> text.contains("000000000000571351")))
                .contains("ALEAUD", "NAME1: has no value");
    }

    /** What SAP sends when somebody deletes a delivery: the same with E1EDL18 DEL. */
    private static String deleted(String sample, int delivery) {
        String[] parts = sample.split("(?=<E1EDL20)");
        String control = "<E1EDL18 SEGMENT=\"1\"><QUALF>DEL</QUALF></E1EDL18><E1ADRM1";
        parts[delivery + 1] = parts[delivery + 1].replaceFirst("<E1ADRM1", control);
        return String.join("", parts);
    }

    private static String number(JsonNode order, int parcel) {
        return order.at("/shipments/0/trackingNumbers/" + parcel).asText();
    }
}
