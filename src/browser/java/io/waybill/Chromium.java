package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real browser, from the machine it runs on: {@code -Dchromium=}, or Debian's. */
final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.LONG.toMillis());
    }

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                    .setTimeout(Patience.LONG.toMillis())
                    .setArgs(FLAGS));

    /** A window as wide as this in a language. It waits as long as the slowest machine may need. */
    BrowserContext window(int width, String language, boolean scripts, ColorScheme scheme) {
        BrowserContext window = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(language)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(scripts));
        window.setDefaultTimeout(Patience.LONG.toMillis());
        return window;
    }

    BrowserContext window(int width, String language) {
        return window(width, language, true, ColorScheme.LIGHT);
    }

    static void signIn(Page page, PortalHub hub, String key) {
        page.navigate(hub.address().resolve("/sign-in").toString());
        page.locator("#key").fill(key);
        page.locator("#key").press("Enter");
        page.waitForURL(hub.address().resolve("/").toString());
    }

    /** Nothing serious or critical of WCAG 2.2 A and AA, and no text runs out of the window. {@code -Dlook=FOLDER} keeps what was seen. */
    static void assertFits(Page page) {
        String folder = System.getProperty("look");
        if (folder != null) {
            String name = (URI.create(page.url()).getPath() + "-"
                            + page.locator("html").getAttribute("lang") + "-"
                            + page.viewportSize().width)
                    .replaceAll("[^\\w-]+", "_");
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
        List<String> serious = new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Chromium::told)
                        .toList();
        assertThat(serious).as(page.url()).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("wider than the window: " + page.url())
                .isLessThanOrEqualTo(0);
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().get(0).getHtml();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
