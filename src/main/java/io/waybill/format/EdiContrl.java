package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The acknowledgement of one EDIFACT interchange, message by message, as a tree to write. */
final class EdiContrl {
    private static final String ACKNOWLEDGED = "7";
    private static final String REJECTED = "4";

    private EdiContrl() {}

    /** @param cutOff the file breaks before the interchange's end: other messages may be missing */
    static ObjectNode of(List<EdiJudged> messages, ObjectNode envelope, boolean cutOff) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        JsonNode received = messages.get(0).interchange();
        tree.put("transaction", "CONTRL").set("interchange", envelope);
        ObjectNode head = tree.putObject("UCI")
                .put("UCI01", received.path("number").asText())
                .put("UCI02", received.path("sender").asText())
                .put("UCI02_02", received.path("senderQualifier").asText(""))
                .put("UCI03", received.path("receiver").asText())
                .put("UCI03_02", received.path("receiverQualifier").asText(""))
                .put("UCI04", ACKNOWLEDGED);
        EdiJudged last = messages.get(messages.size() - 1);
        if (last.has(FormatCode.EDI_NUMBER, "UNZ02")) {
            head.put("UCI05", "28");
        } else if (cutOff || last.has(FormatCode.EDI_COUNT, "UNZ01")) {
            head.put("UCI05", "29");
        }
        messages.forEach(message -> tree.withArray("UCM").add(answer(message)));
        return tree;
    }

    private static ObjectNode answer(EdiJudged message) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("UCM01", message.text("number")).put("UCM02", message.text("transaction"));
        String[] version = message.text("version").split(":", -1);
        for (int i = 0; i < version.length; i++) {
            answer.put(EdiSegment.name("UCM", 2, i + 2), version[i]);
        }
        answer.put("UCM03", message.rejected() ? REJECTED : ACKNOWLEDGED);
        if (message.has(FormatCode.EDI_NUMBER, "UNT02")) {
            answer.put("UCM04", "28");
        } else if (message.has(FormatCode.EDI_COUNT, "UNT01")) {
            answer.put("UCM04", "29");
        } else if (message.rejected() && message.faults().isEmpty()) {
            answer.put("UCM04", "12");
        }
        Map<Integer, List<EdiFault>> segments = new LinkedHashMap<>();
        message.faults()
                .forEach(fault -> segments.computeIfAbsent(fault.position(), first -> new ArrayList<>())
                        .add(fault));
        segments.forEach((position, faults) -> answer.withArray("UCS").add(segment(position, faults)));
        return answer;
    }

    private static ObjectNode segment(int position, List<EdiFault> faults) {
        ObjectNode segment = JsonNodeFactory.instance.objectNode();
        segment.put("UCS01", position);
        for (EdiFault fault : faults) {
            if (fault.kind() == EdiFault.Kind.SEGMENT_MISSING) {
                segment.put("UCS02", fault.kind().edifact);
                continue;
            }
            ObjectNode element = segment.withArray("UCD").addObject();
            element.put("UCD01", fault.kind().edifact).put("UCD02", fault.element());
            if (fault.component() > 0) {
                element.put("UCD02_02", fault.component());
            }
        }
        return segment;
    }
}
