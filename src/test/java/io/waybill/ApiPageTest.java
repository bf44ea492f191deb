package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Role;
import io.waybill.access.Scope;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/api.md and docs/api.zh-CN.md say to whoever calls the hub: their calls are answered as they say. */
class ApiPageTest {
    private static final Pattern CALL = Pattern.compile("(?ms)^ {4}(curl [^#]+?) +# (\\d{3})$");
    private static final Map<String, String> KEPT = Map.of("ORDER", "/id", "SHIPMENT", "/shipments/0/id");
    private static String page;
    private static String chinese;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("docs/api.md"));
        chinese = Files.readString(Path.of("docs/api.zh-CN.md"));
    }

    @Test
    void each_call_of_the_page_is_answered_as_it_says() throws Exception {
        PortalHub portal = PortalHub.running();
        Map<String, String> kept = new HashMap<>(Map.of("HUB", portal.address().toString()));
        int sent = 0;
        for (Matcher call = CALL.matcher(page); call.find(); sent++) {
            HttpResponse<String> answer =
                    Curl.sent(call.group(1) + " -H 'Authorization: Bearer " + portal.admin + "'", kept);
            assertThat(answer.statusCode())
                    .as(call.group(1) + "\n" + answer.body())
                    .isEqualTo(Integer.parseInt(call.group(2)));
            keep(answer, kept);
        }
        assertThat(sent).isEqualTo(page.split("\n    curl ", -1).length - 1).isGreaterThan(14);
    }

    private static void keep(HttpResponse<String> answer, Map<String, String> kept) throws IOException {
        if (answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            JsonNode told = Json.mapper().readTree(answer.body());
            KEPT.forEach((name, pointer) -> {
                if (told.at(pointer).isTextual()) {
                    kept.put(name, told.at(pointer).textValue());
                }
            });
        }
    }

    @Test
    void the_page_shows_a_problem_as_it_is_answered() throws Exception {
        String shown = page.substring(page.indexOf("\n    {\"type\""));
        JsonNode problem = Json.mapper().readTree(shown.substring(0, shown.indexOf("\n\n", 2)));
        Matcher wrong = Pattern.compile("(?m)^ {4}(curl .+servce.+?) +# 422$").matcher(page);
        assertThat(wrong.find()).isTrue();
        PortalHub portal = PortalHub.running();

        HttpResponse<String> answer = Curl.sent(
                wrong.group(1) + " -H 'Authorization: Bearer " + portal.admin + "'",
                Map.of("HUB", portal.address().toString()));

        JsonNode told = Json.mapper().readTree(answer.body());
        assertThat(told.path("type")).isEqualTo(problem.path("type"));
        assertThat(told.at("/errors/0/hint")).isEqualTo(problem.at("/errors/0/hint"));
        assertThat(told.at("/errors/1")).isEqualTo(problem.at("/errors/1"));
    }

    @Test
    void both_languages_show_the_same_calls_and_answers() {
        assertThat(shown(chinese)).isEqualTo(shown(page)).hasSizeGreaterThan(20);
    }

    private static List<String> shown(String page) {
        return page.lines().filter(line -> line.startsWith("    ")).toList();
    }

    @Test
    void both_languages_name_what_a_key_may_do() {
        for (String text : List.of(page, chinese)) {
            for (Scope scope : Scope.values()) {
                assertThat(text).contains("`" + scope.text() + "`");
            }
            for (Role role : Role.values()) {
                assertThat(text).contains("`" + role.text() + "`");
            }
        }
    }
}
