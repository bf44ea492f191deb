package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.text.UrlPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole hub that turns orders away, and the numbers it tells of itself. */
class ShedTest {
    private static final String TYPE = "Content-Type";
    private static final String SHEET = String.join(
            "\r\n",
            "--end",
            "Content-Disposition: form-data; name=\"source\"",
            "",
            "local",
            "--end",
            "Content-Disposition: form-data; name=\"file\"; filename=\"orders.csv\"",
            "",
            "no,name",
            "--end--",
            "");

    @TempDir
    Path folder;

    @Test
    void on_a_low_disk_nothing_is_taken_in_and_files_stay_while_what_is_known_is_told() throws Exception {
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "disk.minFree=900000TB")) {
            Path file = hub.drop("FILE-1");
            HttpResponse<String> refused = hub.post("SO-1");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(Json.mapper().readTree(refused.body()).path("type").asText())
                    .isEqualTo("/docs#disk-low");
            assertThat(refused.body()).contains("磁盘");
            assertThat(hub.json("/v1/orders").path("items")).isEmpty();
            assertThat(hub.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(hub.get("/health/ready").body()).contains("disk-low");
            assertThat(hub.get("/metrics").body())
                    .contains("waybill_disk_low 1.0", "waybill_http_shed_total{reason=\"disk-low\"} 1.0");
            assertThat(file).exists();
        }
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "disk.minFree=1MB")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.statusOf("FILE-1").equals("labelled"));
        }
    }

    @Test
    void on_a_low_disk_no_page_takes_an_order_or_a_sheet_in_either() throws Exception {
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "disk.minFree=900000TB")) {
            HttpResponse<String> byHand = hub.postTo(
                    "/new",
                    form(PortalHub.byHand("HAND-1", "back", "/new")),
                    TYPE,
                    "application/x-www-form-urlencoded");
            HttpResponse<String> sheet = hub.postTo("/upload", SHEET, TYPE, "multipart/form-data; boundary=end");

            assertThat(List.of(byHand.statusCode(), sheet.statusCode())).containsOnly(503);
            assertThat(byHand.body()).contains("its disk is almost full", "HAND-1");
            assertThat(sheet.body()).contains("its disk is almost full");
            assertThat(hub.json("/v1/orders").path("items")).isEmpty();
            assertThat(hub.json("/v1/batches").path("items")).isEmpty();
            assertThat(hub.get("/metrics").body()).contains("waybill_http_shed_total{reason=\"disk-low\"} 2.0");
            assertThat(hub.get("/new").statusCode()).as("pages are shown").isEqualTo(200);
        }
    }

    @Test
    void on_a_low_disk_a_sheet_is_turned_away_on_its_page_before_any_of_it_has_come() throws Exception {
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "disk.minFree=900000TB");
                Socket browser =
                        new Socket(hub.address().getHost(), hub.address().getPort())) {
            browser.setSoTimeout(20_000);
            browser.getOutputStream()
                    .write("""
                    POST /upload HTTP/1.1\r
                    Host: %s\r
                    Accept: text/html\r
                    Accept-Language: zh\r
                    Content-Type: multipart/form-data; boundary=end\r
                    Content-Length: 20000000\r
                    \r
                    """.formatted(hub.address().getAuthority()).getBytes(StandardCharsets.US_ASCII));

            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8));

            assertThat(answer.readLine()).contains(" 503 ");
            assertThat(answer.lines().takeWhile(line -> !line.contains("</html>")))
                    .anySatisfy(line -> assertThat(line).contains("磁盘"))
                    .anySatisfy(line -> assertThat(line).contains("id=\"file\""));
            assertThat(folder.resolve("data/files/work")).isEmptyDirectory();
            assertThat(hub.get("/metrics").body()).contains("waybill_http_shed_total{reason=\"disk-low\"} 1.0");
        }
    }

    @Test
    void a_sheet_that_was_turned_away_and_never_ends_is_listened_to_no_longer_than_any_other() throws Exception {
        try (OneHub hub = new OneHub(
                        folder, Stores.h2(folder.resolve("db")), "disk.minFree=900000TB\nwaybill.http.bodyTimeout=1s");
                Socket browser =
                        new Socket(hub.address().getHost(), hub.address().getPort())) {
            browser.getOutputStream()
                    .write("""
                    POST /upload HTTP/1.1\r
                    Host: %s\r
                    Content-Type: multipart/form-data; boundary=end\r
                    Transfer-Encoding: chunked\r
                    \r
                    """.formatted(hub.address().getAuthority()).getBytes(StandardCharsets.US_ASCII));

            await().ignoreExceptions()
                    .untilAsserted(() -> assertThatThrownBy(() ->
                                    browser.getOutputStream().write("1\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)))
                            .isInstanceOf(IOException.class));
            assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static String form(String... fields) {
        return IntStream.range(0, fields.length / 2)
                .mapToObj(i -> UrlPart.of(fields[2 * i]) + "=" + UrlPart.of(fields[2 * i + 1]))
                .collect(Collectors.joining("&"));
    }

    @Test
    void a_source_that_sends_too_fast_is_told_so_and_the_metrics_tell_what_was_bought() throws Exception {
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), "source.local.rate=1")) {
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 12)
                    .mapToObj(i -> hub.postLater("SO-" + i))
                    .toList();
            List<HttpResponse<String>> answers =
                    calls.stream().map(CompletableFuture::join).toList();

            assertThat(answers).extracting(HttpResponse::statusCode).contains(201, 429);
            HttpResponse<String> away = answers.stream()
                    .filter(answer -> answer.statusCode() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(away.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(away.body()).contains("source-too-fast", "local");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(hub.get("/metrics").body())
                            .containsPattern("waybill_purchases_total\\{account=\"sandbox\",outcome=\"bought\"} [1-9]")
                            .containsPattern("waybill_commits_total [1-9]")
                            .containsPattern("waybill_commit_seconds_total [0-9]")
                            .contains("waybill_account_available{account=\"sandbox\"} 1.0")
                            .contains("waybill_http_requests_seconds_count{method=\"POST\",status=\"429\"}")
                            .containsPattern("waybill_disk_free_bytes [1-9]"));
            assertThat(hub.json("/v1/accounts").at("/items/0/health/available").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void where_nothing_waits_the_metrics_say_that_it_is_nothing() throws Exception {
        try (OneHub hub = new OneHub(
                folder, Stores.h2(folder.resolve("db")), "sink.oms.namespaces=acme\nsink.oms.folder=" + folder)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(hub.get("/metrics").body())
                            .contains(
                                    "waybill_outbox_waiting{sink=\"oms\"} 0.0",
                                    "waybill_outbox_parked{sink=\"oms\"} 0.0",
                                    "waybill_backlog{account=\"sandbox\",state=\"READY\"} 0.0",
                                    "waybill_backlog_oldest_seconds{account=\"sandbox\",state=\"READY\"} 0.0"));
        }
    }

    @Test
    void an_account_that_is_away_is_told_in_the_metrics_as_soon_as_its_breaker_is_open() throws Exception {
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), """
                account.away.adapter=sandbox
                account.away.baseUrl=http://127.0.0.1:1
                account.away.breaker.window=1
                account.away.breaker.least=1
                service.overnight=away:ground
                """)) {
            assertThat(hub.get("/metrics").body()).contains("waybill_account_available{account=\"away\"} 1.0");
            HttpResponse<String> taken = hub.postBody("""
                    {"orderId": "FAR-1", "service": "overnight", "parcels": [{"weight": {"value": 1, "unit": "kg"}}],
                     "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                "postalCode": "78701", "country": "US"}}""", "Prefer", "respond-async");
            assertThat(taken.statusCode()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.get("/v1/accounts").body().contains("\"available\":false"));

            assertThat(hub.get("/metrics").body())
                    .contains(
                            "waybill_account_available{account=\"away\"} 0.0",
                            "waybill_account_available{account=\"sandbox\"} 1.0");
        }
    }
}
