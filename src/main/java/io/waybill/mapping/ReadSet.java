package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which source fields a mapping reads or ignores, and which fields of a document that leaves over. */
final class ReadSet {
    /** More fields than a document has that a person reads about. */
    private static final int MOST = 1_000;

    private final boolean grouped;
    private final Names root = new Names();
    private final Set<String> anywhere = new HashSet<>();
    private final Set<List<String>> named = new HashSet<>();
    private final QuickReads quick = new QuickReads(anywhere);
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

    /** A field by the words it is told in, of which the last points may be in its name. */
    void ignore(String path) {
        String[] names = path.split("\\.", -1);
        for (int above = 0; above < names.length - 1; above++) {
            List<Object> way = new ArrayList<>(List.of(names).subList(0, above));
            way.add(String.join(".", List.of(names).subList(above, names.length)));
            at(List.of(), way).whole = true;
        }
    }

    /** What a condition asks, and each beside it. */
    void add(List<Object> above, When when) {
        when.asked().forEach(from -> from.forEach(path -> add(above, path)));
        when.exprs().forEach(expr -> add(above, expr));
    }

    /** What an expression reads; where that cannot be told, each name it mentions, wherever it stands. */
    void add(List<Object> above, Expr expr) {
        ExprReads known = expr.reads();
        if (known == null) {
            anywhere.addAll(expr.names());
            return;
        }
        known.named().forEach(read -> name(read.fromRoot() ? List.of() : above, read.steps()));
        for (ExprReads.Read read : known.all()) {
            List<Object> way = grouped ? columns(read.steps()) : read.steps();
            Names at = at(read.fromRoot() ? List.of() : above, way);
            at.whole |= read.whole();
            at.asked |= !read.whole() && !(grouped && at == root.below.get("rows"));
        }
    }

    /** In whichever row. */
    private static List<Object> columns(List<Object> steps) {
        return steps.stream().filter(String.class::isInstance).toList();
    }

    /** The way to a list; its elements' fields are told one by one. */
    void enter(List<Object> above, SourcePath path) {
        at(above, path);
    }

    /** To be called when everything is told and before anything is asked. */
    ReadSet sealed() {
        root.seal();
        return this;
    }

    private Names at(List<Object> above, SourcePath path) {
        List<Object> before = path.beginning(above);
        path.tested().forEach(way -> {
            at(before, way).whole = true;
            name(before, way);
        });
        name(before, path.steps());
        return at(before, path.steps());
    }

    private void name(List<Object> above, List<Object> way) {
        named.add(Stream.concat(above.stream(), way.stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList());
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
        return root.whole
                || anywhere.contains(name)
                || root.below.containsKey(name)
                || (grouped && (rows.whole || rows.below.containsKey(name)));
    }

    /** The fields that are named right below this one of the document, or of its elements; empty for the document's own. */
    Set<String> below(String field) {
        List<String> above = field.isEmpty() ? List.of() : List.of(field);
        return named.stream()
                .filter(names -> names.size() > above.size())
                .filter(names -> names.subList(0, above.size()).equals(above))
                .map(names -> names.get(above.size()))
                .collect(Collectors.toSet());
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
        return grouped ? quick.readAll(tree.path("rows"), cells()) : quick.readAll(tree, root);
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

    private void walk(JsonNode tree, Names told, String path, Set<String> unread) {
        Names names = told.as(tree);
        if (names.whole || unread.size() >= MOST) {
            return;
        }
        if (names.picks()) {
            for (int i = 0; i < (tree.isArray() ? tree.size() : 1); i++) {
                walk(tree.isArray() ? tree.get(i) : tree, names.of(tree, i), path, unread);
            }
            return;
        }
        if (tree instanceof ValueNode && !names.readsValue(tree) && !readsAnywhere(path)) {
            unread.add(path);
        }
        if (tree.isArray()) {
            tree.forEach(element -> walk(element, names, path, unread));
        }
        tree.properties().forEach(field -> {
            String name = field.getKey();
            Names below = names.field(name, anywhere);
            String at = path.isEmpty() ? name : path + "." + name;
            if (below != Names.NOTHING) {
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
