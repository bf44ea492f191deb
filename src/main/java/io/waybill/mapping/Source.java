package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a field's value comes from. */
sealed interface Source {
    /** The value, missing when there is none, or null when it was refused. */
    @Nullable
    JsonNode read(Spot spot);

    /** As the mapping names it. */
    String text();

    default List<SourcePath> paths() {
        return List.of();
    }

    /** Whether it reads what identifies a person. */
    default boolean personal() {
        return paths().stream().anyMatch(path -> Masked.personal(path.names()));
    }

    /** What stands at this path. */
    record At(SourcePath path) implements Source {
        @Override
        public JsonNode read(Spot spot) {
            return path.in(spot.scope());
        }

        @Override
        public String text() {
            return path.text();
        }

        @Override
        public List<SourcePath> paths() {
            return List.of(path);
        }
    }

    /** The first of these that is not empty. */
    record First(List<SourcePath> paths, String text) implements Source {
        First(List<SourcePath> paths) {
            this(paths, names(paths));
        }

        @Override
        public JsonNode read(Spot spot) {
            for (SourcePath path : paths) {
                JsonNode value = path.in(spot.scope());
                if (!Values.absent(value)) {
                    return value;
                }
            }
            return MissingNode.getInstance();
        }
    }

    /** All of these that are not empty, with a text between. */
    record Join(List<SourcePath> paths, String with, String text) implements Source {
        Join(List<SourcePath> paths, String with) {
            this(paths, with, names(paths));
        }

        @Override
        public @Nullable JsonNode read(Spot spot) {
            StringJoiner joined = new StringJoiner(with);
            for (SourcePath path : paths) {
                JsonNode value = path.in(spot.scope());
                if (!Values.absent(value)) {
                    if (value.isContainerNode()) {
                        return spot.refuseWhole(value, path.text());
                    }
                    joined.add(Values.text(value));
                }
            }
            return Values.NODES.textNode(joined.toString());
        }
    }

    /** The same for every document. */
    record Const(JsonNode value) implements Source {
        @Override
        public JsonNode read(Spot spot) {
            return value instanceof ValueNode ? value : value.deepCopy();
        }

        @Override
        public String text() {
            return "";
        }
    }

    /** A JSLT expression over the document, or over the element of the list around it. */
    record Computed(Expr expr) implements Source {
        @Override
        public @Nullable JsonNode read(Spot spot) {
            return expr.apply(spot);
        }

        @Override
        public String text() {
            return "expr";
        }

        @Override
        public boolean personal() {
            return expr.names().stream().anyMatch(Masked::personal);
        }
    }

    private static String names(List<SourcePath> paths) {
        return paths.stream().map(SourcePath::text).collect(Collectors.joining(", "));
    }
}
