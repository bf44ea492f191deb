package io.waybill.mapping;

import java.util.regex.Pattern;

/** JSON pointers as people read them. A step of digits alone is an index, but the first, {@code 10.order_no}. */
final class Pointers {
    private static final Pattern INDEX = Pattern.compile("(?<!^)/(\\d+)(?=/|$)");

    private Pointers() {}

    /** The field as its mapping calls it, {@code rows[0].Preis/Stk}; of the document itself, empty. */
    static String field(String pointer) {
        return named(INDEX.matcher(pointer).replaceAll("[$1]"));
    }

    /** The same of any element, {@code rows[].Preis/Stk}. */
    static String anyField(String pointer) {
        return named(INDEX.matcher(pointer).replaceAll("[]"));
    }

    /** A pointer without its indexes, {@code /rows/Preis~1Stk}. */
    static String withoutIndexes(String pointer) {
        return INDEX.matcher(pointer).replaceAll("");
    }

    private static String named(String pointer) {
        String field = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        return field.replace('/', '.').replace("~1", "/").replace("~0", "~");
    }
}
