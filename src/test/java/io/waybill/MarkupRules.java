package io.waybill;

import io.waybill.Markup.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every page keeps to, whoever reads it: with a screen reader, by keyboard, in either language. */
final class MarkupRules {
    private static final Pattern UNWRITTEN =
            Pattern.compile("\\bnull\\b|\\bNaN\\b|\\{[A-Za-z0-9]+}|Optional\\[|\\bundefined\\b");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d|\\bPT\\d+[HMS]");

    /** What sources and services of these tests are called. */
    private static final Set<String> DATA = Set.of("sheet", "ground", "express", "overnight", "local");

    private final Element page;
    private final List<String> wrong;

    private MarkupRules(Markup markup) {
        this.page = markup.root;
        this.wrong = new ArrayList<>(markup.wrong);
    }

    /** What is wrong with a page in this language. */
    static List<String> wrong(String html, String language) {
        MarkupRules rules = new MarkupRules(new Markup(html));
        rules.frame(language);
        rules.ids();
        rules.names();
        rules.tables();
        rules.headings();
        rules.choices();
        return rules.wrong;
    }

    private void tell(String what, Element where) {
        wrong.add(what + ": " + where);
    }

    private void frame(String language) {
        List<Element> html = page.all("html").toList();
        if (html.size() != 1 || !html.get(0).get("lang").equals(language)) {
            wrong.add("not lang=" + language + ": " + html);
        }
        if (page.all("main").count() != 1) {
            wrong.add("not one <main>");
        }
        if (page.all("title").map(Element::text).noneMatch(title -> title.matches("\\S.* · Waybill"))) {
            wrong.add("no title");
        }
    }

    private void ids() {
        Set<String> ids = new HashSet<>();
        page.all().filter(each -> each.has("id")).forEach(each -> {
            if (!ids.add(each.get("id"))
                    || each.get("id").isEmpty()
                    || each.get("id").matches(".*\\s.*")) {
                tell("an id there is twice, or is none", each);
            }
        });
        page.all()
                .forEach(each -> Stream.of(
                                "for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
                        .filter(each::has)
                        .flatMap(name -> Stream.of(each.get(name).split(" ", -1)))
                        .filter(id -> !ids.contains(id))
                        .forEach(id -> tell("names an id there is not: " + id, each)));
        page.all("a").filter(a -> a.get("href").matches("#.+")).forEach(a -> {
            if (!ids.contains(a.get("href").substring(1))) {
                tell("leads nowhere", a);
            }
        });
    }

    private void names() {
        page.all("input", "select", "textarea")
                .filter(field -> !field.get("type").equals("hidden"))
                .filter(field -> !isLabelled(field))
                .forEach(field -> tell("has no label", field));
        page.all("a", "button", "summary", "legend", "label", "option", "h1", "h2", "h3", "h4", "th", "dt", "caption")
                .filter(each ->
                        !each.get("aria-hidden").equals("true") && name(each).isEmpty())
                .forEach(each -> tell("has no name", each));
        page.all("img").filter(img -> img.get("alt").isBlank()).forEach(img -> tell("has no alt", img));
        page.all()
                .filter(each -> each.has("aria-label") && each.get("aria-label").isBlank())
                .forEach(each -> tell("is called nothing", each));
    }

    private boolean isLabelled(Element field) {
        return !field.get("aria-label").isBlank()
                || field.has("aria-labelledby")
                || field.isIn(up -> up.is("label"))
                || page.all("label")
                        .anyMatch(label -> field.has("id") && label.get("for").equals(field.get("id")));
    }

    private static String name(Element each) {
        return (each.get("aria-label")
                        + each.get("label")
                        + each.text()
                        + String.join(
                                "", each.all("img").map(img -> img.get("alt")).toList()))
                .strip();
    }

    private void tables() {
        page.all("table").forEach(table -> {
            List<Element> rows = table.all("tr").toList();
            if (table.all("th").findAny().isEmpty()) {
                tell("a table without a head", table);
            }
            table.all("th")
                    .filter(th -> !th.get("scope").matches("col|row|colgroup"))
                    .forEach(th -> tell("has no scope", th));
            if (rows.stream().map(MarkupRules::cells).distinct().count() > 1
                    && table.all().noneMatch(e -> e.has("rowspan"))) {
                tell(
                        "rows of "
                                + rows.stream()
                                        .map(MarkupRules::cells)
                                        .distinct()
                                        .toList() + " cells",
                        table);
            }
        });
    }

    private static int cells(Element row) {
        return row.children.stream()
                .filter(cell -> cell.is("td", "th"))
                .mapToInt(cell -> cell.has("colspan") ? Integer.parseInt(cell.get("colspan")) : 1)
                .sum();
    }

    private void headings() {
        int before = 0;
        for (Element heading : page.all("h1", "h2", "h3", "h4").toList()) {
            int level = heading.name.charAt(1) - '0';
            boolean isTold = heading.isIn(up -> up.get("role").equals("alert"));
            if (!isTold && level > before + 1) {
                tell("follows h" + before, heading);
            }
            before = isTold ? before : level;
        }
        if (page.all("h1").count() != 1) {
            wrong.add("not one h1: " + page.all("h1").toList());
        }
    }

    private void choices() {
        page.all("select").forEach(select -> {
            if (!select.has("multiple")
                    && select.all("option")
                                    .filter(option -> option.has("selected"))
                                    .count()
                            > 1) {
                tell("has two chosen", select);
            }
            List<String> values = select.all("option")
                    .map(option -> option.has("value") ? option.get("value") : option.text())
                    .toList();
            if (new HashSet<>(values).size() < values.size()) {
                tell("offers one thing twice " + values, select);
            }
        });
        page.all("form").forEach(form -> {
            if (form.all("button", "input")
                    .noneMatch(each -> each.is("button") || each.get("type").matches("submit|search"))) {
                tell("cannot be sent", form);
            }
            if (form.get("method").equals("post")
                    && form.all("input").noneMatch(each -> each.get("name").equals("csrf"))) {
                tell("proves nothing", form);
            }
        });
    }

    /** What no person wrote: nothing, a place nobody filled, or the hub's own word where the pages have another. */
    static List<String> unworded(String html, String path, String language) {
        Set<String> codes =
                path.matches("/(mappings|docs|readiness|routes|sign-in|settings/audit|orders/\\w+/origin).*")
                        ? Set.of()
                        : codes(language);
        return words(new Markup(html).root)
                .filter(text ->
                        (!path.startsWith("/docs") && UNWRITTEN.matcher(text).find())
                                || codes.contains(text)
                                || (!path.matches("/settings/audit.*|/rollout")
                                        && MOMENT.matcher(text).find()))
                .toList();
    }

    /** The last part of each key, where it cannot be read as a word of this language. */
    private static Set<String> codes(String language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "portal",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return texts.keySet().stream()
                .map(key -> key.substring(key.indexOf('.') + 1))
                .filter(code -> !code.contains(".") && !DATA.contains(code))
                .filter(code -> language.equals("zh") || code.matches(".*[-_].*"))
                .filter(code -> texts.keySet().stream()
                        .noneMatch(key -> texts.getString(key).equals(code)))
                .collect(Collectors.toSet());
    }

    /** What a person reads or hears, but for what is written as code. */
    static Stream<String> words(Element page) {
        return page.all()
                .filter(each -> !each.isIn(up -> up.is("code", "pre", "textarea", "script")))
                .flatMap(each -> each.name.isEmpty()
                        ? Stream.of(each.text())
                        : Stream.of("aria-label", "placeholder", "alt", "title").map(each::get))
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty());
    }
}
