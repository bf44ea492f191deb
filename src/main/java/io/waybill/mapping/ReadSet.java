package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.waybill.format.Shape;
import io.waybill.format.Shaped;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which source fields a mapping reads or ignores, and which fields of a document that leaves over. */
final class ReadSet {
    private static final int MOST = 50;

    private final boolean grouped;
    private final Names root = new Names();
    private final Set<String> anywhere = new HashSet<>();
    private volatile @Nullable Names cells;

    /** @param grouped the document is rows of one header, and a column read in any place is read */
    ReadSet(boolean grouped) {
        this.grouped = grouped;
    }

    boolean grouped() {
        return grouped;
    }

    /** This field and all below it. */
    void add(List<Object> above, SourcePath path) {
        at(above, path).whole = true;
    }

    /** What a condition asks, and each beside it. */
    void add(List<Object> above, When when) {
        when.asked().forEach(from -> from.forEach(path -> add(above, path)));
        addNames(when.names());
    }

    /** The way to a list; its elements' fields are told one by one. */
    void enter(List<Object> above, SourcePath path) {
        at(above, path);
    }

    void addNames(Set<String> names) {
        anywhere.addAll(names);
    }

    /** To be called when everything is told and before anything is asked. */
    ReadSet sealed() {
        root.seal();
        return this;
    }

    private Names at(List<Object> above, SourcePath path) {
        List<Object> before = path.beginning(above);
        path.tested().forEach(way -> at(before, way).whole = true);
        return at(before, path.steps());
    }

    private Names at(List<Object> above, List<Object> way) {
        Names at = root;
        for (Object step : above) {
            at = at.at(step);
        }
        for (Object step : way) {
            at = at.at(step);
        }
        return at;
    }

    boolean readsColumn(String name) {
        Names rows = root.below.getOrDefault("rows", root);
        return anywhere.contains(name) || root.below.containsKey(name) || (grouped && rows.below.containsKey(name));
    }

    /** The columns that {@link #readsColumn} knows by name. */
    List<String> columns() {
        Names rows = root.below.getOrDefault("rows", root);
        return Stream.of(anywhere, root.below.keySet(), grouped ? rows.below.keySet() : Set.of())
                .flatMap(Set::stream)
                .map(String::valueOf)
                .filter(name -> !grouped || !name.equals("rows"))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether nothing is {@link #unread}. */
    boolean readsAll(JsonNode tree) {
        return grouped ? reads(tree.path("rows"), cells()) : reads(tree, root);
    }

    /** The columns that are read in any place. */
    private Names cells() {
        Names known = cells;
        if (known == null) {
            known = new Names();
            known.below.putAll(root.below);
            known.below.putAll(root.below.getOrDefault("rows", root).below);
            known.below.replaceAll((name, below) -> Names.ALL);
            cells = known;
        }
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // two names of their own
    private boolean reads(JsonNode tree, Names names) {
        if (names.whole) {
            return true;
        }
        if (names == Names.NOTHING) {
            return Values.absent(tree);
        }
        if (names.picks()) {
            return readsPicked(tree, names);
        }
        if (tree instanceof ValueNode) {
            return readsValue(tree, names);
        }
        if (tree instanceof ObjectNode object) {
            return readsAsLast(object, names.last) || readsFields(object, names);
        }
        for (int i = 0; i < tree.size(); i++) {
            if (!reads(tree.get(i), names)) {
                return false;
            }
        }
        return true;
    }

    private boolean readsPicked(JsonNode tree, Names names) {
        if (!tree.isArray()) {
            return reads(tree, names.of(tree, 0));
        }
        for (int i = 0; i < tree.size(); i++) {
            if (!reads(tree.get(i), names.of(tree, i))) {
                return false;
            }
        }
        return true;
    }

    /** Of a value that stands where lines look further down only the text may be read. */
    private static boolean readsValue(JsonNode value, Names names) {
        return Values.absent(value) || (value instanceof TextNode && names.below.containsKey(SourcePath.TEXT));
    }

    @SuppressWarnings("ReferenceEquality") // another shape, or text, of the same letters only takes the longer way
    private boolean readsAsLast(ObjectNode object, Names.Seen last) {
        if (object instanceof Shaped shaped && shaped.shape() != null) {
            return shaped.shape() == last.shape() && readsSlots(shaped, last.below());
        }
        if (object.size() != last.keys().length) {
            return false;
        }
        int i = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey() != last.keys()[i] || !reads(field.getValue(), last.below()[i])) {
                return false;
            }
            i++;
        }
        return true;
    }

    private boolean readsSlots(Shaped object, Names[] below) {
        for (int slot = 0; slot < below.length; slot++) {
            JsonNode value = object.in(slot);
            if (value != null && !reads(value, below[slot])) {
                return false;
            }
        }
        return true;
    }

    private boolean readsFields(ObjectNode object, Names names) {
        Shape shape = object instanceof Shaped shaped ? shaped.shape() : null;
        String[] keys = shape == null ? fieldNames(object) : shape.names();
        Names[] below = Stream.of(keys).map(key -> below(key, names)).toArray(Names[]::new);
        for (int i = 0; i < keys.length; i++) {
            JsonNode value = object.get(keys[i]);
            if (value != null && !reads(value, below[i])) {
                return false;
            }
        }
        names.last = new Names.Seen(shape, keys, below);
        return true;
    }

    private static String[] fieldNames(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toArray(String[]::new);
    }

    private Names below(String name, Names names) {
        Names below = names.below.get(name);
        if (anywhere.contains(name) && (below == null || below.isEnd())) {
            return Names.ALL;
        }
        return below == null ? Names.NOTHING : below;
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
        if (names.picks()) {
            for (int i = 0; i < (tree.isArray() ? tree.size() : 1); i++) {
                walk(tree.isArray() ? tree.get(i) : tree, names.of(tree, i), path, unread);
            }
            return;
        }
        if (tree instanceof ValueNode && !readsValue(tree, names) && !readsAnywhere(path)) {
            unread.add(path);
        }
        if (tree.isArray()) {
            tree.forEach(element -> walk(element, names, path, unread));
        }
        tree.properties().forEach(field -> {
            String name = field.getKey();
            Names below = names.below.get(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (anywhere.contains(name) && (below == null || below.isEnd())) {
                return;
            }
            if (below != null) {
                walk(field.getValue(), below, at, unread);
            } else if (!Values.absent(field.getValue())) {
                unread.add(at);
            }
        });
    }

    private boolean readsAnywhere(String path) {
        return anywhere.contains(path.substring(path.lastIndexOf('.') + 1));
    }
}
