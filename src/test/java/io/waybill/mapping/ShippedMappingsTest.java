package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mappings this project ships compile, and prove themselves by their own tests. */
class ShippedMappingsTest {
    private final Mappings mappings =
            Mappings.load(Path.of("mappings"), name -> name.equals("order/1") ? OrderShape.ORDER : null);

    @Test
    void every_mapping_compiles() {
        assertThat(mappings.problems()).isEmpty();
        assertThat(mappings.names())
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
                        "edifact-desadv");
    }

    @Test
    void every_mapping_carries_tests_and_passes_them() {
        for (String name : mappings.names()) {
            assertThat(MapCheck.run(mappings.get(name))).as(name).isNotEmpty();
            for (MapCheck.TestResult result : MapCheck.run(mappings.get(name))) {
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
        String text = mappings.get(name).text();
        return text.substring(text.indexOf("skip:"), text.indexOf("tests:"));
    }
}
