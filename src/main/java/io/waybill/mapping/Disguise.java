package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document with nobody in it: names, streets, phones, e-mails and tax numbers become others of the same shape, the same one
 * the same everywhere; towns, postal codes and countries stay, so that it is as valid as it was. What becomes what is drawn
 * anew each time and kept nowhere.
 */
final class Disguise {
    /** Shorter texts stand in too many others by chance. */
    private static final int LONG_ENOUGH = 4;

    private final Set<String> personal = new HashSet<>();
    private final Map<String, String> masks = new LinkedHashMap<>();
    private List<String> longestFirst = List.of();
    private final Invention invention = new Invention();

    /** @param mapping whose lines say, beside the fields' own names, what is personal */
    Disguise(Mapping mapping) {
        mapping.lines().forEach(line -> line.tellPersonal("", personal));
    }

    JsonNode of(JsonNode tree) {
        collect(tree, "", "");
        longestFirst = masks.keySet().stream()
                .filter(word -> word.length() >= LONG_ENOUGH)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return masked(tree, "", "");
    }

    private void collect(JsonNode node, String path, String name) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), below(path, field.getKey()), field.getKey()));
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path, name));
        } else if (isPersonal(node, path, name)) {
            masks.computeIfAbsent(node.asText(), invention::of);
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
                && (Masked.personal(name) || Masked.remark(name) || personal.contains(path));
    }

    /** The rows of a grouped document hold the columns the document holds itself. */
    private static String below(String path, String name) {
        return path.isEmpty() || path.equals("rows") ? name : path + "." + name;
    }
}
