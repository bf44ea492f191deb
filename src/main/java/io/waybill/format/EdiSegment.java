package io.waybill.format;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One segment as it was read.
 *
 * @param elements by name: {@code N101}, {@code DTM01_02} the second component of one; empty ones are left out
 */
record EdiSegment(String tag, ObjectNode elements) {
    /** An element's text, its padding taken off; empty when there is none. */
    String text(String name) {
        return elements.path(name).asText("").strip();
    }

    /** The name of an element, and of a component of it: the first has no number of its own. */
    static String name(String tag, int element, int component) {
        String name = tag + (element < 10 ? "0" : "") + element;
        return component < 2 ? name : name + (component < 10 ? "_0" : "_") + component;
    }
}
