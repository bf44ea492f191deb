package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whoever is to correct something reads at a terminal what was expected, as in a receipt. */
class ExceptionsScreenTest {
    @Test
    void what_was_expected_stands_beside_what_is_wrong() {
        ObjectNode row = Json.mapper().createObjectNode();
        row.putArray("problems")
                .addObject()
                .put("pointer", "/service")
                .put("detail", "\"DRONE\" does not look right")
                .put("expected", "ground, express");
        row.put("closedAt", "2026-11-30T09:00:00Z");
        StringWriter said = new StringWriter();

        new ExceptionsScreen(new Terminal(Locale.ENGLISH, new PrintWriter(said), new PrintWriter(said))).one(row);

        assertThat(said.toString()).contains("/service – \"DRONE\" does not look right (expected ground, express)");
    }
}
