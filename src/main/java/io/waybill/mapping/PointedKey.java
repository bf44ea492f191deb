package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has a point in its name, which a path takes for a step: {@code {"order.no": "A1"}}. */
final class PointedKey {
    private PointedKey() {}

    /**
     * The line's source that reads a field; within a list, of its element. Empty where a path reads it.
     *
     * @param path as {@link ReadSet#unread} tells it
     */
    static String source(JsonNode tree, String path) {
        String expression = expression(tree, path, "");
        return expression == null || !isPointed(expression) ? "" : "expr: '" + expression.replace("'", "''") + "'";
    }

    private static @Nullable String expression(JsonNode at, String rest, String above) {
        if (rest.isEmpty() || (at.isArray() && isPointed(above))) {
            return above;
        }
        if (at.isArray()) {
            for (JsonNode element : at) {
                String found = expression(element, rest, "");
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        for (Map.Entry<String, JsonNode> field : at.properties()) {
            String name = field.getKey();
            if (rest.equals(name) || rest.startsWith(name + ".")) {
                String below = rest.substring(Math.min(rest.length(), name.length() + 1));
                String found = expression(field.getValue(), below, above + SourcePath.named(name));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Only where a name has a point does one stand within quotes. */
    private static boolean isPointed(String expression) {
        return expression.matches(".*\\.\"[^\"]*\\.[^\"]*\".*");
    }
}
