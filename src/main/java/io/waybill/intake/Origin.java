package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document before its mapping, and the place it came from.
 *
 * @param key its own within the source, the same each time it is handed over: {@code file sha:ordinal@rows}, a primary key
 * @param document as it came; null where it could not be read whole, so that nobody maps half of it
 * @param fileId the ledger's id of its file, or null when it came alone
 * @param answers the rejection it was handed back with, or null
 * @param sourced names beside problems of what it was mapped to what its mapping read there
 */
public record Origin(
        String key,
        @Nullable JsonNode document,
        @Nullable String fileId,
        @Nullable Integer ordinal,
        @Nullable Long firstRow,
        @Nullable String answers,
        UnaryOperator<List<Problem>> sourced) {
    /** One that is not mapped yet. */
    Origin(
            String key,
            @Nullable JsonNode document,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable Long firstRow,
            @Nullable String answers) {
        this(key, document, fileId, ordinal, firstRow, answers, UnaryOperator.identity());
    }

    private static final Pattern ROW = Pattern.compile("(row[:@].*):[0-9a-f]{24}", Pattern.DOTALL);

    /** The key without what changes with its content: an SQL row that says something else under its primary key is still that row. */
    String place() {
        Matcher row = ROW.matcher(key);
        return row.matches() ? row.group(1) : key;
    }

    Origin mapped(UnaryOperator<List<Problem>> by) {
        return new Origin(key, document, fileId, ordinal, firstRow, answers, by);
    }
}
