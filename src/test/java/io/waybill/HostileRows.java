package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What nobody would type, wherever somebody may: markup, quotes, right to left, pictures, and no end. */
final class HostileRows {
    static final List<String> TEXTS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "&amp; &lt; & < > %s",
            "\u202eenaj \u05d9\u05e9\u05e8\u05d0\u05dc \u0627\u0644\u0639\u0631",
            "\ud83d\udce6\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u9a6c\u514b\u676f");
    private static final String ROW =
            "%1$s,%2$s,,1 Main St,,%2$s,TX,%3$s,United States,,,Standard,%4$s,%2$s,1,12.50,USD,1.2,,,,,,,%2$s\n";

    private HostileRows() {}

    /** Into orders, files, sheets, keys and views of this hub, by this admin of all. */
    static void into(PortalHub hub, PortalHub.Visitor admin) throws Exception {
        StringBuilder sheet = new StringBuilder(Files.readAllLines(Path.of("mappings/excel-template/english.csv"))
                        .get(0))
                .append('\n');
        for (String text : TEXTS) {
            String plain = TEXTS.indexOf(text) + " " + text.replaceAll("[^\\x20-\\x7e]", "-");
            taken(hub, order(plain, text));
            taken(hub, order(plain + "?", text).put("service", "sandbox:nowhere"));
            hub.drop(plain.replaceAll("[/;]", "-"), "787");
            assertThat(admin.post("/settings/keys", "/settings/keys", "name", text, "role", "ops")
                            .statusCode())
                    .isEqualTo(200);
            admin.done("/orders?find=x", "/orders/views", "name", text, "find", text, "status", "held");
            String cell = "\"" + text.replace("\"", "\"\"") + "\"";
            sheet.append(ROW.formatted(cell, cell, "787", cell));
            sheet.append(ROW.formatted("HS-" + TEXTS.indexOf(text), cell, "78701", "S".repeat(500)));
        }
        for (String page : List.of("/upload", "/rates")) {
            byte[] file = sheet.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(admin.upload(page, page, "<b>&'\u8ba2\u5355.csv", file, "source", "sheet-csv")
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    private static ObjectNode order(String number, String text) {
        ObjectNode order =
                Json.mapper().createObjectNode().put("orderId", number).put("reference", text);
        ObjectNode to = order.putObject("shipTo")
                .put("state", "TX")
                .put("postalCode", "78701")
                .put("country", "US");
        List.of("name", "company", "line1", "line2", "line3", "city").forEach(field -> to.put(field, text));
        order.putArray("items")
                .addObject()
                .put("sku", "S".repeat(128))
                .put("description", text)
                .put("quantity", 1);
        if (number.charAt(0) % 3 != 0) {
            order.putArray("parcels")
                    .addObject()
                    .putObject("weight")
                    .put("value", 2)
                    .put("unit", "kg");
        }
        return order.put("service", "ground");
    }

    private static void taken(PortalHub hub, ObjectNode order) throws Exception {
        assertThat(hub.hub
                        .postBody(order.toString(), "Authorization", "Bearer " + hub.admin, "Prefer", "wait=20")
                        .statusCode())
                .isIn(201, 202, 422);
    }
}
