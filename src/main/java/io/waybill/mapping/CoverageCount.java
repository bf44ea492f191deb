package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts fields over documents, in bounded memory. */
final class CoverageCount {
    private static final int MOST_FIELDS = 10_000;

    private final Mapping mapping;
    private final Map<String, Long> source = new LinkedHashMap<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final Map<String, Long> target = new LinkedHashMap<>();
    private long documents;

    CoverageCount(Mapping mapping) {
        this.mapping = mapping;
    }

    void add(Document document) {
        if (documents++ == 0) {
            begin(mapping.lines(), "");
        }
        JsonNode tree = mapping.wrapper().unwrap(document.tree());
        Set<String> present = new LinkedHashSet<>();
        collect(mapping.readSet().grouped() ? tree.path("rows") : tree, "", present);
        present.forEach(path -> count(source, path, 1));
        unread.addAll(mapping.readSet().unread(tree));
        Set<String> filled = new HashSet<>();
        for (Explained line : mapping.explain(document)) {
            String field = Pointers.anyField(line.field());
            boolean wrote = !line.result().isEmpty() && !isCode(line.result());
            count(target, field, wrote && filled.add(field) ? 1 : 0);
        }
    }

    /** A line below a list that no document has elements of would else be in neither count. */
    private void begin(List<Line> lines, String above) {
        for (Line line : lines) {
            String pointer = above + line.target().pointer();
            if (line instanceof Each each) {
                begin(each.lines().all(), pointer + "/0");
            } else {
                count(target, Pointers.anyField(pointer), 0);
            }
        }
    }

    private static boolean isCode(String result) {
        return Arrays.stream(MappingCode.values()).anyMatch(code -> code.name().equals(result));
    }

    private static void count(Map<String, Long> counts, String field, long more) {
        if (counts.containsKey(field) || counts.size() < MOST_FIELDS) {
            counts.merge(field, more, Long::sum);
        }
    }

    private static void collect(JsonNode tree, String path, Set<String> present) {
        if (Values.absent(tree) || present.size() >= MOST_FIELDS) {
            return;
        }
        if (tree.isArray()) {
            tree.forEach(element -> collect(element, path, present));
        } else if (tree.isObject()) {
            tree.properties()
                    .forEach(field -> collect(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), present));
        } else {
            present.add(path);
        }
    }

    Coverage coverage() {
        Set<String> unfilled = target.entrySet().stream()
                .filter(field -> field.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Coverage(
                documents,
                Collections.unmodifiableMap(source),
                Collections.unmodifiableSet(unread),
                Collections.unmodifiableMap(target),
                Collections.unmodifiableSet(unfilled));
    }
}
