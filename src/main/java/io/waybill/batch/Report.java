package io.waybill.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file or a single document.
 *
 * @param fileId of the ledger, or null for a single document
 * @param failed the file could not be read to its end; what was taken before stays
 * @param problems of the file as a whole
 * @param lines the first documents, at most {@value #LINES}
 * @param archive where the file now lies, relative to the data folder; null for a single document
 */
public record Report(
        @Nullable String fileId,
        String name,
        boolean failed,
        Map<Fate.Result, Integer> counts,
        List<Problem> problems,
        List<Line> lines,
        @Nullable String archive,
        @Nullable String receipt,
        @Nullable String quarantine) {
    static final int LINES = 1_000;

    /**
     * One document.
     *
     * @param rows {@code 2}, or {@code 2-4}
     */
    public record Line(String rows, Fate fate) {}

    /** The report on a document that came alone. */
    public static Report of(String name, Fate fate) {
        Map<Fate.Result, Integer> one = new EnumMap<>(Fate.Result.class);
        one.put(fate.result(), 1);
        return new Report(null, name, false, one, List.of(), List.of(new Line("1", fate)), null, null, null);
    }

    public int count(Fate.Result result) {
        return counts.getOrDefault(result, 0);
    }

    public int documents() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int bad() {
        return count(Fate.Result.REJECTED) + count(Fate.Result.CONFLICT);
    }

    /** Documents that stand taken in, or need not be. */
    int ok() {
        return documents() - bad() - count(Fate.Result.NOT_TAKEN);
    }

    /** As JSON, its sentences in this language. */
    public ObjectNode json(Locale language) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", fileId).put("name", name).put("state", failed ? "failed" : "taken");
        json.put("documents", documents());
        for (Fate.Result result : Fate.Result.values()) {
            json.put(result.word(), count(result));
        }
        json.put("archive", archive).put("receipt", receipt).put("quarantine", quarantine);
        json.set("problems", sentences(problems, language));
        var all = json.putArray("lines");
        for (Line line : lines) {
            Fate fate = line.fate();
            all.addObject()
                    .put("rows", line.rows())
                    .put("orderId", fate.orderId())
                    .put("id", fate.uid())
                    .put("result", fate.result().word())
                    .put("code", fate.code())
                    .set("problems", sentences(fate.problems(), language));
        }
        json.put("more", documents() - lines.size());
        return json;
    }

    private static com.fasterxml.jackson.databind.node.ArrayNode sentences(List<Problem> problems, Locale language) {
        var all = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> all.addObject()
                .put("code", problem.code())
                .put("pointer", problem.pointer())
                .put("message", problem.sentence(language)));
        return all;
    }
}
