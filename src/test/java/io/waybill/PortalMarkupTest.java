package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.Markup.Element;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page there is, with much on it and with what nobody would type, as a strict reader takes it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PortalMarkupTest {
    private static final List<String> TYPED =
            List.of("", "\"><b>x</b>&'{0}", "9".repeat(400), "\u202e\ud83d\udce6 \uff12 -1e999", "../../x?y=1#z");
    private static final List<String> ASKED = List.of(
            "cursor=zzz",
            "cursor=",
            "cursor=-1",
            "cursor=99999999999999999999",
            "limit=0",
            "done=nothing",
            "done=unsaved",
            "sort=%3Cb%3E",
            "cursor=1&cursor=2",
            "=&&=");

    private static PortalSite site;

    @BeforeAll
    static void start() throws Exception {
        site = PortalSite.made();
    }

    @ParameterizedTest
    @CsvSource({"en,en", "zh,zh-CN"})
    @Order(1)
    void every_page_is_well_formed_and_says_what_each_of_its_parts_is(String language, String told) throws Exception {
        site.ada.language = language;
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, HttpResponse<String>> page : site.found().entrySet()) {
            HttpResponse<String> answer = page.getValue();
            if (answer.statusCode() != 200) {
                wrong.add(page.getKey() + " is answered " + answer.statusCode());
            } else if (PortalSite.isPage(answer)) {
                MarkupRules.wrong(answer.body(), told).forEach(each -> wrong.add(page.getKey() + " " + each));
                MarkupRules.unworded(answer.body(), page.getKey(), language)
                        .forEach(each -> wrong.add(page.getKey() + " says " + each));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(2)
    void an_address_that_asks_for_what_there_is_not_is_answered_with_a_page() throws Exception {
        site.ada.language = "en";
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, HttpResponse<String>> page : site.found().entrySet()) {
            for (String odd : PortalSite.isPage(page.getValue()) ? ASKED : List.<String>of()) {
                String path = page.getKey() + (page.getKey().contains("?") ? "&" : "?") + odd;
                HttpResponse<String> answer = site.ada.get(path);
                if (!List.of(200, 400).contains(answer.statusCode())) {
                    wrong.add(path + " is answered " + answer.statusCode());
                }
                MarkupRules.wrong(answer.body(), "en").forEach(each -> wrong.add(path + " " + each));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(3)
    void a_form_with_anything_in_it_is_answered_with_a_sentence_and_keeps_what_was_typed() throws Exception {
        site.ada.language = "en";
        List<String> wrong = new ArrayList<>();
        for (PortalSite.Form form : site.forms()) {
            for (String typed : TYPED) {
                List<String> fields = filled(form, typed);
                HttpResponse<String> answer = sent(form, fields, typed);
                String what = form.page() + " " + form.action() + " " + fields + " is answered " + answer.statusCode();
                wrong(form, fields, answer).forEach(each -> wrong.add(what + " " + each));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(4)
    void a_box_that_says_one_is_sure_is_not_ticked_again_by_a_browser_that_goes_back() throws Exception {
        assertThat(site.forms().stream()
                        .filter(form -> form.fields().stream()
                                .anyMatch(field -> field.get("name").equals("sure")))
                        .map(PortalSite.Form::form))
                .hasSizeGreaterThan(1)
                .allMatch(form -> form.get("autocomplete").equals("off"));
    }

    /** Boxes and what the page itself put in stay; nothing is ticked where nothing is typed. */
    private static List<String> filled(PortalSite.Form form, String typed) {
        List<String> fields = new ArrayList<>();
        for (Element field : form.fields()) {
            boolean isBox = field.get("type").matches("checkbox|radio");
            boolean isSecond = field.get("type").equals("radio") && fields.contains(field.get("name"));
            if (!(isBox && typed.isEmpty()) && !isSecond) {
                boolean isKept = isBox || field.get("type").equals("hidden");
                fields.addAll(List.of(field.get("name"), isKept ? field.get("value") : typed));
            }
        }
        if (form.button().is("button")) {
            fields.addAll(List.of(form.button().get("name"), form.button().get("value")));
        }
        return fields;
    }

    private static HttpResponse<String> sent(PortalSite.Form form, List<String> fields, String typed) throws Exception {
        String[] all = fields.toArray(String[]::new);
        if (form.isFile()) {
            byte[] file = typed.getBytes(StandardCharsets.UTF_8);
            return site.ada.upload(form.page(), form.action(), typed.isEmpty() ? "" : "odd.csv", file, all);
        }
        if (form.isSent()) {
            return site.ada.post(form.page(), form.action(), all);
        }
        StringBuilder query = new StringBuilder(form.action());
        for (int i = 0; i < fields.size(); i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(URLEncoder.encode(fields.get(i), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
        }
        return site.ada.get(query.toString());
    }

    private static List<String> wrong(PortalSite.Form form, List<String> fields, HttpResponse<String> answer)
            throws Exception {
        if (answer.statusCode() == 303) {
            String next = answer.headers().firstValue("Location").orElse("");
            HttpResponse<String> page = site.ada.get(next);
            return page.statusCode() == 200 && PortalSite.isPage(page) ? List.of() : List.of("leads to " + next);
        }
        if (!answer.body().startsWith("<!doctype html>")) {
            return PortalSite.isPage(answer) && answer.statusCode() == 200 ? List.of() : List.of("is no page");
        }
        List<String> wrong = new ArrayList<>(MarkupRules.wrong(answer.body(), "en"));
        if (answer.statusCode() != 200) {
            Element page = new Markup(answer.body()).root;
            boolean isLate = form.action().endsWith("/replay");
            if (!(isLate || List.of(400, 401, 409, 422).contains(answer.statusCode()))) {
                wrong.add("as no form should be");
            }
            if (page.all()
                    .noneMatch(each -> each.get("role").equals("alert")
                            && each.text().strip().length() > 10)) {
                wrong.add("without a sentence");
            }
            for (int i = 0; i < fields.size(); i += 2) {
                if (!isKept(page, form, fields.get(i), fields.get(i + 1))) {
                    wrong.add("forgets " + fields.get(i));
                }
            }
        }
        return List.copyOf(wrong);
    }

    /** A field that asks a browser for a day, or for a secret, comes back empty where it held neither. */
    private static boolean isKept(Element page, PortalSite.Form form, String name, String typed) {
        List<Element> again = page.all("form")
                .filter(each -> each.get("action").equals(form.action()))
                .filter(each -> each.get("method").equals(form.form().get("method")))
                .flatMap(each -> each.all("input", "textarea"))
                .filter(field -> field.get("name").equals(name))
                .filter(field -> !field.get("type").matches("hidden|checkbox|radio|password|date|search"))
                .toList();
        return again.isEmpty()
                || again.stream()
                        .map(field -> field.is("textarea") ? field.text() : field.get("value"))
                        .anyMatch(value -> value.strip().equals(typed.strip()));
    }
}
