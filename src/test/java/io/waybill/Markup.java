package io.waybill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page as a strict reader takes it: what a browser mends in silence is told in {@link #wrong}. */
final class Markup {
    private static final Set<String> EMPTY = Set.of("meta", "link", "input", "br", "img", "hr", "col", "wbr", "source");
    private static final Set<String> BLOCKS = Set.of(
            "p div ul ol dl table form section nav header footer main h1 h2 h3 h4 pre fieldset figure details hr article aside"
                    .split(" ", -1));
    private static final Set<String> ONLY_WORDS =
            Set.of("p span small strong em b i a button label summary h1 h2 h3 h4 option code".split(" ", -1));
    private static final Map<String, Set<String>> ONLY = Map.of(
            "table", Set.of("caption", "colgroup", "thead", "tbody", "tfoot"),
            "thead", Set.of("tr"),
            "tbody", Set.of("tr"),
            "tfoot", Set.of("tr"),
            "tr", Set.of("td", "th"),
            "ul", Set.of("li"),
            "ol", Set.of("li"),
            "dl", Set.of("dt", "dd", "div"),
            "select", Set.of("option", "optgroup"),
            "datalist", Set.of("option"));
    private static final Set<String> NEVER_IN_ITSELF = Set.of("form", "a", "button", "label", "main", "select");
    private static final Pattern TAG = Pattern.compile(
            "\\G<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\\s+[^\\s=<>\"'/]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\\s*(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([^\\s=<>\"'/]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?");
    private static final Pattern REFERENCE = Pattern.compile("&(?:(amp|lt|gt|quot|nbsp)|#(\\d+)|#x([0-9a-fA-F]+));");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "nbsp", "\u00a0");

    final List<String> wrong = new ArrayList<>();
    final Element root = new Element("#page", Map.of(), null);

    /** An element, or with no name a piece of text. */
    static final class Element {
        final String name;
        final Map<String, String> attributes;
        final @Nullable Element parent;
        final List<Element> children = new ArrayList<>();
        private String words = "";

        private Element(String name, Map<String, String> attributes, @Nullable Element parent) {
            this.name = name;
            this.attributes = attributes;
            this.parent = parent;
        }

        String get(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }

        boolean has(String attribute) {
            return attributes.containsKey(attribute);
        }

        boolean is(String... names) {
            return Arrays.asList(names).contains(name);
        }

        /** What stands in it and in all that it holds. */
        String text() {
            return words + String.join("", children.stream().map(Element::text).toList());
        }

        /** Itself, what it holds, what that holds. */
        Stream<Element> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Element::all));
        }

        Stream<Element> all(String... names) {
            return all().filter(each -> each.is(names));
        }

        boolean isIn(Predicate<Element> what) {
            for (Element up = parent; up != null; up = up.parent) {
                if (what.test(up)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            String text = text().strip().replaceAll("\\s+", " ");
            return "<" + name + " " + attributes + "> " + text.substring(0, Math.min(80, text.length()));
        }
    }

    private Element open = root;

    /** @param page with its doctype */
    Markup(String page) {
        int at = page.startsWith("<!doctype html>\n") ? 16 : 0;
        Matcher tag = TAG.matcher(page);
        while (at < page.length()) {
            int next = page.indexOf('<', at);
            text(page.substring(at, next < 0 ? page.length() : next));
            if (next < 0) {
                break;
            }
            if (!tag.find(next)) {
                wrong.add("no tag: " + page.substring(next, Math.min(page.length(), next + 80)));
                at = next + 1;
            } else {
                at = tag.end();
                tag(tag.group(1).isEmpty(), tag.group(2), tag.group(3));
            }
        }
        if (open != root) {
            wrong.add("never closed: " + open);
        }
    }

    private void text(String raw) {
        String text = decoded(raw);
        if (raw.indexOf('>') >= 0) {
            wrong.add("> in text: " + raw);
        }
        if (!text.isBlank() && ONLY.containsKey(open.name)) {
            wrong.add("words in <" + open.name + ">: " + text.strip());
        }
        Element piece = new Element("", Map.of(), open);
        piece.words = text;
        open.children.add(piece);
    }

    private String decoded(String raw) {
        Matcher reference = REFERENCE.matcher(raw);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (reference.find(at)) {
            bare(raw.substring(at, reference.start()), text);
            text.append(
                    reference.group(1) != null
                            ? NAMED.get(reference.group(1))
                            : Character.toString(
                                    reference.group(2) != null
                                            ? Integer.parseInt(reference.group(2))
                                            : Integer.parseInt(reference.group(3), 16)));
            at = reference.end();
        }
        bare(raw.substring(at), text);
        return text.toString();
    }

    private void bare(String raw, StringBuilder to) {
        if (raw.indexOf('&') >= 0) {
            wrong.add("& that begins nothing: " + raw);
        }
        to.append(raw);
    }

    private void tag(boolean opens, String name, String attributes) {
        if (!opens) {
            close(name);
            return;
        }
        Element element = new Element(name, attributes(name, attributes), open);
        nested(element);
        open.children.add(element);
        if (!EMPTY.contains(name)) {
            open = element;
        }
    }

    private void close(String name) {
        if (!open.is(name) || open.parent == null) {
            wrong.add("</" + name + "> closes " + open);
            return;
        }
        open = open.parent;
    }

    private Map<String, String> attributes(String name, String written) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher each = ATTRIBUTE.matcher(written);
        while (each.find()) {
            String value = each.group(2) != null ? each.group(2) : each.group(3);
            if (attributes.put(each.group(1), value == null ? "" : decoded(value)) != null) {
                wrong.add("<" + name + "> says twice: " + each.group(1));
            }
        }
        return attributes;
    }

    private void nested(Element element) {
        Set<String> only = ONLY.get(open.name);
        if (only != null && !only.contains(element.name)) {
            wrong.add("<" + element.name + "> stands right in " + open);
        }
        if (BLOCKS.contains(element.name) && element.isIn(up -> ONLY_WORDS.contains(up.name))) {
            wrong.add("<" + element.name + "> stands among words, in " + open);
        }
        if (NEVER_IN_ITSELF.contains(element.name) && element.isIn(up -> up.is(element.name))) {
            wrong.add("<" + element.name + "> stands in another");
        }
        if (element.is("a", "button", "input", "select") && element.isIn(up -> up.is("a", "button"))) {
            wrong.add("<" + element.name + "> stands in what is pressed itself: " + open);
        }
    }
}
