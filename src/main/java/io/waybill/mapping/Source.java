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
        return paths().stream().flatMap(path -> path.names().stream()).anyMatch(Masked::personal);
    }

    /** The first of these that is not empty. */
    record From(List<SourcePath> paths, String text) implements Source {
        From(List<SourcePath> paths) {
            this(paths, names(paths));
        }

        @Override
        public JsonNode read(Spot spot) {
            if (paths.size() == 1) {
                return paths.get(0).in(spot.scope());
            }
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
        public JsonNode read(Spot spot) {
            StringJoiner joined = new StringJoiner(with);
            for (SourcePath path : paths) {
                JsonNode value = path.in(spot.scope());
                if (!Values.absent(value)) {
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
    }

    private static String names(List<SourcePath> paths) {
        return paths.stream().map(SourcePath::text).collect(Collectors.joining(", "));
    }
}
