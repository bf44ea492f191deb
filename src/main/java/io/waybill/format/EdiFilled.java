package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an envelope says, completed: numbers and times of the stamp, the rest as partners expect it where nothing is said. */
record EdiFilled(@Nullable EdiStamp stamp) {
    private static final Map<String, Integer> WIDTHS = Map.of(
            "senderQualifier",
            2,
            "sender",
            15,
            "receiverQualifier",
            2,
            "receiver",
            15,
            "date",
            6,
            "time",
            4,
            "version",
            5);

    ObjectNode isa(JsonNode said) {
        ObjectNode facts = known(said, "ISA", "interchange");
        fill(facts, "senderQualifier", "ZZ");
        fill(facts, "receiverQualifier", "ZZ");
        fill(facts, "version", "00401");
        stamped(facts, "interchange", "yyMMdd");
        require(facts, "interchange", List.of("sender", "receiver"));
        String number = facts.path("number").asText();
        return facts.put("number", "0".repeat(Math.max(0, 9 - number.length())) + number);
    }

    /** The header whose elements stand where they stand in every file. */
    static String header(JsonNode facts, EdiSpelling spelling) {
        List<String> elements = List.of(
                "ISA",
                "00",
                " ".repeat(10),
                "00",
                " ".repeat(10),
                padded(facts, "senderQualifier", spelling),
                padded(facts, "sender", spelling),
                padded(facts, "receiverQualifier", spelling),
                padded(facts, "receiver", spelling),
                padded(facts, "date", spelling),
                padded(facts, "time", spelling),
                spelling.repetition() == 0 ? "U" : String.valueOf(spelling.repetition()),
                padded(facts, "version", spelling),
                facts.path("number").asText(),
                facts.path("acknowledge").asBoolean() ? "1" : "0",
                facts.path("test").asBoolean() ? "T" : "P",
                String.valueOf(spelling.component()));
        return String.join(String.valueOf(spelling.element()), elements) + spelling.segment() + "\n";
    }

    private static String padded(JsonNode facts, String name, EdiSpelling spelling) {
        String value = facts.path(name).asText();
        int width = WIDTHS.getOrDefault(name, 0);
        if (value.length() > width) {
            throw new ProblemException(Problem.of(
                    FormatCode.EDI_VALUE_TOO_LONG, "field", "interchange." + name, "value", value, "most", width));
        }
        return spelling.escaped("ISA", value) + " ".repeat(width - value.length());
    }

    EdiSegment gs(JsonNode interchange, JsonNode tree) {
        ObjectNode facts = known(tree.path("group"), "GS", "group");
        EdiLayout layout = EdiLayout.of(tree.path("transaction").asText());
        fill(facts, "code", layout == null ? "" : layout.group());
        fill(facts, "sender", interchange.path("sender").asText());
        fill(facts, "receiver", interchange.path("receiver").asText());
        fill(facts, "agency", "X");
        fill(facts, "version", "004010");
        stamped(facts, "group", "yyyyMMdd");
        require(facts, "group", List.of("code"));
        return EdiEnvelope.segment("GS", facts);
    }

    /** ISO 8859-1 where its letters are enough, else UTF-8. */
    ObjectNode unb(JsonNode said, CharSequence text) {
        ObjectNode facts = known(said, "UNB", "interchange");
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        fill(facts, "syntax", latin ? "UNOC" : "UNOY");
        boolean fourth = facts.path("syntax").asText().equals("UNOY");
        fill(facts, "syntaxVersion", fourth ? "4" : "3");
        stamped(facts, "interchange", facts.path("syntaxVersion").asText().equals("4") ? "yyyyMMdd" : "yyMMdd");
        require(facts, "interchange", List.of("sender", "receiver"));
        return facts;
    }

    static EdiSegment unb(ObjectNode facts) {
        EdiSegment segment = EdiEnvelope.segment("UNB", facts);
        if (facts.path("acknowledge").asBoolean()) {
            segment.elements().put("UNB09", "1");
        }
        if (facts.path("test").asBoolean()) {
            segment.elements().put("UNB11", "1");
        }
        return segment;
    }

    private void stamped(ObjectNode facts, String envelope, String date) {
        if (stamp != null) {
            fill(facts, "number", stamp.digits());
            fill(facts, "date", at(stamp, date));
            fill(facts, "time", at(stamp, "HHmm"));
        }
        require(facts, envelope, List.of("number", "date", "time"));
    }

    private static String at(EdiStamp stamp, String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(stamp.at());
    }

    private static void fill(ObjectNode facts, String name, String value) {
        if (facts.path(name).asText("").isEmpty()) {
            facts.put(name, value);
        }
    }

    /** What was read is written again whatever it lacks. */
    private void require(JsonNode facts, String envelope, List<String> names) {
        for (String name : stamp == null ? List.<String>of() : names) {
            if (facts.path(name).asText("").isEmpty()) {
                throw new ProblemException(Problem.of(FormatCode.EDI_FIELD_MISSING, "field", envelope + "." + name));
            }
        }
    }

    private static ObjectNode known(JsonNode said, String tag, String envelope) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        List<String> names = EdiEnvelope.facts(tag);
        for (Map.Entry<String, JsonNode> field : said.properties()) {
            if (!names.contains(field.getKey())) {
                throw new ProblemException(Problem.of(
                        FormatCode.EDI_FIELD_UNKNOWN,
                        "field",
                        envelope + "." + field.getKey(),
                        "known",
                        String.join(", ", names)));
            }
            facts.set(field.getKey(), field.getValue());
        }
        return facts;
    }
}
