package io.waybill.mapping;

import io.waybill.format.Document;
import io.waybill.mapping.Run.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where each value that is written of one document came from; a quick run notes nothing. */
final class Origins {
    private final Mapping mapping;
    private final Document document;
    private final Map<String, Origin> byPointer;
    private final Map<String, Long> elementRows;
    private final Map<String, int[]> kept;

    Origins(Mapping mapping, Document document, boolean quick) {
        this.mapping = mapping;
        this.document = document;
        this.byPointer = quick ? Map.of() : new HashMap<>();
        this.elementRows = quick ? Map.of() : new HashMap<>();
        this.kept = quick ? Map.of() : new HashMap<>();
    }

    void wrote(Spot spot) {
        byPointer.put(spot.pointer(), spot.written());
    }

    void element(Place place) {
        elementRows.put(Place.pointer(place), place.row());
    }

    /** Of a numbered list, which of the elements its lines number are left in it. */
    void kept(String list, int[] numbers) {
        kept.put(list, numbers);
    }

    /** Of what stands at this pointer or around it; where nothing was written, the line that would have. */
    Origin around(String pointer) {
        Origin known = byPointer.get(pointer);
        String above = pointer;
        while (known == null && above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            known = byPointer.get(above);
        }
        return known != null ? known : unwritten(pointer);
    }

    /** What was read for what stands at this pointer or around it; of what was not written, what would have been; empty for nothing. */
    String read(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Origin known = byPointer.get(at);
            String read = known == null
                    ? fields(mapping.lines(), at)
                            .map(field -> field.source().text())
                            .filter(text -> !text.isEmpty())
                            .distinct()
                            .collect(Collectors.joining(", "))
                    : Place.source(known.place(), known.source());
            if (known != null || !read.isEmpty()) {
                return read;
            }
        }
        return "";
    }

    private static Stream<Field> fields(List<Line> lines, String pointer) {
        return lines.stream().flatMap(line -> {
            String own = line.target().pointer();
            if (line instanceof Each each && pointer.startsWith(own + "/")) {
                String below = pointer.substring(own.length() + 1);
                return fields(each.lines().all(), below.replaceFirst("^\\d+", ""));
            }
            return line instanceof Field field && own.equals(pointer) ? Stream.of(field) : Stream.empty();
        });
    }

    /** A place in what was written as the lines number it, which do not know what will be left out. */
    String asMapped(String pointer) {
        String mapped = "";
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            int[] numbers = kept.get(mapped);
            mapped += "/" + (numbers == null ? step : numbers[Integer.parseInt(step)]);
        }
        return mapped;
    }

    /** The line a target field without a value would have come from; where none writes it, one that writes beside it. */
    private Origin unwritten(String pointer) {
        String plain = Pointers.withoutIndexes(pointer);
        String around = Pointers.withoutIndexes(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
        int line = Stream.of(
                        lines(target -> target.equals(pointer)),
                        lines(target -> Pointers.withoutIndexes(target).equals(plain)),
                        lines(target -> !around.isEmpty()
                                && Pointers.withoutIndexes(target).startsWith(around + "/")))
                .flatMap(lines -> lines)
                .findFirst()
                .map(Line::line)
                .orElse(1);
        return new Origin(line, row(pointer), "", "", false);
    }

    private Stream<Line> lines(Predicate<String> target) {
        return mapping.lines().stream().filter(line -> target.test(line.target().pointer()));
    }

    /** The row of the element around this pointer, else the first of the document. */
    long row(String pointer) {
        String above = pointer;
        while (above.lastIndexOf('/') > 0) {
            above = above.substring(0, above.lastIndexOf('/'));
            Long row = elementRows.get(above);
            if (row != null) {
                return row;
            }
        }
        return document.firstRow();
    }
}
