package io.waybill.format;

import io.waybill.format.EdiTree.Place;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a document something is wrong, as far as it can be said.
 *
 * @param position of the segment, the first is 1
 * @param element 0 when the whole segment is missing
 * @param component 0 when the element is not composite
 */
record EdiFault(int position, String tag, int element, int component, Kind kind) {
    private static final Pattern LAST = Pattern.compile("(.*?)\\.?([A-Z][A-Z0-9]{1,2})(\\d\\d)(?:_(\\d\\d))?");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    /** What is wrong, in the codes of X12 (elements 720 and 723) and of EDIFACT (0085). */
    enum Kind {
        SEGMENT_MISSING("3", "13"),
        ELEMENT_MISSING("1", "13"),
        TOO_SHORT("4", "40"),
        TOO_LONG("5", "39"),
        CHARACTER("6", "37"),
        VALUE("7", "12"),
        DATE("8", "12");

        final String x12;
        final String edifact;

        Kind(String x12, String edifact) {
            this.x12 = x12;
            this.edifact = edifact;
        }

        private static final Map<String, Kind> BY_CODE = Map.of(
                "REQUIRED", ELEMENT_MISSING,
                "TOO_SHORT", TOO_SHORT,
                "TOO_LONG", TOO_LONG,
                "NOT_A_NUMBER", CHARACTER,
                "NOT_A_WHOLE_NUMBER", CHARACTER,
                "THOUSAND_OR_DECIMAL", CHARACTER,
                "NOT_A_DATE", DATE);
    }

    /** The fault of a problem that names the element it was found in; null for any other. */
    static @Nullable EdiFault of(Problem problem, List<Place> places) {
        Map<String, String> values = problem.values();
        if (problem.code().equals(FormatCode.EDI_SEGMENT_MISSING.code())) {
            return new EdiFault(2, values.getOrDefault("tag", ""), 0, 0, Kind.SEGMENT_MISSING);
        }
        String source =
                values.getOrDefault("source", "").replaceFirst("[,/ ].*$", "").replaceFirst("^\\$\\.", "");
        String path = INDEX.matcher(source).replaceAll("");
        Matcher last = LAST.matcher(path);
        if (!last.matches()) {
            return null;
        }
        String tag = last.group(2);
        String segment = path.startsWith(tag) || !last.group(1).isEmpty() ? above(path) : "";
        Place place = place(segment.isEmpty() ? tag : segment, index(values), places);
        if (place == null) {
            Place parent = place(above(segment), index(values), places);
            return new EdiFault(parent == null ? 2 : parent.position() + 1, tag, 0, 0, Kind.SEGMENT_MISSING);
        }
        Kind kind = Kind.BY_CODE.getOrDefault(problem.code(), Kind.VALUE);
        int component = last.group(4) == null ? 0 : Integer.parseInt(last.group(4));
        return new EdiFault(place.position(), tag, Integer.parseInt(last.group(3)), component, kind);
    }

    private static String above(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    /** Of several the one of the list's element that failed, else the first. */
    private static @Nullable Place place(String path, int index, List<Place> places) {
        List<Place> found = path.isEmpty()
                ? List.of()
                : places.stream()
                        .filter(place ->
                                place.path().equals(path) || place.path().endsWith("." + path))
                        .toList();
        return found.isEmpty() ? null : found.get(Math.min(index, found.size() - 1));
    }

    private static int index(Map<String, String> values) {
        Matcher index = INDEX.matcher(values.getOrDefault("field", ""));
        return index.find() ? Integer.parseInt(index.group(1)) : 0;
    }
}
