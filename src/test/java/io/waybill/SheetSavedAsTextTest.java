package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sheet of a mapping for workbooks, saved as CSV or TSV, is read as that by every way in, as mappings/README.md says. */
class SheetSavedAsTextTest {
    @TempDir
    Path folder;

    @Test
    void it_is_read_by_its_name_when_it_is_handed_over_and_when_it_lies_in_a_folder() throws Exception {
        String sheet = Files.readString(Path.of("mappings/excel-template/english.csv"));
        String config = config();
        Path tabs = Files.writeString(
                folder.resolve("orders.TSV"),
                sheet.replace("\"Mug, white\"", "Mug").replace(',', '\t'));

        assertThat(CommandRun.of("import", tabs.toString(), "--source", "sheet", "--dry-run", "--config", config)
                        .out())
                .contains("Orders: 2; 1 good");
        try (Hub hub = Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()))) {
            Files.writeString(folder.resolve("in/orders.csv"), sheet);

            await().untilAsserted(() -> assertThat(orders(hub)).contains("\"SO-1001\""));
        }
    }

    @Test
    void it_is_read_by_its_content_type_when_a_call_hands_it_over_and_gives_it_no_name() throws Exception {
        byte[] sheet = Files.readAllBytes(Path.of("mappings/excel-template/english.csv"));
        try (Hub hub = Hub.start(Settings.read(Path.of(config()), Map.of(), Map.of()))) {
            URI url = URI.create("http://127.0.0.1:" + hub.port());
            for (String call : List.of("/v1/batches?source=sheet&dryRun=true", "/v1/rates/sheets?source=sheet")) {
                String self = handed(url.resolve(call), "text/csv; charset=utf-8", sheet)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();

                await().untilAsserted(() -> assertThat(got(url.resolve(self)))
                        .contains("\"documents\":2", ".csv\"")
                        .doesNotContain("not-a-workbook"));
            }
            assertThat(handed(url.resolve("/v1/mappings/excel-template/try"), "text/csv", sheet)
                            .body())
                    .contains("\"SO-1001\"");
            assertThat(handed(url.resolve("/v1/mappings/excel-template/try"), "text/plain", sheet)
                            .body())
                    .contains("not-a-workbook", "Content-Type: text/csv");
        }
    }

    @Test
    void an_unnamed_workbook_packed_or_not_is_read_as_what_it_is_whatever_its_content_type_says() throws Exception {
        byte[] sheet = Files.readAllBytes(Path.of("mappings/excel-template/english.xlsx"));
        try (Hub hub = Hub.start(Settings.read(Path.of(config()), Map.of(), Map.of()))) {
            URI url = URI.create("http://127.0.0.1:" + hub.port());
            for (String call : List.of("/v1/batches?source=sheet&dryRun=true", "/v1/rates/sheets?source=sheet")) {
                String self = handed(url.resolve(call), "text/csv", call.contains("batches") ? packed(sheet) : sheet)
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();

                await().untilAsserted(() -> assertThat(got(url.resolve(self))).contains("\"documents\":2"));
            }
            assertThat(handed(url.resolve("/v1/mappings/excel-template/try"), "text/csv", sheet)
                            .body())
                    .contains("\"SO-1001\"");
        }
    }

    private static byte[] packed(byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(file);
        }
        return out.toByteArray();
    }

    private String config() throws IOException {
        Path templates = Files.createDirectories(folder.resolve("routes/templates"));
        try (Stream<Path> files = Files.list(Path.of("routes/templates"))) {
            for (Path file : files.toList()) {
                Files.copy(file, templates.resolve(file.getFileName()));
            }
        }
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("routes/sources"));
        Files.writeString(folder.resolve("routes/sources/sheet.yaml"), """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.sheet
                    parameters:
                      - { name: source, value: sheet }
                      - { name: folder, value: "%s" }
                      - { name: mapping, value: excel-template }
                      - { name: still, value: "0" }
                      - { name: every, value: "100" }
                """.formatted(folder.resolve("in")));
        int sandbox = FreePort.next();
        String config = Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%1$s/data
                        waybill.routes.dir=%1$s/routes
                        waybill.http.port=0
                        waybill.sandbox.start=true
                        waybill.sandbox.port=%2$d
                        account.sandbox.adapter=sandbox
                        account.sandbox.baseUrl=http://127.0.0.1:%2$d
                        service.ground=sandbox:ground
                        source.sheet.mapping=excel-template
                        defaults.namespace=acme
                        defaults.shipFrom.name=Acme Depot
                        defaults.shipFrom.line1=500 Depot Rd
                        defaults.shipFrom.city=Austin
                        defaults.shipFrom.state=TX
                        defaults.shipFrom.postalCode=78701
                        defaults.shipFrom.country=US
                        """.formatted(folder, sandbox))
                .toString();
        CommandRun.begin(config);
        return config;
    }

    private static String orders(Hub hub) throws Exception {
        return got(URI.create("http://127.0.0.1:" + hub.port() + "/v1/orders"));
    }

    private static String got(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpResponse<String> handed(URI url, String type, byte[] sheet) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(sheet))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
