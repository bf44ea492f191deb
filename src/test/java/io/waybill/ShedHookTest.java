package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Stores;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole hub whose source has a rate, a webhook and a secret. */
class ShedHookTest {
    private static final String SECRET = "fern-hook";

    @TempDir
    Path folder;

    @Test
    void webhooks_nobody_signed_use_up_nothing_of_what_their_source_may_send() throws Exception {
        try (OneHub hub = hub(2)) {
            for (int i = 0; i < 20; i++) {
                assertThat(push(hub, order("F-1"), signature("another")).statusCode())
                        .isEqualTo(401);
            }
            assertThat(push(hub, "F-1").statusCode()).isEqualTo(200);
            assertThat(hub.postTo("/v1/orders?source=fern", "{}").statusCode())
                    .as("counted, looked at and found to be no order")
                    .isEqualTo(422);
            assertThat(hub.get("/metrics").body()).doesNotContain("source-too-fast");
        }
    }

    @Test
    void a_source_whose_signed_webhooks_come_too_fast_is_told_when_to_send_again_and_then_heard() throws Exception {
        try (OneHub hub = hub(1)) {
            AtomicInteger sent = new AtomicInteger();
            HttpResponse<String> away = await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> push(hub, "F-" + sent.incrementAndGet()), answer -> answer.statusCode() == 429);
            assertThat(away.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(away.body()).contains("source-too-fast", "fern");
            assertThat(hub.get("/metrics").body()).contains("waybill_http_shed_total{reason=\"source-too-fast\"} 1.0");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> push(hub, "F-" + sent.get()).statusCode() == 200);
        }
    }

    private OneHub hub(int rate) throws Exception {
        Path routes = folder.resolve("routes");
        Files.createDirectories(routes.resolve("templates"));
        Files.createDirectories(routes.resolve("sources"));
        for (String file :
                List.of("templates/order-folder.yaml", "templates/order-hook.yaml", "sources/acme-csv.yaml")) {
            Files.copy(Path.of("routes", file), routes.resolve(file));
        }
        Files.writeString(routes.resolve("sources/fern.yaml"), """
                - templatedRoute:
                    routeTemplateRef: order-hook
                    routeId: source.fern.hook
                    parameters:
                      - { name: source, value: fern }
                      - { name: mapping, value: acme-orders-json }
                      - { name: style, value: hex }
                      - { name: header, value: X-Fern-Signature }
                      - { name: identity, value: /number }
                      - { name: stamp, value: /createdAt }
                """);
        Path secret = Files.writeString(folder.resolve("fern-hook"), SECRET);
        return new OneHub(folder, Stores.h2(folder.resolve("db")), """
                waybill.routes.dir=%s
                source.fern.secret=file:%s
                source.fern.rate=%d
                """.formatted(routes, secret, rate));
    }

    private static HttpResponse<String> push(OneHub hub, String number) throws Exception {
        return push(hub, order(number), signature(order(number)));
    }

    private static HttpResponse<String> push(OneHub hub, String body, String signature) throws Exception {
        return hub.postTo("/hooks/sources/fern", body, "X-Fern-Signature", signature);
    }

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    private static String order(String number) {
        return """
                {"number": "%s", "createdAt": "2026-11-24T08:15:00Z", "currency": "USD",
                 "recipient": {"name": "Ann Lee", "street": ["1 Main St"], "city": "Austin", "region": "TX",
                               "postcode": "78701", "country": "US"},
                 "shipping": "STD", "lines": [{"article": "A-1", "quantity": 2, "price": "12.50"}]}""".formatted(number);
    }
}
