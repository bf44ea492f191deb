package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sheet that is looked at hears of what its carrier would refuse before anything is sent, also where a rate sheet has a price for it. */
class RefusedSheetTest {
    private static final String ORDER = """
            {"orderId": "%s", "service": "ups:express", "shipTo": {"name": "%s", "line1": "1 Main St", "city": "Austin", "state": "TX",
             "postalCode": "78701", "country": "US"}, "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}
            """;

    @TempDir
    Path folder;

    @Test
    void a_name_that_the_carrier_cannot_print_is_a_bad_row_and_is_not_bought() throws Exception {
        String secret = "file:" + Files.writeString(folder.resolve("secret"), "secret");
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), """
                account.ups-acme.adapter=ups
                account.ups-acme.mode=test
                account.ups-acme.baseUrl=http://127.0.0.1:1
                account.ups-acme.number=A1B2C3
                account.ups-acme.clientId=%1$s
                account.ups-acme.clientSecret=%1$s
                account.ups-acme.rateSheet=rates/example
                """.formatted(secret))) {
            String sheet = "[" + ORDER.formatted("SO-1", "Jane Roe") + "," + ORDER.formatted("SO-2", "张伟") + "]";
            HttpResponse<String> handed = hub.postTo("/v1/batches?source=local&dryRun=true&name=orders.json", sheet);
            String self = handed.headers().firstValue("Location").orElseThrow();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.json(self).path("state").asText().equals("checked"));

            JsonNode rows = hub.json(self + "/results").path("items");

            assertThat(rows.findValuesAsText("result")).containsExactly("accepted", "rejected");
            assertThat(rows.at("/1/problems/0/pointer").asText()).isEqualTo("/shipTo/name");
            assertThat(rows.at("/1/problems/0/code").asText()).isEqualTo("not-latin");
            assertThat(hub.json(self).at("/dryRun/priced").asInt()).isEqualTo(1);
            assertThat(hub.json(self).at("/dryRun/bad").asInt()).isEqualTo(1);
            assertThat(hub.postTo(self + "/commit", "{\"rows\": \"all\"}").statusCode())
                    .isEqualTo(409);
            assertThat(Json.mapper()
                            .readTree(hub.postTo(self + "/commit", "{\"rows\": \"good\"}")
                                    .body())
                            .path("state")
                            .asText())
                    .isEqualTo("taking");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.json(self).path("state").asText().equals("done"));
            assertThat(hub.json("/v1/orders?orderId=SO-1").path("items")).hasSize(1);
            assertThat(hub.json("/v1/orders?orderId=SO-2").path("items")).isEmpty();
        }
    }
}
