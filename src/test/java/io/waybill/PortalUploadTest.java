package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sheet whose orders are in before their labels are bought. */
class PortalUploadTest {
    private static final String ROW =
            ",Joe,,1 Main St,,Austin,TX,78701,United States,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n";

    @Test
    void labels_that_are_still_to_come_are_told_and_looked_for_until_they_are_there() throws Exception {
        PortalHub hub = PortalHub.another();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        byte[] sheet = (head + "\nCOME-1" + ROW + "COME-2" + ROW).getBytes(StandardCharsets.UTF_8);
        String batch = adam.upload("/upload", "/upload", "come.csv", sheet, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));
        hub.hub.postTo("/v1/accounts/sandbox/off", "{\"reason\":\"strike\"}", "Authorization", "Bearer " + hub.admin);

        adam.done(batch, batch + "/commit", "rows", "good");

        String done = await().until(() -> adam.page(batch), page -> page.contains(">done<"));
        assertThat(done).contains("Labels still to come: 2.", "hx-trigger=\"every 5s\"", "what=labels");

        hub.hub.postTo("/v1/accounts/sandbox/on", "{}", "Authorization", "Bearer " + hub.admin);
        assertThat(await().atMost(Duration.ofSeconds(60))
                        .until(() -> adam.page(batch), page -> !page.contains("Labels still to come")))
                .doesNotContain("hx-trigger", "Labels in parts")
                .contains("what=labels");
        assertThat(adam.get(batch + "/file?what=labels&cursor=1").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''come-2-labels.pdf");
    }

    @Test
    void a_workbook_with_macros_is_chosen_and_read_as_any_other() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        byte[] sheet = Files.readAllBytes(Path.of("mappings/excel-template/english.xlsx"));

