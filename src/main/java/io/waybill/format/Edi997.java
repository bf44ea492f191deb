package io.waybill.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functional acknowledgement of one group of X12 documents, as a tree to write. */
final class Edi997 {
    private Edi997() {}

    /** @param cutOff the file breaks before the group's end: others of it may be missing */
    static ObjectNode of(List<EdiJudged> group, ObjectNode envelope, boolean cutOff) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        EdiJudged first = group.get(0);
        EdiJudged last = group.get(group.size() - 1);
        tree.put("transaction", "997").set("interchange", envelope);
        tree.putObject("group")
                .put("sender", first.group().path("receiver").asText())
                .put("receiver", first.group().path("sender").asText())
                .put("version", first.group().path("version").asText());
        tree.putObject("AK1")
                .put("AK101", first.group().path("code").asText())
                .put("AK102", first.group().path("number").asText());
        group.forEach(document -> tree.withArray("AK2").add(answer(document)));
        long taken = group.stream().filter(document -> !document.rejected()).count();
        boolean noted = group.stream().anyMatch(document -> !errors(document).isEmpty());
        List<String> errors = new ArrayList<>();
        if (cutOff) {
            errors.add("3");
        }
        if (last.has(FormatCode.EDI_NUMBER, "GE02")) {
            errors.add("4");
        }
        if (last.has(FormatCode.EDI_COUNT, "GE01")) {
            errors.add("5");
        }
        boolean some = taken < group.size() || cutOff;
        String word = taken == 0 ? "R" : some ? "P" : noted || !errors.isEmpty() ? "E" : "A";
        ObjectNode sum = tree.putObject("AK9")
                .put("AK901", word)
                .put("AK902", last.stated("GE01", group.size()))
                .put("AK903", group.size())
                .put("AK904", taken);
        coded(sum, "AK9", 5, errors);
        return tree;
    }

    private static ObjectNode answer(EdiJudged document) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("AK201", document.text("transaction")).put("AK202", document.text("number"));
        Map<Integer, List<EdiFault>> segments = new LinkedHashMap<>();
        document.faults()
                .forEach(fault -> segments.computeIfAbsent(fault.position(), first -> new ArrayList<>())
                        .add(fault));
        segments.forEach((position, faults) -> answer.withArray("AK3").add(segment(position, faults)));
        List<String> errors = errors(document);
        ObjectNode verdict =
                answer.putObject("AK5").put("AK501", document.rejected() ? "R" : errors.isEmpty() ? "A" : "E");
        coded(verdict, "AK5", 2, errors);
        return answer;
    }

    private static ObjectNode segment(int position, List<EdiFault> faults) {
        ObjectNode segment = JsonNodeFactory.instance.objectNode();
        Optional<EdiFault> missing = faults.stream()
                .filter(fault -> fault.kind() == EdiFault.Kind.SEGMENT_MISSING)
                .findFirst();
        String tag = missing.orElse(faults.get(0)).tag();
        segment.put("AK301", tag).put("AK302", position).put("AK304", missing.isPresent() ? "3" : "8");
        for (EdiFault fault : missing.isPresent() ? List.<EdiFault>of() : faults) {
            ObjectNode element = segment.withArray("AK4").addObject();
            element.put("AK401", fault.element());
            if (fault.component() > 0) {
                element.put("AK401_02", fault.component());
            }
            element.put("AK403", fault.kind().x12);
        }
        return segment;
    }

    /** Element 718. */
    private static List<String> errors(EdiJudged document) {
        List<String> errors = new ArrayList<>();
        if (document.has(FormatCode.EDI_NO_TRAILER, "")) {
            errors.add("2");
        }
        if (document.has(FormatCode.EDI_NUMBER, "SE02")) {
            errors.add("3");
        }
        if (document.has(FormatCode.EDI_COUNT, "SE01")) {
            errors.add("4");
        }
        if (!document.faults().isEmpty() || (document.rejected() && errors.isEmpty())) {
            errors.add("5");
        }
        return errors;
    }

    private static void coded(ObjectNode segment, String tag, int from, List<String> codes) {
        for (int i = 0; i < codes.size(); i++) {
            segment.put(EdiSegment.name(tag, from + i, 0), codes.get(i));
        }
    }
}
