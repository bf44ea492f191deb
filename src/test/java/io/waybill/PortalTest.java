package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Stores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame of the pages: signing in, languages, who sees what. */
class PortalTest {
    static final String WEIGHED = "\"parcels\": [{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}],";
    private static PortalHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalTest.class);
    }

    @Test
    void whoever_is_not_signed_in_is_asked_to_and_then_led_where_they_wanted_to_go() throws Exception {
        HttpResponse<String> answer = hub.stranger().get("/orders?status=held");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/sign-in?to=%2Forders%3Fstatus%3Dheld");
        assertThat(hub.stranger().page("/sign-in?to=%2Forders%3Fstatus%3Dheld"))
                .contains("name=\"to\" value=\"/orders?status=held\"");
    }

    @Test
    void the_pages_of_an_empty_hub_say_what_comes_first(@TempDir Path folder) throws Exception {
        try (OneHub empty = new OneHub(folder, Stores.h2(folder.resolve("db")), "")) {
            assertThat(empty.send("/orders", "Accept", "text/html").body())
                    .contains(
                            "No order is in yet.",
                            "<a href=\"/new\">New shipment</a> · <a href=\"/upload\">Upload</a>");
            assertThat(empty.send("/settings/keys", "Accept", "text/html").body())
                    .contains("whoever sits at the machine of the hub is let in")
                    .doesNotContain("<table");
            assertThat(empty.send("/money/open", "Accept", "text/html").body())
                    .contains("No invoice bills this account yet.")
                    .doesNotContain("Billed until");
        }
    }

    @Test
    void a_page_that_looks_again_after_its_session_is_over_is_led_to_the_way_in() throws Exception {
        HttpResponse<String> answer = hub.stranger().get("/", "HX-Request", "true");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("HX-Redirect")).contains("/sign-in?to=%2F");
    }

    @Test
    void a_form_of_a_session_that_is_over_leads_back_to_its_page_and_says_that_nothing_was_saved() throws Exception {
        String id = hub.order("P-OVER", "");
        String page = "/orders/" + id + "?x=1";
        List<String> form = List.of("csrf", "old", "back", page, "weight", "2");

        HttpResponse<String> answer = hub.stranger().send("/orders/" + id + "/parcels", form);

        String door = answer.headers().firstValue("Location").orElseThrow();
        assertThat(door).isEqualTo("/sign-in?to=%2Forders%2F" + id + "%3Fx%3D1&unsaved=true");
        PortalHub.Visitor back = hub.stranger();
        assertThat(back.page(door)).contains("You were signed out meanwhile: nothing of what you sent was saved");
        assertThat(back.done(door, "/sign-in", "key", hub.admin, "to", page, "unsaved", "true"))
                .contains("You had been signed out: nothing was saved", "P-OVER", ">held<");
    }

    @Test
    void a_form_without_a_page_of_ours_leads_to_the_first_one_after_signing_in() throws Exception {
        for (String back : List.of("", "https://evil.example/orders", "/exceptions/act/x", "//evil.example")) {
            HttpResponse<String> answer = hub.stranger().send("/exceptions/act", List.of("csrf", "old", "back", back));
            assertThat(answer.headers().firstValue("Location")).contains("/sign-in?to=%2F&unsaved=true");
        }
    }

    @Test
    void the_address_of_a_form_that_was_refused_leads_to_its_page() throws Exception {
        PortalHub.Visitor adam = hub.person("adam", "admin", "*");
        String id = hub.order("P-AGAIN", "");
        Map<String, String> pages = Map.of(
                "/orders/" + id + "/edit",
                "/orders/" + id,
                "/money/invoices",
                "/money",
                "/settings/keys/key_1/revoke",
                "/settings/keys",
                "/sign-out",
                "/");

        for (Map.Entry<String, String> page : pages.entrySet()) {
            HttpResponse<String> answer = adam.get(page.getKey());
            assertThat(answer.statusCode()).as(page.getKey()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains(page.getValue());
        }
        assertThat(adam.get("/orders/" + id + "/no-such-act").statusCode()).isEqualTo(404);
    }

    @Test
    void an_address_elsewhere_is_never_gone_to() throws Exception {
        for (String to : List.of("https://evil.example", "//evil.example", "/\\evil.example")) {
            HttpResponse<String> answer = hub.stranger().post("/sign-in", "/sign-in", "key", hub.admin, "to", to);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/");
        }
    }

    @Test
    void a_wrong_key_and_the_key_of_a_system_open_nothing() throws Exception {
        HttpResponse<String> wrong = hub.stranger().post("/sign-in", "/sign-in", "key", "wbk_wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("This key is not known").doesNotContain("wbk_wrong");
        assertThat(wrong.headers().allValues("Set-Cookie")).isEmpty();

        String system = hub.hub
                .postTo(
                        "/v1/admin/keys",
                        "{\"name\":\"erp\",\"scopes\":[\"read\"]}",
                        "Authorization",
                        "Bearer " + hub.admin)
                .body()
                .replaceAll("(?s).*\"secret\":\"([^\"]+)\".*", "$1");
        assertThat(hub.stranger().post("/sign-in", "/sign-in", "key", system).statusCode())
                .isEqualTo(403);
    }

    @Test
    void who_tries_too_many_keys_hears_so() throws Exception {
        PortalHub.Visitor guesser = hub.stranger();
        int last = 0;
        for (int i = 0; i < 25 && last != 429; i++) {
            last = guesser.post("/sign-in", "/sign-in", "key", "wbk_guess" + i).statusCode();
        }
        assertThat(last).isEqualTo(429);
    }

    @Test
    void the_cookie_is_for_the_server_alone_and_a_page_lets_in_no_script_but_ours() throws Exception {
        HttpResponse<String> in = hub.stranger().post("/sign-in", "/sign-in", "key", hub.admin);
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("waybill_session=")
                .contains("HttpOnly", "SameSite=Strict");

        HttpResponse<String> page = person("Olga", "ops").get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src=)|\\son\\w+=|\\sstyle=|https?://");
    }

    @Test
    void a_form_of_a_window_from_before_signing_in_anew_leads_back_to_its_page_and_changes_nothing() throws Exception {
        PortalHub.Visitor olga = person("Olga", "ops");
        String id = hub.order("P-OLDER", "");
        String[] form = {"csrf", "of-another-session", "back", "/orders/" + id};

        HttpResponse<String> answer =
                olga.send("/orders/" + id + "/cancel", List.of(form), "Sec-Fetch-Site", "same-origin");

        assertThat(answer.statusCode()).isEqualTo(303);
        String page = answer.headers().firstValue("Location").orElseThrow();
        assertThat(page).isEqualTo("/orders/" + id + "?done=unsaved");
        assertThat(olga.page(page)).contains("You had been signed out: nothing was saved", ">held<", "data-unsaved");
        assertThat(olga.send("/orders/" + id + "/cancel", List.of(form), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobody_is_signed_in_by_a_page_of_another_site_whatever_their_browser_says_of_it() throws Exception {
        PortalHub.Visitor stranger = hub.stranger();
        List<String> form = List.of("key", hub.admin, "to", "/");
        String here = hub.address().toString();
        for (String[] foreign : List.of(
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "cross-site", "Origin", here},
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", here + ".evil.example"},
                new String[] {"Origin", "null"})) {
            HttpResponse<String> answer = stranger.send("/sign-in", form, foreign);
            assertThat(answer.statusCode()).as(String.join(" ", foreign)).isEqualTo(403);
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }
        for (String[] own : List.of(new String[] {}, new String[] {"Origin", here}, new String[] {
            "Sec-Fetch-Site", "same-origin", "Origin", "https://hub.example.com"
        })) {
            assertThat(hub.stranger().send("/sign-in", form, own).statusCode())
                    .as(String.join(" ", own))
                    .isEqualTo(303);
        }
    }

    @Test
    void a_form_from_elsewhere_changes_nothing() throws Exception {
        PortalHub.Visitor olga = person("Olga", "ops");
        String id = hub.order("P-CSRF", "");

        assertThat(olga.send("/orders/" + id + "/cancel", List.of("csrf", "guessed", "back", "/"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(olga.send("/orders/" + id + "/cancel", List.of()).statusCode())
                .isEqualTo(403);
        assertThat(olga.page("/orders/" + id)).contains(">held<");
    }

    @Test
    void the_language_is_chosen_on_the_page_and_remembered() throws Exception {
        PortalHub.Visitor olga = person("Lin", "ops");
        assertThat(olga.page("/")).contains("<html lang=\"en\">", ">Today<");

        String chinese = olga.done("/", "/language", "language", "zh");

        assertThat(chinese).contains("<html lang=\"zh-CN\">", ">今日<");
        assertThat(olga.page("/orders")).contains("<html lang=\"zh-CN\">");
        assertThat(olga.get("/v1/orders/ord_none").body()).containsPattern("\\p{IsHan}");
        assertThat(olga.done("/orders?status=held", "/language", "language", "en"))
                .contains("<html lang=\"en\">", "selected");
    }

    @Test
    void signing_out_ends_the_session() throws Exception {
        PortalHub.Visitor gone = person("Gone", "ops");
        gone.post("/", "/sign-out");
        assertThat(gone.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void support_looks_and_changes_nothing() throws Exception {
        String id = hub.order("P-SUPPORT", "");
        PortalHub.Visitor sue = person("Sue", "support");

        assertThat(sue.page("/orders/" + id))
                .contains("P-SUPPORT")
                .doesNotContain("/cancel\"", "/release\"", "/parcels\"");
        HttpResponse<String> answer = sue.post("/orders/" + id, "/orders/" + id + "/cancel");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("role=\"alert\"", "orders:write", "P-SUPPORT");
    }

    @Test
    void a_person_of_one_namespace_sees_only_theirs() throws Exception {
        String id = hub.order("P-ACME", "");
        PortalHub.Visitor stan = hub.person("Stan", "ops", "globex");

        assertThat(stan.page("/orders")).doesNotContain("P-ACME");
        assertThat(stan.page("/orders?find=P-ACME")).doesNotContain("/orders/ord_");
        assertThat(stan.get("/orders/" + id).statusCode()).isEqualTo(404);
        assertThat(stan.get("/orders/export?format=csv").body()).doesNotContain("P-ACME");
        assertThat(stan.page("/")).contains("<strong>0</strong><span>in</span>");
        assertThat(stan.post("/", "/orders/" + id + "/cancel").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_that_is_not_there_says_so() throws Exception {
        HttpResponse<String> answer = person("Olga", "ops").get("/orders/ord_none/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such page");
        assertThat(hub.stranger().get("/v1/orders").statusCode()).isEqualTo(401);
    }

    @Test
    void an_address_that_is_none_is_told_on_a_page_to_a_browser_and_as_a_problem_to_a_program() throws Exception {
        PortalHub.Visitor olga = person("Olga", "ops");
        String[] browser = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};

        HttpResponse<String> page = olga.get("/oders", browser);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body())
                .startsWith("<!doctype html>")
                .contains("There is no such page", "<a href=\"/\">Today</a>", "aria-label=\"");
        assertThat(hub.stranger().get("/oders", browser).headers().firstValue("Location"))
                .hasValue("/sign-in?to=%2Foders");
        for (HttpResponse<String> told : List.of(
                olga.get("/oders"), olga.get("/oders", "Accept", "application/json"), olga.get("/v1/oders", browser))) {
            assertThat(told.statusCode()).isEqualTo(404);
            assertThat(told.body()).contains("\"code\":\"no-such-path\"");
        }
        assertThat(hub.stranger().get("/v1/oders", browser).statusCode()).isEqualTo(401);
        assertThat(hub.stranger().get("/oders").statusCode()).isEqualTo(401);
    }

    @Test
    void a_form_nobody_can_read_is_told_on_a_page() throws Exception {
        PortalHub.Visitor olga = person("Olga", "ops");
        HttpResponse<String> unbounded = olga.send("/rates", "multipart/form-data", "x");
        assertThat(unbounded.statusCode()).isEqualTo(400);
        assertThat(unbounded.body()).startsWith("<!doctype html>");

        HttpResponse<String> broken = olga.post("/bench", "/bench", "id", "a/b", "weight", "1");
        assertThat(broken.statusCode()).isEqualTo(404);
        assertThat(broken.body()).startsWith("<!doctype html>");
        Matcher token = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"").matcher(olga.page("/bench"));
        assertThat(token.find()).isTrue();
        HttpResponse<String> undecodable = olga.send(
                "/bench",
                "application/x-www-form-urlencoded",
                "csrf=" + token.group(1) + "&back=%2Fbench%3Forder%3D%25zz&id=ord_none&weight=1");
        assertThat(undecodable.statusCode()).isEqualTo(404);
        assertThat(undecodable.body()).startsWith("<!doctype html>");
    }

    @Test
    void the_first_page_is_under_100_kB() throws Exception {
        PortalHub.Visitor olga = person("Olga", "ops");
        String page = olga.page("/");
        long bytes = page.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        Matcher assets = Pattern.compile("/assets/[^\"]+").matcher(page);
        int count = 0;
        while (assets.find()) {
            HttpResponse<String> asset = olga.get(assets.group(), "Accept-Encoding", "gzip");
            assertThat(asset.statusCode()).isEqualTo(200);
            assertThat(asset.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            bytes += Long.parseLong(asset.headers().firstValue("Content-Length").orElseThrow());
            count++;
        }
        assertThat(count).isEqualTo(4);
        assertThat(bytes).isLessThan(100_000);
    }

    private static PortalHub.Visitor person(String name, String role) throws Exception {
        return hub.person(name, role, "*");
    }
}
