package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mappings this project ships compile, and prove themselves by their own tests. */
class ShippedMappingsTest {
    private static final Mappings MAPPINGS = Mappings.load(Path.of("mappings"), ShippedTargets::of);

    @Test
    void every_mapping_compiles() {
        assertThat(MAPPINGS.problems()).isEmpty();
        assertThat(MAPPINGS.names())
                .contains(
                        "acme-orders",
                        "acme-orders-json",
                        "acme-sheet",
                        "shopify-order",
                        "woocommerce-order",
                        "oms-order-row",
                        "wms-label",
                        "erp-charge",
                        "oms-event",
                        "shopify-csv",
                        "amazon-order",
                        "amazon-tsv",
                        "shipstation-order",
                        "magento2-order",
                        "bigcommerce-order",
                        "excel-template",
                        "order-row",
                        "label-row",
                        "tracking-row",
                        "charge-row",
                        "sap-orders05",
                        "sap-orders05-xml",
                        "sap-delvry",
                        "sap-delvry-xml",
                        "sap-shpcon",
                        "sap-shpcon-xml",
                        "x12-850-order",
                        "x12-940-order",
                        "edifact-orders",
                        "x12-856-notice",
                        "x12-945-advice",
                        "x12-214-status",
                        "x12-214-events",
                        "edifact-iftsta",
                        "edifact-desadv",
                        "label-platform-bill",
                        "outside-labels",
                        "x12-210-invoice");
    }

    /** A sample of each event as a file of each format; what is read back says the same. */
    @ParameterizedTest
    @CsvSource({
        "order-row,refused.json,SO-1002",
        "label-row,labelled.json,SBX0002",
        "tracking-row,tracking.json,Departed facility",
        "charge-row,labelled.json,fuel_charge"
    })
    void what_a_system_reads_can_be_csv_json_or_xml(String name, String sample, String said) throws IOException {
        Mapping mapping = MAPPINGS.get(name);
        String event = Files.readString(Path.of("mappings", name, sample));
        Result.Mapped row = (Result.Mapped) mapping.apply(Document.of(Formats.json(event, sample)));
        for (Format format : List.of(Format.CSV, Format.JSON, Format.XML)) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            Formats.write(format, row.tree(), file);
            List<JsonNode> back = new ArrayList<>();
            try (DocumentReader reader =
                    Formats.open(new ByteArrayInputStream(file.toByteArray()), "out", Reading.of(format))) {
                for (Document next = reader.next(); next != null; next = reader.next()) {
                    back.add(next.tree());
                }
            }
            assertThat(back.toString()).as(format.word()).contains(said).contains("evt_");
        }
    }

    /** What a system calls off must not wait here for its label. */
    @ParameterizedTest
    @CsvSource({
        "amazon-order,cancelled.json,false",
        "amazon-order,sent.json,true",
        "shipstation-order,cancelled.json,false",
        "shopify-order,refunded.json,false",
        "shopify-order,sent.json,true",
        "shopify-order,nothing-left.json,false",
        "shopify-hook,nothing-left.json,false",
        "shopify-asked,nothing-left.json,false",
        "magento2-order,nothing-left.json,false",
        "bigcommerce-order,nothing-left.json,false",
        "woocommerce-order,nothing-left.json,false"
    })
    void what_a_system_calls_off_calls_the_order_off(String name, String sample, boolean onlyUnsold)
            throws IOException {
        String text = Files.readString(Path.of("mappings", name, sample));
        JsonNode document = Formats.json(text, sample);

        assertThat(MAPPINGS.get(name).apply(Document.of(document)))
                .isInstanceOfSatisfying(Result.Skipped.class, skipped -> {
                    assertThat(skipped.stopped()).isNotNull();
                    assertThat(skipped.stopped().how()).isEqualTo(onlyUnsold ? Stop.CANCEL_UNSOLD : Stop.CANCEL);
                });
    }

    @Test
    void a_price_in_dinars_keeps_its_thousandths_and_one_in_yen_has_none() throws IOException {
        String text = Files.readString(Path.of("mappings/woocommerce-order/processing.json"));

        assertThat(prices(text.replace("GBP", "KWD"))).contains("21.000", "3.333");
        assertThat(prices(text.replace("GBP", "JPY"))).contains("21", "3");
    }

    private List<String> prices(String order) throws IOException {
        Result.Mapped mapped =
                (Result.Mapped) MAPPINGS.get("woocommerce-order").apply(Document.of(Formats.json(order, "order.json")));
        return mapped.tree().findValuesAsText("amount");
    }

    @Test
    void every_mapping_carries_tests_and_passes_them() {
        for (String name : MAPPINGS.names()) {
            assertThat(MapCheck.run(MAPPINGS.get(name))).as(name).isNotEmpty();
            for (MapCheck.TestResult result : MapCheck.run(MAPPINGS.get(name))) {
                assertThat(result.problems()).as(name + ": " + result.test()).isEmpty();
            }
        }
    }

    @Test
    void a_flat_idoc_and_its_xml_are_mapped_by_the_same_lines() {
        for (String name : List.of("sap-orders05", "sap-delvry", "sap-shpcon")) {
            assertThat(lines(name + "-xml")).as(name).isEqualTo(lines(name));
        }
    }

    private String lines(String name) {
        String text = MAPPINGS.get(name).text();
        return text.substring(text.indexOf("skip:"), text.indexOf("tests:"));
    }
}
