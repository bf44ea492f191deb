package io.waybill.mapping;

import org.jspecify.annotations.Nullable;

/**
 * The element of a target list that lines write into. Its name is spelled only when something is told about it.
 *
 * @param above null in the document itself
 * @param row the row a person would look at
 */
record Place(@Nullable Place above, TargetPath target, int index, long row) {

    /** JSON pointer of a place; of none, the document. */
    static String pointer(@Nullable Place place) {
        return place == null ? "" : pointer(place.above) + place.target.pointer() + "/" + place.index;
    }
}
