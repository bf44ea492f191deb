package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole hub, and orders in which every field a person writes holds what could mean something to somebody behind it. */
class InjectionTest {
    private static final List<String> ADDRESS = List.of("name", "company", "line1", "line2", "line3", "city");
    private static final String HARMLESS = "SO-harmless";

    @TempDir
    static Path folder;

    private static OneHub hub;
    private static int orders;

    @BeforeAll
    static void start() throws Exception {
        hub = new OneHub(folder, Stores.h2(folder.resolve("db")), """
                account.ups.adapter=ups
                account.ups.number=X12345
                account.ups.baseUrl=http://127.0.0.1:9
                account.ups.clientId=id
                account.ups.clientSecret=secret
                account.ups.webhookCredential=told-to-ups
                """);
        assertThat(hub.post(HARMLESS).statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE orders; --",
                "x' OR '1'='1",
                "\" ; DELETE FROM shipment; --",
                "=HYPERLINK(\"http://127.0.0.1:1\")",
                "\",\"orderId\":\"SO-2\",\"x\":\"",
                "${jndi:ldap://127.0.0.1:1/a} {{env:PATH}} ${env.PATH}",
                "^XZ~JA^XA",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                ":name ? $1 %s %n {0}"
            })
    void it_is_kept_and_printed_as_it_was_written_and_means_nothing(String text) throws Exception {
        HttpResponse<String> taken = hub.postBody(order(text).toString());

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(taken.headers().map().keySet()).noneMatch(name -> name.contains("evil"));
        JsonNode order = Json.mapper().readTree(taken.body());
        JsonNode found = hub.json("/v1/orders?orderId=" + order.path("orderId").textValue());
        assertThat(found.path("items")).hasSize(1);
        assertThat(hub.get("/v1/orders/" + order.path("id").textValue()).body())
                .contains(Json.mapper().writeValueAsString(text));
        String shipment = order.at("/shipments/0/id").textValue();
        String zpl = hub.get("/v1/shipments/" + shipment + "/label?format=ZPL").body();
        assertThat(zpl).containsOnlyOnce("^XA").containsOnlyOnce("^XZ").doesNotContain("~");
        assertNothingElseHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1\r\n\r\nbody", "a\n2026-01-01T00:00:00.000Z ERROR forged", "\u001b[2Jx"})
    void a_line_break_or_a_control_character_stays_inside_its_field(String text) throws Exception {
        HttpResponse<String> taken = hub.postBody(order(text).toString());

        assertThat(taken.statusCode()).as(taken.body()).isIn(201, 422);
        assertThat(taken.headers().map().keySet()).noneMatch(name -> name.contains("evil"));
        assertThat(taken.body().lines()).noneMatch(line -> line.contains("forged") && !line.contains("\\n"));
        if (taken.statusCode() == 201) {
            String shipment =
                    Json.mapper().readTree(taken.body()).at("/shipments/0/id").textValue();
            String zpl =
                    hub.get("/v1/shipments/" + shipment + "/label?format=ZPL").body();
            assertThat(zpl.lines()).allMatch(line -> line.startsWith("^"));
        }
        assertNothingElseHappened();
    }

    @Test
    void what_a_caller_says_to_camel_is_not_heard() throws Exception {
        HttpResponse<String> taken = hub.postBody(
                order("Jane Roe").toString(),
                "CAmelHttpUri",
                "http://127.0.0.1:1/",
                "camelhttppath",
                "/v1/keys",
                "CamelHttpResponseCode",
                "299",
                "CamelHttpMethod",
                "DELETE",
                "Org.Apache.Camel.Destination",
                "x");

        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(taken.headers().map().keySet()).noneMatch(name -> name.contains("camel"));
        assertNothingElseHappened();
    }

    @Test
    void who_calls_as_a_carrier_must_prove_it_and_needs_no_key() throws Exception {
        String alert = "{\"trackingNumber\":\"1ZX123450300001001\",\"gmtActivityDate\":\"20261124\","
                + "\"gmtActivityTime\":\"151500\",\"activityStatus\":{\"type\":\"D\",\"code\":\"FS\"}}";
        assertThat(hub.postTo("/hooks/carriers/nobody", alert).statusCode()).isEqualTo(404);
        assertThat(hub.postTo("/hooks/carriers/sandbox", alert).statusCode()).isEqualTo(404);
        HttpResponse<String> guessed = hub.postTo("/hooks/carriers/ups", alert, "credential", "guess");
        assertThat(guessed.statusCode()).isEqualTo(401);
        assertThat(guessed.body()).contains("carrier-hook-refused").doesNotContain("told-to-ups");
        assertThat(hub.postTo("/hooks/carriers/ups", alert, "credential", "told-to-ups")
                        .statusCode())
                .isEqualTo(200);
        assertNothingElseHappened();
    }

    @Test
    void a_search_is_for_what_was_written() throws Exception {
        for (String text : List.of("%27%20OR%20%271%27%3D%271", "%25", "_________", "SO-harmless%27--")) {
            assertThat(hub.json("/v1/orders?orderId=" + text).path("items")).isEmpty();
            assertThat(hub.json("/v1/orders?reference=" + text).path("items")).isEmpty();
        }
    }

    private static void assertNothingElseHappened() throws Exception {
        JsonNode harmless = hub.json("/v1/orders?orderId=" + HARMLESS).path("items");
        assertThat(harmless).hasSize(1);
        assertThat(harmless.at("/0/status").textValue()).isEqualTo("labelled");
        assertThat(hub.json("/v1/orders?orderId=SO-2").path("items")).isEmpty();
    }

    private static ObjectNode order(String text) {
        orders++;
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("orderId", "SO-injected-" + orders).put("service", "ground").put("reference", text);
        ObjectNode to = order.putObject("shipTo");
        ADDRESS.forEach(field -> to.put(field, text));
        to.put("state", "TX").put("postalCode", "78701").put("country", "US");
        order.putArray("parcels")
                .addObject()
                .put("reference", text)
                .putObject("weight")
                .put("value", 1)
                .put("unit", "kg");
        ObjectNode billing = order.putObject("billing").put("costCenter", text);
        billing.putArray("references").add(text);
        return order;
    }
}
