package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.measure.Country;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document with nobody in it: names, streets, phones, e-mails and tax numbers become others of the same shape, the same one
 * the same everywhere; towns, postal codes and countries stay, so that it is as valid as it was, also where they stand in one
 * field with the people. What becomes what is drawn anew each time and kept nowhere.
 */
final class Disguise {
    /** Shorter texts stand in too many others by chance. */
    private static final int LONG_ENOUGH = 4;

    private static final Set<String> PLACES = Set.of("city", "state", "postalCode", "country");
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]");
    private static final Pattern PARTS = Pattern.compile("[,;|/\\n]");

    private final Mapping mapping;
    private final Set<String> personal = new HashSet<>();
    /** Fields that expressions read for what is personal. */
    private final Set<String> computed = new HashSet<>();
    /** Fields of which places are read. */
    private final Set<String> located = new HashSet<>();
    /** What the mapping wrote of people, and of places, word by word. */
    private final Set<String> people = new HashSet<>();

    /** The same by its letters and digits alone, as an expression may have joined or stripped it. */
    private final Set<String> joined = new HashSet<>();

    private final Set<String> places = new HashSet<>();
    private final Map<String, String> masks = new LinkedHashMap<>();
    private List<String> longestFirst = List.of();
    private final Invention invention = new Invention();

    /** @param mapping whose lines say, beside the fields' own names, what is personal */
    Disguise(Mapping mapping) {
        this.mapping = mapping;
        mapping.lines().forEach(line -> line.tellPersonal("", personal));
        note(mapping.lines(), "");
    }

    JsonNode of(JsonNode tree) {
        mapping.explain(Document.of(tree)).forEach(this::note);
        if (isUntold(mapping.apply(Document.of(tree)))) {
            people.clear();
            joined.clear();
        }
        collect(tree, "", "");
        longestFirst = masks.keySet().stream()
                .filter(word -> word.length() >= LONG_ENOUGH)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return masked(tree, "", "");
    }

    private void note(List<Line> lines, String above) {
        for (Line line : lines) {
            if (line instanceof Each each) {
                String inner = each.source().dotted(above);
                note(each.lines().all(), inner.equals("rows") ? "" : inner);
            } else if (line instanceof Field field) {
                String name = field.target().lastName();
                Set<String> named =
                        field.source() instanceof Source.Computed by ? by.expr().names() : Set.of();
                if (Masked.personal(name)) {
                    computed.addAll(named);
                } else if (PLACES.contains(name)) {
                    located.addAll(named);
                    field.source().paths().forEach(path -> located.add(path.dotted(above)));
                }
            }
        }
    }

    private void note(Explained explained) {
        String name = lastName(explained.field());
        if (Masked.personal(name)) {
            people.addAll(words(explained.result()));
            joined.add(bare(explained.result()));
        } else if (PLACES.contains(name)) {
            places.addAll(words(explained.result()));
        }
    }

    /** Whether it was not written who is in the document. */
    private static boolean isUntold(Result result) {
        return result instanceof Result.Skipped
                || (result instanceof Result.Failed failed
                        && failed.problems().stream()
                                .map(Problem::pointer)
                                .anyMatch(pointer -> Masked.personal(lastName(pointer))));
    }

    private static String lastName(@Nullable String pointer) {
        return pointer == null ? "" : pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static Set<String> words(String text) {
        return Invention.WORD
                .matcher(text)
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private void collect(JsonNode node, String path, String name) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), below(path, field.getKey()), field.getKey()));
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path, name));
        } else if (isPersonal(node, path, name)) {
            masks.computeIfAbsent(node.asText(), text -> invention.of(text, stay(text, path, name)));
        }
    }

    private JsonNode masked(JsonNode node, String path, String name) {
        if (node.isObject()) {
            ObjectNode object = Values.NODES.objectNode();
            node.properties()
                    .forEach(field -> object.set(
                            field.getKey(), masked(field.getValue(), below(path, field.getKey()), field.getKey())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = Values.NODES.arrayNode();
            node.forEach(element -> array.add(masked(element, path, name)));
            return array;
        }
        if (isPersonal(node, path, name)) {
            String mask = masks.getOrDefault(node.asText(), "");
            return node.isNumber() ? Values.NODES.numberNode(new BigDecimal(mask)) : Values.NODES.textNode(mask);
        }
        return node.isTextual() ? Values.NODES.textNode(withoutAnybody(node.textValue())) : node;
    }

    /** A remark that repeats what is personal elsewhere. */
    private String withoutAnybody(String text) {
        String clean = text;
        for (String word : longestFirst) {
            clean = clean.replace(word, masks.getOrDefault(word, ""));
        }
        return clean;
    }

    private boolean isPersonal(JsonNode value, String path, String name) {
        boolean told = value.isTextual() || value.isNumber();
        return told
                && !Values.absent(value)
                && (Masked.personal(name)
                        || Masked.remark(name)
                        || personal.contains(path)
                        || (computed.contains(name) && isOfPeople(value.asText())));
    }

    /** An expression may also ask what kind of order it is. */
    private boolean isOfPeople(String text) {
        return people.isEmpty() || words(text).stream().anyMatch(people::contains) || isJoined(bare(text));
    }

    private boolean isJoined(String text) {
        return saysWho(text)
                && joined.stream()
                        .filter(Disguise::saysWho)
                        .anyMatch(written -> written.contains(text) || text.contains(written));
    }

    /** A Chinese name has two or three letters, its family name one. */
    private static boolean saysWho(String text) {
        return text.length() >= LONG_ENOUGH || text.codePoints().anyMatch(Character::isIdeographic);
    }

    private static String bare(String text) {
        return MARKS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The words of a text that say no more than where: as they were written, and of a country as it is spelt here. */
    private Set<String> stay(String text, String path, String name) {
        if (!located.contains(path) && !located.contains(name)) {
            return Set.of();
        }
        Stream<String> parts = Stream.concat(
                Stream.of(PARTS.split(text)).map(String::strip),
                Invention.WORD.matcher(text).results().map(MatchResult::group));
        Stream<String> country = parts.filter(part -> Country.read(part)
                .filter(known -> places.contains(known.alpha2().toLowerCase(Locale.ROOT)))
                .isPresent());
        Set<String> stay = country.flatMap(part -> words(part).stream()).collect(Collectors.toSet());
        words(text).stream().filter(places::contains).forEach(stay::add);
        stay.removeAll(people);
        return stay;
    }

    /** The rows of a grouped document hold the columns the document holds itself. */
    private static String below(String path, String name) {
        return path.isEmpty() || path.equals("rows") ? name : path + "." + name;
    }
}
