package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What became of one document that was read.
 *
 * @param head its tree without its segments
 * @param notes what was wrong and hindered nothing
 * @param problems why it was rejected; empty when it was not
 */
record EdiJudged(JsonNode head, boolean rejected, List<Problem> notes, List<Problem> problems, List<EdiFault> faults) {
    private static final int MOST_FAULTS = 20;
    private static final List<String> HEAD = List.of("transaction", "number", "version", "interchange", "group");

    static EdiJudged of(EdiDocuments.Read read, List<Problem> problems, boolean rejected) {
        List<EdiFault> faults = new ArrayList<>();
        String kind = read.document().tree().path("transaction").asText();
        problems.stream()
                .map(problem -> EdiFault.of(problem, read.places(), EdiLayout.of(kind)))
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_FAULTS)
                .forEach(faults::add);
        faults.sort((a, b) -> Integer.compare(a.position(), b.position()));
        ObjectNode head = ((ObjectNode) read.document().tree()).objectNode();
        HEAD.forEach(name -> {
            if (read.document().tree().has(name)) {
                head.set(name, read.document().tree().get(name));
            }
        });
        return new EdiJudged(head, rejected, read.document().notes(), problems, faults);
    }

    JsonNode interchange() {
        return head.path("interchange");
    }

    JsonNode group() {
        return head.path("group");
    }

    String text(String name) {
        return head.path(name).asText();
    }

    /** Whether a problem or note of this kind names the element. */
    boolean has(Code code, String element) {
        return java.util.stream.Stream.concat(notes.stream(), problems.stream())
                .anyMatch(problem -> problem.code().equals(code.code())
                        && problem.values().getOrDefault("element", element).equals(element));
    }

    /** What an element that miscounted said, or what was counted. */
    String stated(String element, int counted) {
        return notes.stream()
                .filter(note -> note.code().equals(FormatCode.EDI_COUNT.code())
                        && element.equals(note.values().get("element")))
                .map(note -> note.values().getOrDefault("stated", ""))
                .filter(stated -> stated.matches("\\d{1,6}"))
                .findFirst()
                .orElse(String.valueOf(counted));
    }
}
