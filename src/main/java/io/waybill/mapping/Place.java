package io.waybill.mapping;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The element of a target list that lines write into. Its name is spelled only when something is told about it.
 *
 * @param above null in the document itself
 * @param row the row a person would look at
 * @param source the list it comes from, as the mapping names it
 * @param number which of that list's elements it is; of rows, which their row tells, {@code index}
 */
record Place(@Nullable Place above, TargetPath target, int index, long row, String source, int number) {

    /** JSON pointer of a place; of none, the document. */
    static String pointer(@Nullable Place place) {
        return place == null ? "" : pointer(place.above) + place.target.pointer() + "/" + place.index;
    }

    /**
     * What was read in a place: where elements before it were left out, so that the place does not say which of the source's it
     * is, on the way from the document.
     *
     * @param paths as the mapping names them
     */
    static String source(@Nullable Place place, String paths) {
        return place == null || !place.isElsewhere()
                ? paths
                : Stream.of(paths.split(", ", -1)).map(place::below).collect(Collectors.joining(", "));
    }

    private boolean isElsewhere() {
        return number != index || (above != null && above.isElsewhere());
    }

    /** From the document on a path that begins at the element. */
    private String below(String path) {
        if (path.isEmpty() || path.startsWith("$") || path.startsWith("^")) {
            return path;
        }
        String list = (above == null ? source : above.below(source)) + "[" + number + "]";
        return path.equals(".") ? list : list + "." + path;
    }
}
