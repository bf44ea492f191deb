package io.waybill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page's main act in a real browser. */
class PortalBrowser {
    private static PortalHub hub;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running();
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"en-US,1280,LIGHT", "en-US,390,DARK", "zh-CN,1280,DARK", "zh-CN,390,LIGHT"})
    void every_page_does_what_it_is_for(String language, int width, ColorScheme scheme) throws Exception {
        try (BrowserContext window = chromium.window(width, language, true, scheme)) {
            List<String> wrong = new ArrayList<>();
            Page page = window.newPage();
            page.onConsoleMessage(said -> {
                if (said.type().equals("error") && !said.text().contains("status of 4")) {
                    wrong.add(said.text());
                }
            });
            page.onPageError(wrong::add);
            Chromium.signIn(page, hub, hub.admin);
            new Walk(hub, page, language + width, Chromium::assertFits).all();
            assertThat(wrong).as("what the browser complained of").isEmpty();
        }
    }

    @Test
    void all_of_it_works_without_scripts() throws Exception {
        try (BrowserContext window = chromium.window(1280, "en-US", false, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            new Walk(hub, page, "plain", each -> {}).all();
        }
    }

    @Test
    void an_order_is_found_packed_and_its_label_opened_by_keyboard_alone() throws Exception {
        hub.order("KEY-1", "");
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            page.navigate(hub.address().resolve("/sign-in").toString());
            assertThat(page.locator("#key")).isFocused();
            page.keyboard().type(hub.admin);
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Today");
            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("/");
            assertThat(page.locator("#find")).isFocused();
            page.keyboard().type("KEY-1");
            page.keyboard().press("Enter");
            assertThat(page.locator("tbody tr")).hasCount(1);
            tabTo(page, "tbody a");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("KEY-1");
            tabTo(page, "#weight-0");
            page.keyboard().type("2");
            page.keyboard().press("Enter");
            assertThat(page.locator(".done")).isVisible();
            tabTo(page, "figcaption a");
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
    }

    @Test
    void a_file_is_dropped_and_the_list_of_today_stays_fresh() throws Exception {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            hub.order("FRESH-1", "");
            page.evaluate("htmx.ajax('GET', '/', '#today')");
            assertThat(page.locator("#today .numbers")).isVisible();
            page.navigate(hub.address().resolve("/upload").toString());
            page.evaluate("""
                    const files = new DataTransfer();
                    files.items.add(new File(['a'], 'dropped.csv'));
                    document.querySelector('[data-drop] label')
                        .dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true}));""");
            assertThat(page.evaluate("document.querySelector('#file').files[0].name"))
                    .isEqualTo("dropped.csv");
        }
    }

    @Test
    void the_list_of_today_looks_again_unless_somebody_is_in_it() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            page.clock().install();
            Chromium.signIn(page, hub, hub.admin);
            page.evaluate("document.querySelector('#today .numbers').dataset.seen = 'before'");
            page.locator("#today .numbers a").first().focus();
            List<String> asked = new ArrayList<>();
            page.onRequest(request -> asked.add(request.url()));

            page.clock().fastForward(16_000);
            page.evaluate("fetch('/health/live').then(answer => answer.status)");
            assertThat(asked).hasSize(1).first().asString().endsWith("/health/live");

            page.evaluate("document.activeElement.blur()");
            page.clock().fastForward(16_000);
            assertThat(page.locator("#today .numbers[data-seen]")).hasCount(0);
        }
    }

    @Test
    void an_address_is_checked_and_prices_come_while_somebody_types() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/new").toString());
            page.locator("#to-name").fill("Jane Roe");
            page.locator("#to-line1").fill("1 Main St");
            page.locator("#to-city").fill("Austin");
            page.locator("#to-country").pressSequentially("US");
            assertThat(page.locator("#checked .problem")).containsText("Postal code");
            page.locator("#to-state").fill("TX");
            page.locator("#to-postalCode").pressSequentially("78701");
            assertThat(page.locator("#checked .done")).containsText("78701 US");
            page.locator("#new-weight").pressSequentially("1.2");
            assertThat(page.locator("#checked tbody tr").first()).isVisible();
        }
    }

    @Test
    void a_form_that_is_pressed_twice_is_sent_once() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/settings/keys").toString());
            page.locator("#name").fill("Twice");
            assertThat(page.evaluate("""
                    () => {
                      const sent = [];
                      addEventListener("submit", event => {
                        sent.push(!event.defaultPrevented);
                        event.preventDefault();
                      });
                      const button = document.querySelector("form[action='/settings/keys'] button");
                      button.click();
                      button.click();
                      return sent;
                    }""")).isEqualTo(List.of(true, false));
        }
    }

    @Test
    void a_button_is_not_pressed_by_the_second_half_of_a_double_click_that_began_on_another_page() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/settings/keys").toString());
            page.locator("#name").fill("Half");
            page.evaluate("""
                    () => {
                      window.sent = 0;
                      addEventListener("submit", event => {
                        window.sent++;
                        event.preventDefault();
                      });
                    }""");
            page.locator("form[action='/settings/keys'] button").hover();
            for (int count : new int[] {2, 1}) {
                page.mouse().down(new Mouse.DownOptions().setClickCount(count));
                page.mouse().up(new Mouse.UpOptions().setClickCount(count));
                assertThat(page.evaluate("window.sent")).as("click " + count).isEqualTo(2 - count);
            }
        }
    }

    @Test
    void a_number_and_a_name_without_a_blank_are_no_wider_than_a_telephone() throws Exception {
        String number = "LONG-" + "W".repeat(45);
        String id = hub.order(number, "");
        String self = "/orders/" + id;
        hub.person("Sam", "ops", "*").done(self, self + "/edit", "revision", "1", "/shipTo/name", "N".repeat(100));
        try (BrowserContext window = chromium.window(390, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            for (String path : List.of(self, self + "/origin", "/bench?order=" + number)) {
                page.navigate(hub.address().resolve(path).toString());
                Chromium.assertFits(page);
            }
        }
    }

    @Test
    void a_page_prints_without_what_is_only_for_the_screen() throws Exception {
        String id = hub.order("PRINT-1", PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(1280, "en-US", true, ColorScheme.DARK)) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/orders/" + id).toString());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
            assertThat(page.locator(".top")).isHidden();
            assertThat(page.locator("figure.label")).isVisible();
            assertThat(page.locator("summary:visible, a.button:visible")).hasCount(0);
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
        }
    }

    @Test
    void a_scanner_and_a_scale_type_into_what_waits_for_them() throws Exception {
        hub.order("BENCH-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        hub.order("BENCH-2", PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/bench").toString());
            scan(page, "NOBODY-S");
            assertThat(page.locator(".problem")).containsText("NOBODY-S");
            scan(page, "BENCH-2");
            assertThat(page.locator("h2")).hasText("BENCH-2");
            scan(page, "BENCH-1");
            assertThat(page.locator("#bench-weight-0")).isFocused();
            page.keyboard().type("2.5");
            assertThat(page.locator("#bench-weight-0")).hasValue("2.5");
        }
    }

    @Test
    void what_is_scanned_while_print_waits_for_a_key_is_a_number_and_prints_nothing() throws Exception {
        hub.order("BENCH-3", PortalTest.WEIGHED);
        hub.order("BENCH-4", PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address()
                    .resolve("/bench?order=BENCH-3&station=bench-1")
                    .toString());
            assertThat(page.locator("form[action='/bench/print'] button")).isFocused();
            page.keyboard().type("BENCH-4");
            page.keyboard().press("Enter");
            page.waitForURL("**/bench?order=BENCH-4*");
            assertThat(page.locator(".pending")).hasCount(0);
            page.keyboard().press("Enter");
            assertThat(page.locator(".pending")).containsText("1 ×");
            scan(page, "BENCH-3");
            assertThat(page.locator(".pending")).hasCount(0);
        }
    }

    private static void scan(Page page, String number) {
        assertThat(page.locator("#scan")).isFocused();
        page.keyboard().type(number);
        page.keyboard().press("Enter");
        page.waitForURL("**/bench?order=" + number + "*");
    }

    @Test
    void what_was_typed_before_a_session_ended_stands_there_after_signing_in_again() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/new").toString());
            page.locator("#orderId").fill("KEPT-1");
            page.locator("#to-name").fill("Jane Roe");
            page.locator("select[name=unit]").first().selectOption("lb");
            window.clearCookies();
            page.locator("button[value=check]").click();
            page.locator("#key").fill(hub.admin);
            page.locator("#key").press("Enter");

            assertThat(page.locator("#main > .pending")).isVisible();
            assertThat(page.locator("#orderId")).hasValue("KEPT-1");
            assertThat(page.locator("#to-name")).hasValue("Jane Roe");
            assertThat(page.locator("select[name=unit]").first()).hasValue("lb");
            page.reload();
            assertThat(page.locator("#orderId")).hasValue("");
        }
    }

    @Test
    void what_was_typed_stands_there_too_where_the_page_left_by_itself_while_somebody_typed() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/new").toString());
            page.locator("#to-line1").fill("1 Main St");
            window.clearCookies();
            page.locator("#to-city").pressSequentially("Austin");
            page.waitForURL("**/sign-in?to=%2Fnew*");
            page.locator("#key").fill(hub.admin);
            page.locator("#key").press("Enter");

            assertThat(page.locator("#to-line1")).hasValue("1 Main St");
            assertThat(page.locator("#to-city")).hasValue("Austin");
        }
    }

    @Test
    void what_was_typed_before_the_page_came_back_stands_there_too() throws Exception {
        String id = hub.order("KEPT-2", "");
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/new").toString());
            page.locator("#to-name").fill("Jane Roe");
            page.locator("button[value=check]").click();
            page.locator("#to-city").fill("Austin");
            signInAgain(window, page, "button[value=check]");
            assertThat(page.locator("#to-name")).hasValue("Jane Roe");
            assertThat(page.locator("#to-city")).hasValue("Austin");

            String self = "/orders/" + id;
            page.navigate(hub.address().resolve(self).toString());
            page.locator("details:has(#edit-shipTo-name) > summary").first().click();
            page.locator("#edit-shipTo-name").fill("Another Name");
            page.locator("#edit-shipTo-country").fill("XX");
            String send = "form[action='" + self + "/edit'] button";
            page.locator(send).click();
            page.locator("#edit-shipTo-country").fill("DE");
            hub.person("Sam", "ops", "*").done(self, self + "/edit", "revision", "1", "/shipTo/company", "Acme");
            signInAgain(window, page, send);
            assertThat(page.locator("#edit-shipTo-name")).hasValue("Another Name");
            assertThat(page.locator("#edit-shipTo-country")).hasValue("DE");
            assertThat(page.locator("#edit-shipTo-company")).hasValue("Acme");
        }
    }

    /** Presses what finds the session over. */
    private static void signInAgain(BrowserContext window, Page page, String button) {
        window.clearCookies();
        page.locator(button).click();
        page.locator("#key").fill(hub.admin);
        page.locator("#key").press("Enter");
        assertThat(page.locator("#main > p.pending")).isVisible();
    }

    private static void tabTo(Page page, String what) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (page.evaluate("what => document.activeElement.matches(what)", what)
                    .equals(true)) {
                return;
            }
        }
        throw new AssertionError("not reached by keyboard: " + what + " on " + page.url());
    }

    @Test
    void whoever_is_refused_goes_on_at_the_field_that_is_wrong_or_at_the_sentence() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/rollout").toString());
            page.locator("summary").first().click();
            page.locator("#until-acme-api").fill("tomorrow");
            page.locator("#until-acme-api").press("Enter");
            assertThat(page.locator("#until-acme-api")).isFocused();
            assertThat(page.locator("#until-acme-api")).hasValue("tomorrow");

            page.navigate(hub.address().resolve("/settings/keys").toString());
            page.locator("#name").fill("X");
            page.locator("input[name=namespaces]").fill("b!");
            page.locator("#name").press("Enter");
            assertThat(page.locator("#main > section.problem")).isFocused();
        }
    }

    @Test
    void whoever_is_refused_is_not_sent_to_what_was_wrong_with_the_order_before() throws Exception {
        String id = hub.order("FOCUS-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/orders/" + id).toString());
            assertThat(page.locator("#edit-service")).hasAttribute("aria-invalid", "true");
            page.locator("details:has(#weight-0) > summary").last().click();
            page.locator("#weight-0").fill("two");
            page.locator("#weight-0").press("Enter");
            assertThat(page.locator("#main > section.problem")).isFocused();
        }
    }

    @Test
    void a_list_whose_rows_are_ticked_is_printed() throws Exception {
        hub.order("PAPER-1", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/exceptions").toString());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("td", new Page.LocatorOptions().setHasText("PAPER-1")))
                    .isVisible();
            assertThat(page.locator("main input:visible, main button:visible")).hasCount(0);
        }
    }

    @Test
    void an_order_on_the_paper_of_a_label_breaks_no_word_and_leaves_no_page_nearly_empty() throws Exception {
        String id = hub.order("PAPER-2", PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(397, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/orders/" + id).toString());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.evaluate("""
                    () => [...document.querySelectorAll("td a, td .status")]
                        .every(word => word.getClientRects().length === 1)""")).isEqualTo(true);
            assertThat(page.locator(".card").first()).hasCSS("break-inside", "auto");
        }
    }

    @Test
    void a_box_ticked_before_an_act_is_not_that_of_another_row_when_somebody_goes_back() throws Exception {
        for (String number : List.of("TICK-1", "TICK-2", "TICK-3")) {
            hub.order(number, "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        }
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/exceptions?assignee=none").toString());
            page.locator("input[name=id]").first().check();
            page.locator("button[value=mine]").click();
            assertThat(page.locator(".done")).isVisible();
            page.goBack();

            assertThat(page.locator("input[name=id]").first()).isVisible();
            assertThat(page.locator("input[name=id]:checked")).hasCount(0);
        }
    }

    @Test
    void a_minute_that_is_looked_for_can_be_read_on_a_phone() {
        try (BrowserContext window = chromium.window(320, "zh-CN")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address()
                    .resolve("/orders?since=2026-11-30T08:30&until=2026-11-30T09:30")
                    .toString());
            for (String field : List.of("#since", "#until")) {
                assertThat((Integer) page.locator(field).evaluate("field => field.clientWidth"))
                        .as(field)
                        .isGreaterThan(200);
            }
            Chromium.assertFits(page);
        }
    }

    @Test
    void a_long_order_number_stays_in_the_window_of_a_phone() throws Exception {
        hub.order("A-NUMBER-" + "OFAVERYLONGORDER".repeat(4), PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(320, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            for (String path : List.of("/bench?order=A-NUMBER-" + "OFAVERYLONGORDER".repeat(4), "/")) {
                page.navigate(hub.address().resolve(path).toString());
                Chromium.assertFits(page);
            }
            page.navigate(hub.address().resolve("/docs").toString());
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("the longest address of a call")
                    .isEqualTo(320);
        }
    }

    @Test
    void what_is_pressed_and_ticked_in_a_list_stands_in_the_window_of_a_phone() throws Exception {
        hub.order("PHONE-" + "W".repeat(54), "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        try (BrowserContext window = chromium.window(320, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            for (String path : List.of("/rollout", "/exceptions", "/orders")) {
                page.navigate(hub.address().resolve(path).toString());
                assertThat(page.evaluate("""
                        () => [...document.querySelectorAll(".wide")]
                            .every(list => list.scrollWidth <= list.clientWidth)""")).as(path).isEqualTo(true);
                Chromium.assertFits(page);
            }
            page.navigate(hub.address().resolve("/exceptions").toString());
            page.locator("[data-all]").check();
            assertThat(page.locator("input[name=id]").first()).isChecked();
        }
    }

    @Test
    void a_name_written_from_right_to_left_stands_before_its_city() throws Exception {
        String name = "\u0645\u062d\u0645\u062f";
        HttpResponse<String> taken = hub.hub.postBody("""
                {"orderId": "RIGHT-1", "service": "ground", "shipTo": {"name": "%s", "line1": "12 King Fahd Rd",
                 "city": "\u0627\u0644\u0631\u064a\u0627\u0636", "postalCode": "11564", "country": "SA"}}""".formatted(name), "Authorization", "Bearer " + hub.admin);
        assertThat(taken.statusCode()).as(taken.body()).isLessThan(300);
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/orders?find=RIGHT-1").toString());
            assertThat(page.evaluate("""
                    () => {
                      const cell = document.querySelector("tbody td:nth-child(3)");
                      const name = document.createRange();
                      name.selectNode(cell.firstChild);
                      return name.getBoundingClientRect().left < cell.querySelector("small").getBoundingClientRect().left;
                    }""")).isEqualTo(true);
        }
    }

    @Test
    void whoever_chose_the_colours_of_the_window_sees_where_they_are() {
        try (BrowserContext window = chromium.window(1280, "en-US")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
            page.navigate(hub.address().resolve("/orders").toString());
            for (String here : List.of(".top a[aria-current]", ".views a[aria-current]")) {
                assertThat(page.locator(here)).hasCSS("outline-style", "solid");
            }
        }
    }

    @Test
    void a_sentence_that_names_settings_stays_in_the_window_of_a_phone() {
        try (BrowserContext window = chromium.window(320, "zh-CN")) {
            Page page = window.newPage();
            Chromium.signIn(page, hub, hub.admin);
            page.navigate(hub.address().resolve("/settings/spending").toString());

            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(320);
        }
    }
}