        String looked = "";
        for (String name : List.of("macros.xlsx", "macros.XLSM")) {
            String batch = adam.upload("/upload", "/upload", name, sheet, "source", "acme-csv")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            String page = await().until(() -> adam.page(batch), each -> !each.contains("<progress"))
                    .replaceAll("(?s).*<div id=\"batch\"|bat_\\w+", "");
            assertThat(looked.isEmpty() ? page : looked).isEqualTo(page).contains("order_no");
            looked = page;
        }
        assertThat(adam.page("/upload")).contains(".xlsm,");
    }

    @Test
    void a_row_that_has_no_price_says_why() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        String heavy = ROW.replace(",1.2,", ",1200,");
        byte[] sheet = (head + "\nHEAVY-1" + heavy + "LIGHT-1" + ROW).getBytes(StandardCharsets.UTF_8);
        String batch = adam.upload("/upload", "/upload", "heavy.csv", sheet, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        String looked = await().atMost(Duration.ofSeconds(30))
                .until(() -> adam.page(batch), page -> page.contains(">looked at<"));

        assertThat(looked)
                .contains("<dt>without a price</dt><dd>1</dd>", "sandbox has no price for it")
                .contains("70 kg");
        JsonNode rows = hub.json("/v1" + batch.replace("upload", "batches") + "/results")
                .path("items");
        assertThat(rows.at("/0/reason").asText()).contains("at most 70 kg");
        assertThat(rows.at("/1/reason").isNull()).isTrue();
    }

    @Test
    void a_sheet_that_comes_back_says_what_is_wrong_by_its_own_columns() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        String abroad = ROW.replace(",United States,", ",Narnia,");
        String many = ROW.replace(",Mug,1,", ",Mug,two,");
        byte[] sheet = (head + "\nOWN-1" + abroad + "OWN-2" + ROW + "OWN-2" + many).getBytes(StandardCharsets.UTF_8);
        String batch = adam.upload("/upload", "/upload", "own.csv", sheet, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));

        assertThat(adam.page(batch)).as("no row of it can be bought").doesNotContain(batch + "/commit");
        for (String what : List.of("csv", "errors")) {
            assertThat(adam.get(batch + "/file?what=" + what).body())
                    .as(what)
                    .contains("\"Country: \"\"Narnia\"\" is not a country (expected")
                    .contains("\"row 4, Quantity: \"\"two\"\" is not a whole number\"")
                    .doesNotContain("mapping.yaml");
        }
    }

    @Test
    void a_sheet_of_skipped_rows_alone_offers_no_purchase() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        byte[] sheet = (head + "\nEXAMPLE-1" + ROW).getBytes(StandardCharsets.UTF_8);
        String batch = adam.upload("/upload", "/upload", "example.csv", sheet, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        String looked = await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));

        assertThat(looked).contains("EXAMPLE-1", "<dt>skipped</dt><dd>1</dd>").doesNotContain(batch + "/commit");
    }

    @Test
    void a_sheet_whose_labels_are_not_bought_yet_is_stopped_and_handed_over_again_brings_them_after_all()
            throws Exception {
        PortalHub hub = PortalHub.another();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String head =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        byte[] sheet = (head + "\nSTOP-1" + ROW + "STOP-2" + ROW).getBytes(StandardCharsets.UTF_8);
        String batch = adam.upload("/upload", "/upload", "stop.csv", sheet, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(lost(adam.page(batch))).isEmpty();
        String looked = await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));
        assertThat(looked).doesNotContain("/stop");
        hub.hub.postTo("/v1/accounts/sandbox/off", "{\"reason\":\"strike\"}", "Authorization", "Bearer " + hub.admin);
        adam.done(batch, batch + "/commit", "rows", "good");
        String done = await().until(() -> adam.page(batch), page -> page.contains(">done<"));
        assertThat(done).contains(batch + "/stop", "orders of this sheet that are not being bought yet are called off");
        assertThat(lost(done))
                .as("what a keyboard is on while the page brings itself up to date")
                .isEmpty();

        assertThat(adam.done(batch, batch + "/stop")).contains("It is being stopped");

        String stopped = await().until(() -> adam.page(batch), page -> page.contains(">stopped<"));
        assertThat(stopped)
                .contains("stopped by adam", "<dt>called off</dt><dd>2</dd>", "called off, and not bought")
                .contains("hand the same sheet over again")
                .doesNotContain("/stop\"", "hx-trigger");
        String self = "/v1" + batch.replace("upload", "batches");
        JsonNode told = hub.json(self);
        assertThat(told.at("/stop/rows").asInt()).isEqualTo(2);
        assertThat(told.at("/stop/calledOff").asInt()).isEqualTo(2);
        assertThat(told.at("/results/called_off").asInt()).isEqualTo(2);
        assertThat(hub.hub
                        .send(self + "/results?format=csv", "Authorization", "Bearer " + hub.admin)
                        .body())
                .contains(",cancelled,", "\"called off, and not bought: the batch was stopped\"");
        assertThat(hub.hub
                        .postTo(self + "/stop", "{}", "Authorization", "Bearer " + hub.admin)
                        .headers()
                        .firstValue("Idempotent-Replayed"))
                .hasValue("true");

        hub.hub.postTo("/v1/accounts/sandbox/on", "{}", "Authorization", "Bearer " + hub.admin);
        adam.upload("/upload", "/upload", "stop.csv", sheet, "source", "sheet-csv");
        await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));
        adam.done(batch, batch + "/commit", "rows", "good");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> adam.page(batch), page -> page.contains("<dt>labelled</dt><dd>2</dd>"));
    }

    @Test
    void a_sheet_finds_its_source_by_its_columns_where_nobody_chose_one() throws Exception {
        try (PortalHub hub = PortalHub.with("source.chinese.mapping=acme-sheet\nsource.shop.mapping=amazon-tsv\n")) {
            PortalHub.Visitor adam = hub.person("adam", "admin", "*");
            String nightly = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"));

            assertThat(adam.page("/upload")).contains("<option value=\"*\" selected>by its columns</option>");
            assertThat(adam.page("/rates")).contains("<option value=\"*\" selected>by its columns</option>");
            assertThat(found(hub, adam, "any.csv", Files.readAllBytes(Path.of("mappings/acme-sheet/gbk.csv"))))
                    .isEqualTo("chinese");
            assertThat(found(hub, adam, "any.csv", nightly.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("acme-csv");
            assertThat(found(hub, adam, "any.tsv", Files.readAllBytes(Path.of("mappings/amazon-tsv/store.tsv"))))
                    .isEqualTo("shop");

            byte[] misspelt = nightly.replaceFirst("order_no", "ordre_no").getBytes(StandardCharsets.UTF_8);
            assertThat(adam.upload("/upload", "/upload", "odd.csv", misspelt, "source", "*")
                            .body())
                    .contains("the columns of odd.csv are those of no source; is it for acme-csv, which comes nearest?")
                    .contains("column order_no is missing; did you mean ordre_no?")
                    .contains("Correct the header of the file, or choose the source it is for.")
                    .contains("<option value=\"*\" selected>");
            byte[] template = Files.readAllBytes(Path.of("mappings/excel-template/english.xlsx"));
            assertThat(adam.upload("/upload", "/upload", "two.xlsx", template, "source", "*")
                            .body())
                    .contains("the columns of two.xlsx are taken by each of sheet, sheet-csv")
                    .contains("Choose one of them under “Source”.");
            assertThat(adam.upload(
                                    "/upload",
                                    "/upload",
                                    "no.json",
                                    "{}".getBytes(StandardCharsets.UTF_8),
                                    "source",
                                    "*")
                            .body())
                    .contains("the columns of no.json are those of no source")
                    .doesNotContain("comes nearest");
            assertThat(hub.json("/v1/batches").path("items")).hasSize(3);
        }
    }

    @Test
    void a_sheet_of_another_source_is_told_whose_it_is() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        byte[] nightly = Files.readAllBytes(Path.of("mappings/acme-orders/two-lines.csv"));
        String batch = adam.upload("/upload", "/upload", "night.csv", nightly, "source", "sheet-csv")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        String failed = await().until(() -> adam.page(batch), page -> !page.contains("<progress"));

        assertThat(failed)
                .containsSubsequence(
                        "sheet-csv does not take the columns of night.csv, but acme-csv does.",
                        "Hand it over again and choose that one under “Source”, or ask whoever may use it.",
                        "no column Order number");
    }

    @Test
    void a_source_whose_mapping_does_not_serve_keeps_no_sheet_from_its_own() throws Exception {
        try (PortalHub hub = PortalHub.with("source.broken.mapping=not-there\n")) {
            PortalHub.Visitor adam = hub.person("adam", "admin", "*");
            String nightly = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"));

            assertThat(found(hub, adam, "any.csv", nightly.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("acme-csv");

            byte[] misspelt = nightly.replaceFirst("order_no", "ordre_no").getBytes(StandardCharsets.UTF_8);
            String batch = adam.upload("/upload", "/upload", "odd.csv", misspelt, "source", "acme-csv")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(await().until(() -> adam.page(batch), page -> !page.contains("<progress")))
                    .contains("the file has no column order_no to group rows by")
                    .doesNotContain("not-there");
        }
    }

    @Test
    void a_sheet_of_results_that_is_handed_over_says_which_file_is_to_be_corrected() throws Exception {
        PortalHub hub = PortalHub.running();
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String row = ROW.replace(",United States,", ",Narnia,");
        String english =
                Files.readString(Path.of("mappings/excel-template/english.csv")).split("\\R")[0];
        for (String language : List.of("en", "zh")) {
            byte[] sheet = (english + "\nBACK-" + language + row).getBytes(StandardCharsets.UTF_8);
            String batch = adam.upload("/upload", "/upload", "back.csv", sheet, "source", "sheet-csv")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            await().until(() -> adam.page(batch), page -> page.contains(">looked at<"));
            byte[] results = hub.hub
                    .send(
                            "/v1" + batch.replace("upload", "batches") + "/results?format=csv",
                            "Accept-Language",
                            language,
                            "Authorization",
                            "Bearer " + hub.admin)
                    .body()
                    .getBytes(StandardCharsets.UTF_8);

            String again = adam.upload("/upload", "/upload", "results.csv", results, "source", "sheet-csv")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(await().until(() -> adam.page(again), page -> page.contains(">failed<")))
                    .as(language)
                    .contains("results.csv is a sheet of results: its columns")
                    .contains("Correct the file that “Bad rows to correct” gives on the page of its batch")
                    .doesNotContain("no line reads");
        }
    }

    /** What of a part that is swapped may have the focus, and has no id by which it is found again. */
    private static List<String> lost(String page) {
        return new Markup(page)
                .root
                .all()
                .filter(each -> each.is("a", "button") || each.has("tabindex"))
                .filter(each -> each.isIn(up -> up.has("hx-trigger")) && !each.has("id"))
                .map(Markup.Element::text)
                .toList();
    }

    private static String found(PortalHub hub, PortalHub.Visitor adam, String name, byte[] sheet) throws Exception {
        String batch = adam.upload("/upload", "/upload", name, sheet, "source", "*")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return hub.json("/v1" + batch.replace("upload", "batches"))
                .path("source")
                .asText();
    }
}
