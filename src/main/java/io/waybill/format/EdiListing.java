package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.EdiLayout.Part;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The segments of a tree in the order of its layout: what {@link EdiTree} does, backwards. Anything else in it is refused. */
final class EdiListing {
    /** What stands beside the segments in a document's tree. */
    private static final Set<String> FACTS = Set.of("transaction", "number", "version", "interchange", "group");

    private final List<EdiSegment> listed = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int numbered;

    private final boolean strict;

    private EdiListing(boolean strict) {
        this.strict = strict;
    }

    /** @param strict whether a segment the layout does not know is refused, or written after those it knows */
    static List<EdiSegment> of(JsonNode tree, boolean strict) {
        EdiListing listing = new EdiListing(strict);
        EdiLayout layout = EdiLayout.of(tree.path("transaction").asText());
        if (layout == null) {
            listing.plain(tree);
        } else {
            listing.only(tree, layout.root(), "", FACTS);
            layout.root().parts().values().forEach(part -> listing.all(part, tree.path(part.tag()), "", part.tag()));
            listing.others(layout.root(), tree);
        }
        return listing.listed;
    }

    private void plain(JsonNode tree) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (!FACTS.contains(field.getKey()) && !field.getKey().equals("segments")) {
                throw unknown(field.getKey(), new TreeSet<>(Set.of("segments")));
            }
        }
        for (JsonNode segment : tree.path("segments")) {
            String tag = segment.path("segment").asText();
            ObjectNode elements = elements(tag, segment, "segments");
            elements.remove("segment");
            listed.add(new EdiSegment(tag, elements));
        }
    }

    private void all(Part part, JsonNode value, String parent, String path) {
        if (part.by().isEmpty()) {
            each(part, value, "", parent, path);
            return;
        }
        value.properties()
                .forEach(field -> each(part, field.getValue(), field.getKey(), parent, path + "." + field.getKey()));
        if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
            throw notASegment(path);
        }
    }

    private void each(Part part, JsonNode value, String word, String parent, String path) {
        if (value.isArray()) {
            value.forEach(one -> one(part, one, word, parent, path));
        } else if (!value.isMissingNode() && !value.isNull()) {
            one(part, value, word, parent, path);
        }
    }

    private void one(Part part, JsonNode node, String word, String parent, String path) {
        if (!node.isObject()) {
            throw notASegment(path);
        }
        only(node, part, path, Set.of());
        ObjectNode elements = elements(part.tag(), node, path);
        boolean filled = !elements.isEmpty();
        if (!word.isEmpty() && !word.equals("_") && !elements.has(part.by())) {
            elements.put(part.by(), word);
        }
        String number = part.nested().isEmpty() ? "" : number(part, node, elements, parent);
        boolean below = part.parts().keySet().stream().anyMatch(node::has);
        if (filled || below || !number.isEmpty()) {
            if (!part.counted().isEmpty() && !elements.has(part.counted())) {
                elements.put(part.counted(), String.valueOf(counts.merge(part.tag(), 1, Integer::sum)));
            }
            listed.add(new EdiSegment(part.tag(), elements));
        }
        part.parts().values().forEach(child -> all(child, node.path(child.tag()), "", path + "." + child.tag()));
        others(part, node);
        if (!number.isEmpty()) {
            all(part, node.path(part.tag()), number, path + "." + part.tag());
        }
    }

    private void others(Part part, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (!strict && isTag(name) && field.getValue().isContainerNode() && !known(part, name)) {
                each(new Part(name, "", false, "", List.of(), false, Map.of()), field.getValue(), "", "", name);
            }
        }
    }

    /** Numbers one that stands in another of its kind, where the tree does not. */
    private String number(Part part, JsonNode node, ObjectNode elements, String parent) {
        List<String> names = part.nested();
        numbered++;
        if (!elements.has(names.get(0))) {
            elements.put(names.get(0), String.valueOf(numbered));
        }
        if (!elements.has(names.get(1)) && !parent.isEmpty()) {
            elements.put(names.get(1), parent);
        }
        if (names.size() > 2 && !elements.has(names.get(2))) {
            elements.put(names.get(2), node.has(part.tag()) ? "1" : "0");
        }
        return elements.path(names.get(0)).asText();
    }

    private ObjectNode elements(String tag, JsonNode node, String path) {
        if (!isTag(tag)) {
            throw notASegment(path);
        }
        ObjectNode elements = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (element(tag, field.getKey())
                    && !TableOutput.text(field.getValue()).isEmpty()) {
                checkOneValue(field.getValue(), path + "." + field.getKey());
                elements.set(field.getKey(), field.getValue());
            }
        }
        return elements;
    }

    /** Or several of an element that is repeated. */
    private static void checkOneValue(JsonNode value, String path) {
        boolean nested = value.isObject();
        for (JsonNode one : value) {
            nested |= one.isContainerNode();
        }
        if (nested) {
            throw EdiSpelling.notOneValue(path);
        }
    }

    private static boolean isTag(String name) {
        return name.matches("[A-Z][A-Z0-9]{1,2}");
    }

    private static boolean known(Part part, String name) {
        return part.parts().containsKey(name) || (!part.nested().isEmpty() && name.equals(part.tag()));
    }

    private static boolean element(String tag, String name) {
        return name.startsWith(tag) && name.substring(tag.length()).matches("\\d\\d(_\\d\\d)?");
    }

    private void only(JsonNode node, Part part, String path, Set<String> facts) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            boolean known =
                    facts.contains(name) || known(part, name) || (!part.tag().isEmpty() && element(part.tag(), name));
            if (!known && (strict || !isTag(name))) {
                Set<String> legal = new TreeSet<>(part.parts().keySet());
                legal.add(part.tag().isEmpty() ? "interchange" : part.tag() + "01");
                throw unknown(path.isEmpty() ? name : path + "." + name, legal);
            }
        }
    }

    private static ProblemException unknown(String field, Set<String> legal) {
        return new ProblemException(
                Problem.of(FormatCode.EDI_FIELD_UNKNOWN, "field", field, "known", String.join(", ", legal)));
    }

    private static ProblemException notASegment(String field) {
        return new ProblemException(Problem.of(FormatCode.EDI_NOT_A_SEGMENT, "field", field));
    }
}
