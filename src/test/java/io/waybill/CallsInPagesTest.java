package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each call that a page or an answer of the hub names is one of the contract, with that verb and these parameters. */
class CallsInPagesTest {
    private static final Pattern CALL = Pattern.compile(
            "(?:\\b(GET|POST|PUT|DELETE|PATCH) +)?(?:http://127\\.0\\.0\\.1:\\d+)?(/v1/[a-z]+(?:/[\\w<>{}…$-]+)*)(?:\\?([\\w=&{}<>…:-]*))?");

    /** Where a collector takes spans. */
    private static final String NOT_OURS = "/v1/traces";

    private static JsonNode paths;

    @BeforeAll
    static void start() throws Exception {
        paths = Json.mapper()
                .readTree(PortalHub.running()
                        .hub
                        .send("/openapi.json", "Accept-Language", "en")
                        .body())
                .path("paths");
    }

    @Test
    void every_call_that_is_told_of_is_one() {
        List<String> unknown = new ArrayList<>();
        int[] told = {0};
        Stream.of(ProjectPages.all(), ProjectPages.answers())
                .flatMap(texts -> texts.entrySet().stream())
                .forEach(page -> CALL.matcher(page.getValue())
                        .results()
                        .filter(call -> !call.group(2).equals(NOT_OURS))
                        .forEach(call -> {
                            told[0]++;
                            String verb = call.group(1) == null ? "" : call.group(1);
                            if (!isOne(verb, call.group(2), names(call.group(3)))) {
                                unknown.add(page.getKey() + ": " + call.group());
                            }
                        }));

        assertThat(told[0]).isGreaterThan(100);
        assertThat(unknown).isEmpty();
    }

    private static Set<String> names(String query) {
        Set<String> names = new TreeSet<>();
        if (query != null) {
            Stream.of(query.split("&", -1))
                    .filter(one -> !one.isEmpty())
                    .forEach(one -> names.add(one.replaceAll("=.*", "")));
        }
        return names;
    }

    private static boolean isOne(String verb, String path, Set<String> names) {
        for (Map.Entry<String, JsonNode> known : paths.properties()) {
            if (Pattern.matches(known.getKey().replaceAll("\\{[^}]+}", "[^/]+"), path)) {
                for (Map.Entry<String, JsonNode> call : known.getValue().properties()) {
                    boolean isVerb = verb.isEmpty() || call.getKey().equals(verb.toLowerCase(Locale.ROOT));
                    if (isVerb && parameters(call.getValue()).containsAll(names)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Set<String> parameters(JsonNode call) {
        Set<String> names = new TreeSet<>();
        call.path("parameters")
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }
}
