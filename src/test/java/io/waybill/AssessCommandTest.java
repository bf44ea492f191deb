package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code readiness FILE} and {@code assess FILE}, as a person without an account uses them: no hub, no database. */
class AssessCommandTest {
    private static final String EVIL = "<script>alert('x')</script>\" onmouseover=\"x";

    @TempDir
    Path folder;

    @Test
    void a_month_is_assessed_in_both_languages_and_as_a_page_that_shows_markup_as_text() throws IOException {
        Path month = Files.writeString(folder.resolve("<b>month.csv"), sheet(EVIL));
        Path html = folder.resolve("out.html");

        CommandRun run = CommandRun.of(
                "assess", month.toString(), "--mapping", "acme-orders", "--html", html.toString(), "--lang", "en");
        CommandRun again = CommandRun.of(
                "assess", month.toString(), "--mapping", "acme-orders", "--html", html.toString(), "--lang", "zh");
        CommandRun chinese = CommandRun.of("assess", month.toString(), "--mapping", "acme-orders", "--lang", "zh");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("stay on upload")
                .contains("example express")
                .contains("LOOKUP_MISS");
        assertThat(again.code()).isOne();
        assertThat(again.err()).contains("out.html");
        assertThat(chinese.out()).contains("继续上传表格").contains("按价目表的价格");
        String page = Files.readString(html);
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;")
                .contains("&lt;b&gt;month.csv")
                .contains("default-src 'none'");
        assertThat(page).doesNotContain("<script").doesNotContain("<b>").doesNotContain("\" onmouseover");
    }

    @Test
    void a_file_whose_header_changed_is_compared_with_the_first_one_and_told_as_json() throws IOException {
        Path first = Files.writeString(folder.resolve("first.csv"), sheet("STD"));
        Path changed =
                Files.writeString(folder.resolve("changed.csv"), sheet("STD").replace("cust_ref", "customer_ref"));

        CommandRun run = CommandRun.of(
                "readiness",
                changed.toString(),
                "--first",
                first.toString(),
                "--mapping",
                "acme-orders",
                "--json",
                "--lang",
                "en");

        assertThat(run.code()).isOne();
        var report = Json.mapper().readTree(run.out());
        assertThat(report.path("changes").findValuesAsText("code")).containsExactly("column-renamed");
        assertThat(report.at("/problems/ofTheFile/0/code").asText()).isEqualTo("UNMAPPED_SOURCE_FIELD");
        assertThat(report.at("/verdicts/0/state").asText()).isEqualTo("not-ready");
    }

    @Test
    void a_file_that_cannot_be_read_to_its_end_is_no_success(@TempDir Path folder) throws IOException {
        String header = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"))
                .lines()
                .findFirst()
                .orElseThrow();
        Path open = Files.writeString(folder.resolve("open.csv"), header + "\n\"A1");
        Path empty = Files.writeString(folder.resolve("header.csv"), header + "\n");

        assertThat(CommandRun.of("assess", open.toString(), "--mapping", "acme-orders", "--lang", "en")
                        .code())
                .isOne();
        assertThat(CommandRun.of("map", "run", "acme-orders", empty.toString(), "--lang", "en")
                        .err())
                .contains("header.csv has no document in it");
    }

    @Test
    void a_sheet_saved_as_csv_with_a_column_nobody_reads_is_told_of_it() throws IOException {
        String sheet = Files.readString(Path.of("mappings/excel-template/english.csv"));
        Path file = Files.writeString(folder.resolve("sheet.csv"), sheet.replace("Reference", "Refrence"));

        CommandRun run =
                CommandRun.of("readiness", file.toString(), "--mapping", "excel-template", "--json", "--lang", "en");

        assertThat(run.err()).isEmpty();
        assertThat(Json.mapper().readTree(run.out()).at("/problems/ofTheFile").findValuesAsText("code"))
                .containsExactly("UNMAPPED_SOURCE_FIELD");
    }

    @Test
    void a_source_and_a_mapping_that_are_not_there_are_told() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), sheet("STD"));

        assertThat(CommandRun.of("readiness", file.toString(), "--source", "nobody", "--lang", "en")
                        .err())
                .contains("there is no source \"nobody\"");
        assertThat(CommandRun.of("assess", file.toString(), "--mapping", "nothing", "--lang", "en")
                        .err())
                .contains("nothing");
        assertThat(CommandRun.of("assess", "nowhere.csv", "--mapping", "acme-orders", "--lang", "en")
                        .err())
                .contains("nowhere.csv");
    }

    /** Six good orders and one with this service. */
    private static String sheet(String service) {
        StringBuilder rows = new StringBuilder("order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;"
                + "state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id\n");
        for (int i = 1; i <= 7; i++) {
            rows.append("SO-")
                    .append(i)
                    .append(";PO-")
                    .append(i)
                    .append(";released;0")
                    .append(i)
                    .append(".11.2026 09:30;Jane;Roe;;Hauptstr. 1;01067;Dresden;;DE;;")
                    .append(i < 7 ? "STD" : '"' + service.replace("\"", "\"\"") + '"')
                    .append(";A-1;Mug;2;12,50;350;17\n");
        }
        return rows.toString();
    }
}
