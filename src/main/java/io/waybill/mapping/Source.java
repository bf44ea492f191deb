package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
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
    record From(List<SourcePath> paths) implements Source {
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

        @Override
        public String text() {
            return Source.names(paths);
        }
    }

    /** All of these that are not empty, with a text between. */
    record Join(List<SourcePath> paths, String with) implements Source {
        @Override
        public JsonNode read(Spot spot) {
            String joined = paths.stream()
                    .map(path -> path.in(spot.scope()))
                    .filter(value -> !Values.absent(value))
                    .map(Values::text)
                    .collect(Collectors.joining(with));
            return Values.NODES.textNode(joined);
        }

        @Override
        public String text() {
            return Source.names(paths);
        }
    }

    /** The same for every document. */
    record Const(JsonNode value) implements Source {
        @Override
        public JsonNode read(Spot spot) {
            return value.deepCopy();
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
