package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one document. */
public sealed interface Result {
    /** It obeys the target's rules. */
    record Mapped(JsonNode tree, List<Problem> warnings) implements Result {}

    /**
     * It is not ours to ship; the mapping says why.
     *
     * @param stopped the order it calls off or lets wait; else null
     */
    record Skipped(String reason, @Nullable Stopped stopped, List<Problem> warnings) implements Result {
        /** {@code skipped}, or what becomes of the order it names: {@code cancelled}, {@code held}. */
        public String word() {
            return stopped == null ? "skipped" : stopped.how().isHold() ? "held" : "cancelled";
        }
    }

    /**
     * An order that is called off or waits.
     *
     * @param order its {@code orderId}, and its {@code namespace} where the document names one
     */
    record Stopped(ObjectNode order, Stop how) {}

    /**
     * Everything that is wrong with it.
     *
     * @param orderId the number of the order it would be, where that can be read in spite of it; else null
     * @param namespace the one it names; empty where it names none, null where that cannot be read
     * @param written what could be written of it all the same, without what failed; null where nothing was tried
     * @param warnings what alone would not have kept it
     */
    record Failed(
            List<Problem> problems,
            @Nullable String orderId,
            @Nullable String namespace,
            @Nullable JsonNode written,
            List<Problem> warnings)
            implements Result {
        public Failed(List<Problem> problems) {
            this(problems, List.of());
        }

        public Failed(List<Problem> problems, List<Problem> warnings) {
            this(problems, null, null, null, warnings);
        }

        /** Whether more may be wrong with it than is told. */
        public boolean isCut() {
            return problems.size() >= Run.MOST_PROBLEMS;
        }
    }
}
