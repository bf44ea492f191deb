package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hub with orders whose fields hold formulas, and somebody who turns every page, form, table and upload against whoever reads it. */
class AttackedPagesTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
    private static final Pattern FORM = Pattern.compile("<form[^>]*method=\"post\"[^>]*action=\"(/[^\"?]*)");
    private static final Pattern ID = OneTenant.ID;
    private static final Pattern CELL =
            Pattern.compile("(?:^|,|\r\n)\"?[=+@\t\uFF1D\uFF0B\uFF0D\uFF20]|(?:^|,|\r\n)\"?-[^\\d\",\r]");
    private static final String FORMULA = "=HYPERLINK(\"http://127.0.0.1:1\")";

    private static PortalHub hub;
    private static PortalHub.Visitor ada;
    private static Map<String, HttpResponse<String>> pages;

    @BeforeAll
    static void start() throws Exception {
        hub = OneTenant.made().every.portal;
        ada = hub.person("Ada Attacked", "admin", "*");
        hub.order(
                "=1+1",
                "\"reference\": " + Json.mapper().writeValueAsString(FORMULA)
                        + ", \"billing\": {\"costCenter\": \"@SUM(1)\", \"department\": \"+1-1\"}, "
                        + PortalTest.WEIGHED);
        pages = crawled();
        assertThat(pages).hasSizeGreaterThan(50);
    }

    @Test
    void no_page_is_kept_by_a_browser_or_a_proxy_or_framed_or_sniffed() {
        pages.forEach((path, answer) -> {
            assertThat(answer.headers().allValues("Cache-Control")).as(path).containsExactly("no-store");
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .hasValue("nosniff");
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertThat(answer.headers().firstValue("X-Frame-Options"))
                        .as(path)
                        .hasValue("DENY");
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .as(path)
                        .isPresent();
            }
        });
    }

    @Test
    void no_form_is_taken_from_another_site_or_without_the_token_of_its_session() throws Exception {
        Set<String> actions = new TreeSet<>();
        pages.values().forEach(page -> FORM.matcher(page.body()).results().forEach(form -> actions.add(form.group(1))));
        actions.removeIf(action -> action.startsWith("/sign-in") || action.equals("/language"));
        assertThat(actions).hasSizeGreaterThan(20);
        for (String action : actions) {
            for (List<String> form : List.of(List.of("back", "/"), List.of("csrf", "guessed", "back", "/"))) {
                assertThat(ada.send(action, form).statusCode())
                        .as(action + form)
                        .isEqualTo(403);
                assertThat(ada.send(action, form, "Sec-Fetch-Site", "cross-site")
                                .statusCode())
                        .as(action + form)
                        .isEqualTo(403);
            }
        }
        assertThat(ada.page("/")).contains("Ada Attacked");
    }

    @Test
    void a_page_asked_by_a_wrong_verb_says_which_it_takes() throws Exception {
        for (String path : List.of("/", "/orders", "/money", "/mappings")) {
            HttpResponse<String> answer = ada.send(path, List.of("csrf", "x"));
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow").orElseThrow())
                    .as(path)
                    .startsWith("GET, HEAD");
            assertThat(answer.body()).contains("only be opened");
        }
    }

    @Test
    void nothing_that_was_written_into_an_order_is_run_by_a_table() throws Exception {
        List<String> run = new ArrayList<>();
        int tables = 0;
        for (EveryCall.Call call : OneTenant.made().every.calls()) {
            boolean isTable = call.verb().equals("GET")
                    && call.told().path("parameters").findValuesAsText("name").contains("format")
                    && !call.path().contains("{");
            if (isTable) {
                HttpResponse<String> csv =
                        OneTenant.made().every.send(hub.admin, "GET", call.path() + "?format=csv", "");
                tables += csv.statusCode() == 200 ? 1 : 0;
                if (CELL.matcher(csv.body()).find()) {
                    run.add(call.path() + "\n" + csv.body());
                }
                assertThat(csv.headers().firstValue("Content-Disposition").orElse("attachment"))
                        .startsWith("attachment");
            }
        }
        assertThat(tables).isGreaterThan(5);
        assertThat(run).isEmpty();
        assertThat(OneTenant.made()
                        .every
                        .send(hub.admin, "GET", "/v1/orders?format=csv", "")
                        .body())
                .contains("'=1+1");
    }

    @Test
    void nobody_is_led_elsewhere_after_signing_in_or_by_a_form() throws Exception {
        for (String to : List.of(
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "javascript:alert(1)",
                "/\tevil",
                "/\n/evil.example",
                "/%0d%0aSet-Cookie:x=1\r\nX: y",
                " //evil.example",
                "@evil.example",
                ".evil.example")) {
            for (HttpResponse<String> answer : List.of(
                    hub.stranger().post("/sign-in", "/sign-in", "key", hub.admin, "to", to),
                    hub.stranger().post("/sign-in", "/language", "language", "zh", "back", to))) {
                String led = answer.headers().firstValue("Location").orElse("/");
                assertThat(led).as(to).startsWith("/").doesNotStartWith("//").doesNotContain("\\");
                assertThat(hub.address().resolve(led).getHost()).as(to).isEqualTo("127.0.0.1");
                assertThat(answer.headers().map()).doesNotContainKey("X");
            }
        }
    }

    @Test
    void the_name_of_an_uploaded_file_is_a_name_and_no_path_header_or_markup() throws Exception {
        String sheet = "order_no,ship_name\n1,Jane\n";
        for (String name : List.of(
                "../../../etc/passwd",
                "..\\..\\windows\\x.csv",
                "/etc/cron.d/x",
                "a\u0000.csv",
                "<img src=x onerror=alert(1)>.csv",
                "=1+1.csv",
                "x%0d%0aSet-Cookie: a=b.csv",
                "\u202Evsc.exe",
                "n".repeat(3_000) + ".csv",
                "CON.csv",
                "{{7*7}}${7*7}.csv")) {
            HttpResponse<String> answer =
                    ada.upload("/upload", "/upload", name, sheet.getBytes(UTF_8), "source", "sheet-csv");
            assertThat(answer.statusCode()).as(name + answer.body()).isIn(200, 303, 400, 422);
            String shown = answer.statusCode() == 303
                    ? ada.page(answer.headers().firstValue("Location").orElseThrow())
                    : answer.body();
            assertThat(shown).as(name).doesNotContain("<img src=x", "root:x:");
            assertThat(answer.headers().allValues("Set-Cookie")).as(name).isEmpty();
        }
    }

    /** Every page that can be come to, a few of each kind. */
    private static Map<String, HttpResponse<String>> crawled() throws Exception {
        Map<String, HttpResponse<String>> seen = new LinkedHashMap<>();
        Map<String, Integer> kinds = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/"));
        while (!open.isEmpty()) {
            String path = open.poll();
            String kind = ID.matcher(path).replaceAll("ID").replaceAll("=[^&]*", "=");
            if (!seen.containsKey(path) && kinds.merge(kind, 1, Integer::sum) <= 2) {
                HttpResponse<String> answer = ada.get(path);
                seen.put(path, answer);
                LINK.matcher(answer.body())
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.startsWith("/assets/") && !link.startsWith("/docs"))
                        .forEach(open::add);
            }
        }
        return seen;
    }
}
