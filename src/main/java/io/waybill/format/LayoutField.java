package io.waybill.format;

/**
 * One field of a line.
 *
 * @param from its first place, from 1
 * @param decimals of a number whose point is not written: 2 reads 12550 as 125.50
 */
record LayoutField(String name, int from, int length, Kind kind, int decimals) {
    /** What stands in a field. */
    enum Kind {
        /** Left-aligned, blanks around it are no part of it. */
        TEXT,
        /** As it stands, blanks and all. */
        RAW,
        /** A number that keeps its zeros in front: 000010. */
        DIGITS,
        /** A number, right-aligned and filled with zeros; a minus in front or, as SAP writes it, behind. */
        NUMBER,
        /** What says which kind of line this is. */
        RECORD,
        /** Nothing anybody reads. */
        FILLER
    }

    /** The place behind its last. */
    int end() {
        return from + length;
    }

    boolean overlaps(LayoutField other) {
        return from < other.end() && other.from < end();
    }
}
