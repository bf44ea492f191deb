package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A link of a page leads to a file that is there, and to a heading of it. */
class LinksInPagesTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    @Test
    void every_link_leads_somewhere() {
        Map<String, String> pages = ProjectPages.all();
        List<String> broken = new ArrayList<>();
        pages.forEach((page, text) -> LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("https://") && !leads(pages, page, link))
                .forEach(link -> broken.add(page + ": " + link)));

        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(broken).isEmpty();
    }

    @Test
    void both_readmes_lead_to_the_same_files() {
        assertThat(links("README.zh-CN.md")).isEqualTo(links("README.md"));
    }

    /** But for the other language's own, and for the headings of a page that is in both. */
    private static Set<String> links(String page) {
        return LINK.matcher(ProjectPages.all().getOrDefault(page, ""))
                .results()
                .map(link -> link.group(1).replaceAll("-(?:en|zh)\\.png$", ".png"))
                .map(link -> link.replaceAll("^docs/api(?:\\.zh-CN)?\\.md(?:#.*)?$", "docs/api.md"))
                .filter(link -> !link.startsWith("README"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean leads(Map<String, String> pages, String page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? Path.of(page)
                : Path.of(page).resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1
                        || anchors(pages.getOrDefault(target.toString(), "")).contains(parts[1]));
    }

    /** As the site that shows them makes them: small letters, without marks, hyphens for blanks. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
