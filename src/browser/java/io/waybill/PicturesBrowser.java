package io.waybill;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pictures of the READMEs: {@code -Dpictures=docs/pages} writes them anew. */
class PicturesBrowser {
    private static final Path TO = Path.of(System.getProperty("pictures", "target/pages"));

    @Test
    void pictures() throws Exception {
        PortalHub hub = PortalHub.running();
        for (int i = 1; i <= 18; i++) {
            String more = i % 9 == 4
                    ? "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED
                    : i % 4 == 0
                            ? ""
                            : "\"service\": \"" + (i % 3 == 0 ? "express" : "ground") + "\"," + PortalTest.WEIGHED;
            hub.order("SO-20" + (i < 10 ? "0" : "") + i, more);
        }
        String id = hub.order("SO-1001", "\"reference\": \"PO-77\"," + PortalTest.WEIGHED);
        try (Chromium chromium = new Chromium()) {
            for (String language : new String[] {"en", "zh"}) {
                try (BrowserContext window = chromium.window(1280, language, true, ColorScheme.LIGHT)) {
                    Page page = window.newPage();
                    Chromium.signIn(page, hub, hub.admin);
                    take(page, hub, "/", "today-" + language);
                    take(page, hub, "/orders/" + id, "order-" + language);
                    new Walk(hub, page, "p" + language, PicturesBrowser::sheet).upload();
                }
            }
        }
    }

    private static void sheet(Page page) {
        if (page.url().contains("/bat_")) {
            write(page, page.locator("html").getAttribute("lang").startsWith("zh") ? "upload-zh" : "upload-en");
        }
    }

    private static void take(Page page, PortalHub hub, String path, String name) {
        page.navigate(hub.address().resolve(path).toString());
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        write(page, name);
    }

    private static void write(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(TO.resolve(name + ".png")));
    }
}
