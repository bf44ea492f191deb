package io.waybill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The main act of each page, in whatever language it stands. What is pressed is found by what it does, not by its words. */
record Walk(PortalHub hub, Page page, String mark, Consumer<Page> onEach) {
    void all() throws Exception {
        today();
        order();
        exceptions();
        upload();
        newShipment();
        bench();
        rates();
        money();
        judged();
        settings();
    }

    void go(String path) {
        page.navigate(hub.address().resolve(path).toString());
    }

    private void at(String path) {
        go(path);
        onEach.accept(page);
    }

    /** Its chart is drawn once an order came in. */
    void today() throws Exception {
        hub.order("T-" + mark, "");
        at("/");
        assertThat(page.locator("svg.chart")).isVisible();
        assertThat(page.locator(".numbers li")).hasCount(8);
    }

    void order() throws Exception {
        String id = hub.order("W-" + mark, "");
        at("/orders");
        page.locator("#by-key").fill("W-" + mark);
        page.locator(".filter button").click();
        page.locator(".keep summary").click();
        page.locator("#view-name").fill("V-" + mark);
        page.locator("#view-name").press("Enter");
        assertThat(page.locator(".views .own[aria-current]")).hasText("V-" + mark);
        onEach.accept(page);
        page.locator("form[action$='/forget'] button").click();
        assertThat(page.locator(".done")).isVisible();
        go("/orders?find=W-" + mark);
        page.locator("a[href='/orders/" + id + "']").click();
        page.locator("#weight-0").fill("1.5");
        page.locator("form[action$='/parcels'] button").click();
        assertThat(page.locator(".done")).isVisible();
        labelled();
        assertThat(page.locator("figure.label img")).isVisible();
        onEach.accept(page);
    }

    void exceptions() throws Exception {
        hub.order("X-" + mark, "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("X-" + mark));
        at("/exceptions");
        row.locator("input[type=checkbox]").check();
        page.locator("button[value=mine]").click();
        assertThat(page.locator(".done")).isVisible();
        assertThat(row).containsText("Ada");
        row.locator("a[href^='/exceptions/']").click();
        onEach.accept(page);
        at("/exceptions/causes");
    }

    void upload() throws Exception {
        String sheet = Files.readString(Path.of("mappings/excel-template/english.csv"))
                        .replace("SO-1", "U-" + mark + "-1")
                + "U-" + mark + "-9,Joe Bad,,1 Main St,,Austin,TX,787,US,,,Standard,MUG-1,Mug,1,12.50,USD,1.2,,,,,,,\n";
        at("/upload");
        page.locator("#file")
                .setInputFiles(new FilePayload("orders.csv", "text/csv", sheet.getBytes(StandardCharsets.UTF_8)));
        page.locator("#source").selectOption("sheet-csv");
        page.locator("form[action='/upload'] button.main").click();
        settled("/upload/bat_");
        assertThat(page.locator("tr.flaw")).hasCount(2);
        onEach.accept(page);
        page.locator("#most").fill("500");
        page.locator("form[action$='/commit'] button").click();
        settled("/upload/bat_");
        assertThat(page.locator("a[href$='what=labels']")).isVisible();
    }

    /** On a busy machine a label may take longer than the page that asked for it waits. */
    private void labelled() {
        for (int i = 0; i < 120 && page.locator("figure.label img").count() == 0; i++) {
            page.waitForTimeout(500);
            page.reload();
        }
    }

    /** The page looks again by itself; without scripts there is a link that does. */
    private void settled(String path) {
        assertThat(page).hasURL(Pattern.compile(".*" + path + ".*"));
        for (int i = 0; i < 120 && page.locator("progress").count() > 0; i++) {
            page.waitForTimeout(500);
            page.reload();
        }
    }

    void newShipment() {
        at("/new");
        fill("#orderId", "N-" + mark, "#to-name", "Jane Roe", "#to-line1", "1 Main St", "#to-city", "Austin");
        fill("#to-state", "TX", "#to-postalCode", "1", "#to-country", "US", "#new-weight", "1.2");
        page.locator("button[value=buy]").click();
        assertThat(page.locator("#main > .problem")).containsText(Pattern.compile("Postal code|邮编"));
        page.locator("#to-postalCode").fill("78701");
        page.locator("button[value=check]").click();
        assertThat(page.locator("#checked .done")).hasCount(2);
        onEach.accept(page);
        page.locator("button[value=buy]").click();
        assertThat(page.locator("h1")).hasText("N-" + mark);
    }

    private void fill(String... fieldsAndValues) {
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            page.locator(fieldsAndValues[i]).fill(fieldsAndValues[i + 1]);
        }
    }

    void bench() throws Exception {
        hub.order("B-" + mark, "");
        at("/bench");
        page.locator("#scan").fill("B-" + mark);
        page.locator("#scan").press("Enter");
        page.locator("#bench-weight-0").fill("0.8");
        page.locator("#bench-weight-0").press("Enter");
        assertThat(page.locator("figure.label img")).isVisible();
        assertThat(page.locator("#bench-weight-0")).hasCount(0);
        onEach.accept(page);
    }

    void rates() throws Exception {
        at("/rates?order=B-" + mark);
        assertThat(page.locator("svg.bar")).hasCount(3);
        at("/rates");
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "rates.csv", "text/csv", Files.readAllBytes(Path.of("mappings/excel-template/english.csv"))));
        page.locator("#source").selectOption("sheet-csv");
        page.locator("form[enctype] button.main").click();
        settled("/rates/sheets/cmp_");
        assertThat(page.locator("#compared tbody th")).hasCount(4);
        assertThat(page.locator("#compared progress")).hasCount(0);
        onEach.accept(page);
    }

    void money() {
        at("/money");
        at("/money/open");
        at("/money/shipments");
        at("/money/why?number=B-" + mark);
        assertThat(page.locator("tbody th")).hasCount(3);
    }

    void judged() {
        at("/rollout");
        at("/readiness?source=local");
        assertThat(page.locator("section.card").first()).isVisible();
        at("/readiness/profile?source=local");
        assertThat(page.locator("ul.numbers").first()).isVisible();
        at("/mappings");
        at("/mappings/acme-orders-json");
        page.locator("#document").fill("{\"a\": 1}");
        page.locator("form[action$='/try'] button").click();
        assertThat(page.locator("section.card .bad").first()).isVisible();
        onEach.accept(page);
        go("/mappings/acme-orders");
        page.locator("form[action$='/diff'] button").click();
        assertThat(page.locator("#from")).isVisible();
        onEach.accept(page);
        at("/routes");
        assertThat(page.locator("tbody tr").first()).isVisible();
        at("/files");
    }

    void settings() {
        at("/settings");
        page.locator("#why-sandbox").fill("strike");
        page.locator("button[value=off]").first().click();
        assertThat(page.locator(".done")).isVisible();
        page.locator("button[value=on]").first().click();
        assertThat(page.locator(".done")).isVisible();
        at("/settings/accounts/sandbox");
        page.locator("form[action$='/test'] button").click();
        assertThat(page.locator(".done")).isVisible();
        at("/settings/sinks");
        page.locator("form[action$='/oms/test'] button").click();
        assertThat(page.locator(".problem, .done").first()).isVisible();
        onEach.accept(page);
        at("/settings/spending");
        assertThat(page.locator("svg.bar").first()).isVisible();
        at("/settings/keys");
        page.locator("#name").fill("K-" + mark);
        page.locator("form[action='/settings/keys'] button").click();
        assertThat(page.locator(".done code")).containsText("wbk_");
        at("/settings/audit");
    }
}
