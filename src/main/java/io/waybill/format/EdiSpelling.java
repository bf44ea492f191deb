package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Segments as text, each on a line of its own.
 *
 * @param release makes the separator after it a letter; 0 where there is none and a separator in a value is refused
 */
record EdiSpelling(char element, char component, char repetition, char segment, char release) {
    static final EdiSpelling X12 = new EdiSpelling('*', '>', '^', '~', (char) 0);
    /** Letters no value holds: control characters in values are written as blanks. */
    static final EdiSpelling X12_UNUSUAL = new EdiSpelling('\u001D', '\u001F', '^', '\u001C', (char) 0);

    static final EdiSpelling EDIFACT = new EdiSpelling('+', ':', '*', '\'', '?');

    /** The same where elements cannot be repeated. */
    EdiSpelling withoutRepetition() {
        return new EdiSpelling(element, component, (char) 0, segment, release);
    }

    /** The same with another letter between what is repeated. */
    EdiSpelling repeatedBy(char other) {
        return new EdiSpelling(element, component, other, segment, release);
    }

    String of(EdiSegment said) {
        SortedMap<Integer, SortedMap<Integer, JsonNode>> elements = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : said.elements().properties()) {
            String place = field.getKey().substring(said.tag().length());
            int component = place.length() > 2 ? Integer.parseInt(place.substring(3)) : 1;
            elements.computeIfAbsent(Integer.valueOf(place.substring(0, 2)), first -> new TreeMap<>())
                    .put(component, field.getValue());
        }
        StringBuilder text = new StringBuilder(said.tag());
        for (int at = 1; !elements.isEmpty() && at <= elements.lastKey(); at++) {
            List<String> repeats = repeats(said.tag(), elements.getOrDefault(at, new TreeMap<>()));
            if (repeats.size() > 1 && repetition == 0) {
                throw notOneValue(EdiSegment.name(said.tag(), at, 0));
            }
            text.append(element).append(String.join(String.valueOf(repetition), repeats));
        }
        return text.append(segment).append('\n').toString();
    }

    private List<String> repeats(String tag, SortedMap<Integer, JsonNode> components) {
        int times = components.values().stream().mapToInt(JsonNode::size).max().orElse(0);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < Math.max(1, times); i++) {
            StringBuilder one = new StringBuilder();
            for (int at = 1; !components.isEmpty() && at <= components.lastKey(); at++) {
                JsonNode value = components.get(at);
                one.append(at == 1 ? "" : component);
                one.append(
                        value == null
                                ? ""
                                : escaped(tag, value.isArray() ? value.path(i) : i == 0 ? value : value.path(i)));
            }
            all.add(one.toString());
        }
        return all;
    }

    /** Of a list where an element cannot be repeated, and of an object. */
    static ProblemException notOneValue(String field) {
        return new ProblemException(Problem.of(FormatCode.EDI_NOT_ONE_VALUE, "field", field));
    }

    private String escaped(String tag, JsonNode value) {
        return escaped(tag, value.isMissingNode() ? "" : TableOutput.text(value));
    }

    /** A value as it may stand between separators; line ends and other control characters are blanks. */
    String escaped(String tag, String raw) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == element || c == component || c == repetition || c == segment || c == release) {
                if (release == 0) {
                    throw new ProblemException(
                            Problem.of(FormatCode.EDI_SEPARATOR_IN_VALUE, "segment", tag, "separator", c));
                }
                text.append(release);
            }
            text.append(c < ' ' ? ' ' : c);
        }
        return text.toString();
    }
}
