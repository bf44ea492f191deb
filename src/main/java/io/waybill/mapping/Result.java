package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;

/** What became of one document. */
public sealed interface Result {
    /** It obeys the target's rules. */
    record Mapped(JsonNode tree, List<Problem> warnings) implements Result {}

    /** It is not ours; the mapping says why. */
    record Skipped(String reason) implements Result {}

    /** Everything that is wrong with it. */
    record Failed(List<Problem> problems) implements Result {}
}
