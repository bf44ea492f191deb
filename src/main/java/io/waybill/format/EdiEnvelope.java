package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the segments around a document say, by names people know: read into its tree, and written from it. */
final class EdiEnvelope {
    private static final Map<String, Map<String, String>> NAMES = Map.of(
            "ISA",
            names("senderQualifier ISA05 sender ISA06 receiverQualifier ISA07 receiver ISA08 date ISA09 time ISA10"
                    + " version ISA12 number ISA13"),
            "GS",
            names("code GS01 sender GS02 receiver GS03 date GS04 time GS05 number GS06 agency GS07 version GS08"),
            "ST",
            names("transaction ST01 number ST02 version ST03"),
            "UNB",
            names("syntax UNB01 syntaxVersion UNB01_02 sender UNB02 senderQualifier UNB02_02 receiver UNB03"
                    + " receiverQualifier UNB03_02 date UNB04 time UNB04_02 number UNB05 application UNB07"),
            "UNG",
            names("code UNG01 sender UNG02 receiver UNG03 date UNG04 time UNG04_02 number UNG05"),
            "UNH",
            names("transaction UNH02 number UNH01"));

    private EdiEnvelope() {}

    private static Map<String, String> names(String pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        String[] words = pairs.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            names.put(words[i], words[i + 1]);
        }
        return names;
    }

    /** The facts of one segment, those that it says. */
    static ObjectNode facts(EdiSegment segment) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        NAMES.getOrDefault(segment.tag(), Map.of()).forEach((name, element) -> {
            if (!segment.text(element).isEmpty()) {
                facts.put(name, segment.text(element));
            }
        });
        switch (segment.tag()) {
            case "ISA" -> flags(facts, segment.text("ISA15").equals("T"), segment.text("ISA14"));
            case "UNB" -> flags(facts, segment.text("UNB11").equals("1"), segment.text("UNB09"));
            case "UNH" -> facts.put("version", version(segment));
            default -> {}
        }
        return facts;
    }

    private static void flags(ObjectNode facts, boolean test, String acknowledge) {
        facts.put("test", test).put("acknowledge", acknowledge.equals("1"));
    }

    /** {@code D:96A:UN:EAN008}. */
    private static String version(EdiSegment header) {
        List<String> parts = new ArrayList<>();
        for (int i = 2; header.elements().has(EdiSegment.name("UNH", 2, i)); i++) {
            parts.add(header.text(EdiSegment.name("UNH", 2, i)));
        }
        return String.join(":", parts);
    }

    /** A segment with these facts in their elements. */
    static EdiSegment segment(String tag, JsonNode facts) {
        ObjectNode elements = JsonNodeFactory.instance.objectNode();
        NAMES.getOrDefault(tag, Map.of()).forEach((name, element) -> {
            String value = TableOutput.text(facts.path(name));
            if (!value.isEmpty()) {
                elements.put(element, value);
            }
        });
        return new EdiSegment(tag, elements);
    }

    /** The facts a tree may have there. */
    static List<String> facts(String tag) {
        List<String> names = new ArrayList<>(NAMES.getOrDefault(tag, Map.of()).keySet());
        names.addAll(List.of("test", "acknowledge"));
        return names;
    }
}
