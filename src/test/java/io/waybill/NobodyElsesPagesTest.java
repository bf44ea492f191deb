package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An admin of one namespace opens every page that an admin of all finds by following links, and sends every form that stands on
 * them: nothing of another namespace is told, and nothing is done.
 */
class NobodyElsesPagesTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*method=\"post\"[^>]*action=\"(/[^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD =
            Pattern.compile("<(?:input|button|option)[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"");
    private static final int OF_A_KIND = 3;

    private static OneTenant acme;
    private static Map<String, String> pages;
    private static PortalHub.Visitor gus;

    @BeforeAll
    static void start() throws Exception {
        acme = OneTenant.made();
        pages = found(acme.every.portal.person("Ada Pages", "admin", "*"));
        gus = acme.every.portal.person("Gus Pages", "admin", "globex");
    }

    @Test
    void a_page_of_another_namespace_is_not_there_and_no_other_holds_a_word_of_it() throws Exception {
        List<String> leaks = new ArrayList<>();
        assertThat(pages).hasSizeGreaterThan(60);
        for (String path : pages.keySet()) {
            HttpResponse<String> answer = gus.get(path);
            String nobodys = OneTenant.ID.matcher(path).replaceAll(id -> OneTenant.nobodys(id.group()));
            if (answer.statusCode() != gus.get(nobodys).statusCode()) {
                leaks.add(path + " is answered " + answer.statusCode());
            }
            leaks(path, answer.body(), leaks);
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void a_form_about_another_namespace_does_nothing_and_tells_nothing() throws Exception {
        List<String> leaks = new ArrayList<>();
        Map<String, String> before = acme.stands();
        List<String[]> forms = forms();
        assertThat(forms).hasSizeGreaterThan(20);
        for (String[] form : forms) {
            List<String> fields = new ArrayList<>(List.of(form).subList(1, form.length));
            HttpResponse<String> answer = gus.post("/", form[0], fields.toArray(String[]::new));
            leaks(String.join(" ", form), answer.body(), leaks);
        }
        assertThat(leaks).isEmpty();
        assertThat(acme.stands()).isEqualTo(before);
        for (JsonNode entry : acme.every.portal.json("/v1/audit").path("items")) {
            boolean isTheirs = entry.path("namespace").asText().equals(OneTenant.NAMESPACE);
            assertThat(isTheirs && entry.path("by").asText().equals("Gus Pages"))
                    .as(entry.toString())
                    .isFalse();
        }
    }

    /** What is asked for may be said again. */
    private static void leaks(String asked, String answer, List<String> leaks) {
        acme.words.stream()
                .filter(word -> answer.contains(word) && !asked.contains(word))
                .forEach(word -> leaks.add(asked + " tells " + word));
    }

    /** Every page and its body, a few of each kind. */
    private static Map<String, String> found(PortalHub.Visitor visitor) throws Exception {
        Map<String, String> seen = new LinkedHashMap<>();
        Map<String, Integer> kinds = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/", "/orders/" + acme.kept("ORDER")));
        while (!open.isEmpty()) {
            String path = open.poll();
            String kind = OneTenant.ID.matcher(path).replaceAll("ID").replaceAll("=[^&]*", "=");
            if (!seen.containsKey(path) && kinds.merge(kind, 1, Integer::sum) <= OF_A_KIND) {
                String body = visitor.get(path).body();
                seen.put(path, body);
                LINK.matcher(body)
                        .results()
                        .map(link -> link.group(1).replace("&amp;", "&"))
                        .filter(link -> !link.startsWith("/assets/") && !link.startsWith("/docs"))
                        .forEach(open::add);
            }
        }
        return seen;
    }

    /** Where each goes, then name, value, name, value. */
    private static List<String[]> forms() {
        Map<String, String[]> forms = new TreeMap<>();
        pages.values()
                .forEach(page -> FORM.matcher(page).results().forEach(form -> {
                    List<String> said = new ArrayList<>(List.of(form.group(1).replace("&amp;", "&")));
                    FIELD.matcher(form.group(2))
                            .results()
                            .filter(field -> !field.group(1).equals("csrf")
                                    && !field.group(1).equals("back"))
                            .forEach(field -> said.addAll(
                                    List.of(field.group(1), field.group(2).replace("&amp;", "&"))));
                    forms.put(String.join(" ", said), said.toArray(String[]::new));
                }));
        forms.values().removeIf(form -> form[0].startsWith("/sign-") || form[0].equals("/language"));
        return List.copyOf(forms.values());
    }
}
