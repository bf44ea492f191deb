package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows that a tree is as a table: its elements, those of its {@code rows}, or itself. */
public final class TreeRows {
    private static final String ROWS = "rows";

    private TreeRows() {}

    /**
     * Every row, whatever it is.
     *
     * @throws ProblemException {@code beside-rows} for what says something beside {@code rows} that the first of them does not
     *     say: it would be in no line of the table
     */
    public static List<JsonNode> of(JsonNode tree) {
        JsonNode many = tree.isArray() ? tree : tree.path(ROWS);
        if (!many.isArray()) {
            return List.of(tree);
        }
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            boolean said = field.getKey().equals(ROWS)
                    || saysNothing(field.getValue())
                    || field.getValue().equals(many.path(0).path(field.getKey()));
            if (!said) {
                throw new ProblemException(Problem.of(FormatCode.BESIDE_ROWS, "field", field.getKey()));
            }
        }
        List<JsonNode> rows = new ArrayList<>();
        many.forEach(rows::add);
        return rows;
    }

    /** Null, a blank text, an empty list or object. */
    static boolean saysNothing(JsonNode value) {
        return value.isContainerNode() ? value.isEmpty() : value.asText("").isBlank() || value.isNull();
    }
}
