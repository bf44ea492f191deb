package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which source fields a mapping reads or ignores, and which fields of a document that leaves over. */
final class ReadSet {
    private static final int MOST = 50;

    private static final class Names {
        private final Map<String, Names> below = new HashMap<>();
        private boolean whole;
    }

    private final boolean grouped;
    private final Names root = new Names();
    private final Set<String> anywhere = new HashSet<>();

    /** @param grouped the document is rows of one header, and a column read in any place is read */
    ReadSet(boolean grouped) {
        this.grouped = grouped;
    }

    boolean grouped() {
        return grouped;
    }

    /** This field and all below it. */
    void add(List<String> above, SourcePath path) {
        at(above, path).whole = true;
    }

    /** The way to a list; its elements' fields are told one by one. */
    void enter(List<String> above, SourcePath path) {
        at(above, path);
    }

    void addNames(Set<String> names) {
        anywhere.addAll(names);
    }

    private Names at(List<String> above, SourcePath path) {
        List<String> before = path.fromRoot() ? List.of() : above;
        path.tested().forEach(names -> at(before, names).whole = true);
        return at(before, path.names());
    }

    private Names at(List<String> above, List<String> way) {
        List<String> names = new ArrayList<>(above);
        names.addAll(way);
        Names at = root;
        for (String name : names) {
            at = at.below.computeIfAbsent(name, n -> new Names());
        }
        return at;
    }

    boolean readsColumn(String name) {
        Names rows = root.below.getOrDefault("rows", root);
        return anywhere.contains(name) || root.below.containsKey(name) || (grouped && rows.below.containsKey(name));
    }

    /** Paths, without indexes, of fields that hold something and nobody reads. */
    Set<String> unread(JsonNode tree) {
        Set<String> unread = new LinkedHashSet<>();
        if (grouped) {
            for (JsonNode row : tree.path("rows")) {
                for (Map.Entry<String, JsonNode> cell : row.properties()) {
                    if (!readsColumn(cell.getKey()) && !Values.absent(cell.getValue())) {
                        unread.add(cell.getKey());
                    }
                }
            }
        } else {
            walk(tree, root, "", unread);
        }
        return unread;
    }

    private void walk(JsonNode tree, Names names, String path, Set<String> unread) {
        if (names.whole || unread.size() >= MOST) {
            return;
        }
        if (tree.isArray()) {
            tree.forEach(element -> walk(element, names, path, unread));
        }
        tree.properties().forEach(field -> {
            String name = field.getKey();
            Names below = names.below.get(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (anywhere.contains(name) && (below == null || below.below.isEmpty())) {
                return;
            }
            if (below != null) {
                walk(field.getValue(), below, at, unread);
            } else if (!Values.absent(field.getValue())) {
                unread.add(at);
            }
        });
    }
}
