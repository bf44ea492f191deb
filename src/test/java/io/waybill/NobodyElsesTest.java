package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An admin of one namespace makes every call of the contract with all ids, numbers and names of another: whatever is asked is
 * answered as for what was never there, and nothing is done.
 */
class NobodyElsesTest {
    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOMENT = Pattern.compile("\"(at|since|from)\":\"[^\"]*\"");
    private static final Pattern TENANT = Pattern.compile("\\b" + OneTenant.NAMESPACE + "\\b(?!-)");

    private static OneTenant acme;
    private static EveryCall every;
    private static String gus;
    private static Map<String, String> before;

    @BeforeAll
    static void start() throws Exception {
        acme = OneTenant.made();
        every = acme.every;
        gus = every.admin("Gus", "globex");
        before = acme.stands();
    }

    @AfterAll
    static void nothingWasDone() throws Exception {
        assertThat(acme.stands()).isEqualTo(before);
        for (JsonNode entry : every.portal.json("/v1/audit").path("items")) {
            if (Set.of("Gus", "Nora").contains(entry.path("by").asText())) {
                assertThat(entry.path("namespace").asText())
                        .as(entry.toString())
                        .isNotEqualTo(OneTenant.NAMESPACE);
            }
        }
    }

    @Test
    void an_id_of_another_namespace_is_answered_as_one_that_nobody_ever_gave() throws Exception {
        List<String> apart = new ArrayList<>();
        int asked = 0;
        for (EveryCall.Call call : every.calls()) {
            String path = call.path().replace("{kind}", "label").replace("{name}", "acme-orders");
            for (String id : path.contains("{id}") ? acme.ids.values() : Set.<String>of()) {
                compare(call, path.replace("{id}", id), id, apart);
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(300);
        assertThat(apart).isEmpty();
    }

    @Test
    void what_is_looked_for_by_a_word_of_another_namespace_finds_as_little_as_by_nobodys() throws Exception {
        List<String> apart = new ArrayList<>();
        int asked = 0;
        for (EveryCall.Call call : every.calls()) {
            for (JsonNode parameter : call.told().path("parameters")) {
                String name = parameter.path("name").asText();
                for (String value : call.verb().equals("GET") ? known(call, name) : List.<String>of()) {
                    compare(call, call.path() + "?" + name + "=" + value + needed(call, name), value, apart);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(50);
        assertThat(apart).isEmpty();
    }

    /** What a parameter of the query could be guessed or overheard to be. */
    private static List<String> known(EveryCall.Call call, String parameter) {
        boolean isSealed = call.path().endsWith("/sums") || call.path().contains("{");
        return switch (isSealed ? "" : parameter) {
            case "cursor", "entity", "invoice", "entry" -> List.copyOf(acme.ids.values());
            case "orderId", "key" -> List.of("DOC-1", "CANARY-1");
            case "q" -> List.of("DOC-1", "Canaria", acme.kept("TRACKING"));
            case "trackingNumber" -> List.of(acme.kept("TRACKING"));
            case "reference" -> List.of("PO-77");
            case "namespace" -> List.of(OneTenant.NAMESPACE);
            case "source" -> List.of("acme-csv", "sheet-csv");
            case "assignee" -> List.of("Olga");
            default -> List.of();
        };
    }

    /** What else a call must be told to be answered at all. */
    private static String needed(EveryCall.Call call, String but) {
        StringBuilder query = new StringBuilder();
        call.told().path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asText();
            if (parameter.path("required").asBoolean() && !name.equals(but)) {
                query.append('&').append(name).append("=sandbox");
            }
        });
        return query.toString();
    }

    private static void compare(EveryCall.Call call, String path, String word, List<String> apart) throws Exception {
        String body = every.sent(call.examples().path(0)).body();
        String nobodys = OneTenant.nobodys(word);
        String real = said(every.send(gus, call.verb(), path, body));
        String none = said(every.send(gus, call.verb(), path.replace(word, nobodys), body));
        if (!real.equals(none.replace(nobodys, word))) {
            apart.add(call.verb() + " " + path + "\n  " + real + "\n  " + none);
        }
    }

    private static String said(HttpResponse<String> answer) {
        String body = REQUEST.matcher(answer.body()).replaceAll("-");
        return answer.statusCode() + " " + MOMENT.matcher(body).replaceAll("\"$1\":\"-\"");
    }

    @Test
    void no_list_no_sum_and_no_refusal_holds_a_word_of_another_namespace() throws Exception {
        List<String> leaks = new ArrayList<>();
        for (EveryCall.Call call : every.calls()) {
            for (JsonNode example : call.examples()) {
                EveryCall.Sent sent = every.sent(example);
                String answer = every.send(gus, sent).body();
                acme.words.stream()
                        .filter(word ->
                                answer.contains(word) && !sent.toString().contains(word))
                        .forEach(word -> leaks.add(sent + " tells " + word + ": " + answer));
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void where_a_printer_of_all_stands_is_told_to_who_sees_all_of_them() throws Exception {
        assertThat(every.send(gus, "GET", "/v1/stations", "").body())
                .contains("{\"name\":\"bench-1\",\"where\":null,", "{\"name\":\"bench-2\",\"where\":null,");
        assertThat(every.portal.json("/v1/stations").at("/items/0/where").asText())
                .endsWith("printed");
    }

    @Test
    void who_does_the_same_for_a_namespace_of_their_own_is_told_of_no_other() throws Exception {
        List<String> leaks = new ArrayList<>();
        String nora = every.admin("Nora", "initech");
        assertThat(every.send(nora, "GET", "/v1/rollout/initech", "").body())
                .contains("namespace-not-found")
                .doesNotContain(OneTenant.NAMESPACE);
        for (EveryCall.Call call : every.calls()) {
            for (JsonNode example : call.examples()) {
                EveryCall.Sent own = in("initech", every.sent(example));
                String answer = every.send(nora, own).body();
                boolean isOfItsSource = answer.contains("not-your-namespace");
                if (TENANT.matcher(answer).find() && !isOfItsSource) {
                    leaks.add(own + ": " + answer);
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    private static EveryCall.Sent in(String namespace, EveryCall.Sent sent) {
        String said = sent.body().startsWith("{\"") ? "{\"namespace\":\"" + namespace + "\"," : "";
        return new EveryCall.Sent(
                sent.verb(),
                sent.path().replaceAll("/" + OneTenant.NAMESPACE + "\\b", "/" + namespace),
                said.isEmpty() ? sent.body() : said + sent.body().substring(1));
    }

    @Test
    void a_key_with_every_scope_but_the_one_a_call_needs_may_not_make_it() throws Exception {
        Map<String, String> without = new TreeMap<>();
        for (EveryCall.Call call : every.calls()) {
            for (String scope : call.scopes()) {
                String key = without.computeIfAbsent(scope, NobodyElsesTest::keyWithout);
                HttpResponse<String> answer =
                        every.send(key, call.verb(), call.path().replaceAll("\\{\\w+}", "x"), "");
                assertThat(answer.statusCode() + answer.body())
                        .as(call.verb() + " " + call.path() + " without " + scope)
                        .startsWith("403")
                        .contains("scope-missing");
            }
        }
        assertThat(without).hasSizeGreaterThan(6);
    }

    private static String keyWithout(String scope) {
        ObjectNode wish = Json.mapper().createObjectNode().put("name", "all but " + scope);
        Stream.of(Scope.values())
                .map(Scope::text)
                .filter(other -> !other.equals(scope) && !other.equals("admin"))
                .forEach(wish.putArray("scopes")::add);
        try {
            return every.key(wish);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
