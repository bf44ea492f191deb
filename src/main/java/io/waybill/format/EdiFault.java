package io.waybill.format;

import io.waybill.format.EdiTree.Place;
import io.waybill.problem.Problem;
import java.util.ArrayList;
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
    private static final Pattern STEP = Pattern.compile("/(\\d{1,9})(?![^/])");

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

    /**
     * The fault of a problem that names the element it was found in, or the segment a list is read from that is not there;
     * null for any other.
     *
     * @param layout of the document; null where its kind has none
     */
    static @Nullable EdiFault of(Problem problem, List<Place> places, @Nullable EdiLayout layout) {
        Map<String, String> values = problem.values();
        if (problem.code().equals(FormatCode.EDI_SEGMENT_MISSING.code())) {
            return new EdiFault(2, values.getOrDefault("tag", ""), 0, 0, Kind.SEGMENT_MISSING);
        }
        String source = values.getOrDefault("source", "").replaceFirst("[,/ ].*$", "");
        String way = source.replaceFirst("^\\$\\.", "");
        String path = INDEX.matcher(way).replaceAll("");
        List<Integer> numbers = numbers(problem);
        Kind kind = Kind.BY_CODE.getOrDefault(problem.code(), Kind.VALUE);
        Matcher last = LAST.matcher(path);
        if (!last.matches()) {
            String segment = layout == null || kind != Kind.ELEMENT_MISSING ? "" : layout.segment(path);
            Found list = found(way, !way.equals(source), kind, numbers, places, layout);
            return segment.isEmpty() || list.place() != null ? null : missing(segment, list);
        }
        String tag = last.group(2);
        Found found = path.contains(".")
                ? found(above(way), !way.equals(source), kind, numbers, places, layout)
                : new Found(element(ending(tag, places), numbers, places), null);
        Place place = found.place();
        if (place == null) {
            return missing(tag, found);
        }
        int component = last.group(4) == null ? 0 : Integer.parseInt(last.group(4));
        return new EdiFault(place.position(), tag, Integer.parseInt(last.group(3)), component, kind);
    }

    private static EdiFault missing(String tag, Found found) {
        Place before = found.before();
        return new EdiFault(before == null ? 2 : before.position() + 1, tag, 0, 0, Kind.SEGMENT_MISSING);
    }

    /** @param before the last segment on the way to it that is there */
    private record Found(@Nullable Place place, @Nullable Place before) {}

    /**
     * In the element of the list that failed, else in the document: both may have such a segment.
     *
     * @param way to a segment, from the document or from the element of the list that failed
     */
    private static Found found(
            String way,
            boolean fromRoot,
            Kind kind,
            List<Integer> numbers,
            List<Place> places,
            @Nullable EdiLayout layout) {
        String segment = INDEX.matcher(way).replaceAll("");
        boolean known = places.stream().anyMatch(place -> place.path().equals(segment));
        String inner = fromRoot || (known && numbers.isEmpty()) ? "" : ending("." + segment, places);
        boolean nowhere = inner.isEmpty() && !fromRoot && !known && !numbers.isEmpty();
        String base = nowhere
                ? loopOf(segment.replaceFirst("\\..*", ""), places, layout)
                : inner.substring(0, Math.max(0, inner.length() - segment.length() - 1));
        if (base.isEmpty()) {
            return found(way, "", null, places);
        }
        Found found = found(way, base, element(base, numbers, places), places);
        boolean read = found.place() != null || kind == Kind.ELEMENT_MISSING;
        return read || !known ? found : found(way, "", null, places);
    }

    /** @param within the segment of the path {@code above} from which the way goes; null from the document */
    private static Found found(String way, String above, @Nullable Place within, List<Place> places) {
        String base = above;
        Place at = within;
        String[] steps = way.split("\\.", -1);
        for (int i = 0; i < steps.length; i++) {
            Matcher index = INDEX.matcher(steps[i]);
            boolean indexed = index.find();
            String name = INDEX.matcher(steps[i]).replaceAll("");
            base = base.isEmpty() ? name : base + "." + name;
            if (indexed || i == steps.length - 1) {
                List<Place> there = there(base, at, places);
                int number = indexed ? Integer.parseInt(index.group(1)) : 0;
                if (number >= there.size()) {
                    return new Found(null, at);
                }
                at = there.get(number);
            }
        }
        return new Found(at, null);
    }

    /** The path of the first segment that has this way at its end; empty where none has. With a point before: within another. */
    private static String ending(String way, List<Place> places) {
        return places.stream()
                .map(Place::path)
                .filter(path -> path.equals(way) || path.endsWith(way.startsWith(".") ? way : "." + way))
                .findFirst()
                .orElse("");
    }

    /** The path of the last of the outermost loops of this document that may hold such a segment; empty where none, or its head, may. */
    private static String loopOf(String tag, List<Place> places, @Nullable EdiLayout layout) {
        if (layout == null || layout.root().parts().containsKey(tag)) {
            return "";
        }
        return places.stream()
                .map(Place::path)
                .filter(path -> layout.mayHold(path, tag))
                .reduce((a, b) -> a.split("\\.").length < b.split("\\.").length ? a : b)
                .orElse("");
    }

    /** Of the segments of this path the one that the numbers of the failed field mean, those of the loops around it first. */
    private static @Nullable Place element(String path, List<Integer> numbers, List<Place> places) {
        List<String> loops = new ArrayList<>();
        for (String loop = path; !loop.isEmpty(); loop = above(loop)) {
            if (!there(loop, null, places).isEmpty()) {
                loops.add(0, loop);
            }
        }
        int depth = Math.min(Math.max(1, numbers.size()), loops.size());
        Place at = null;
        for (int i = 0; i < depth; i++) {
            List<Place> there = there(loops.get(loops.size() - depth + i), at, places);
            int number = numbers.isEmpty() ? 0 : numbers.get(i);
            if (there.isEmpty()) {
                return null;
            }
            at = there.get(Math.min(number, there.size() - 1));
        }
        return at;
    }

    /** The segments of this path, within that one if one is named. */
    private static List<Place> there(String path, @Nullable Place within, List<Place> places) {
        return places.stream()
                .skip(within == null ? 0 : places.indexOf(within) + 1)
                .takeWhile(place -> within == null || place.path().startsWith(within.path() + "."))
                .filter(place -> place.path().equals(path))
                .toList();
    }

    /** Of the lists around what failed: its field may be told without them. */
    private static List<Integer> numbers(Problem problem) {
        String pointer = problem.pointer();
        Matcher numbers =
                pointer == null ? INDEX.matcher(problem.values().getOrDefault("field", "")) : STEP.matcher(pointer);
        return numbers.results().map(index -> Integer.valueOf(index.group(1))).toList();
    }

    private static String above(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }
}
