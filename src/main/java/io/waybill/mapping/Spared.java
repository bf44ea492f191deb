package io.waybill.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list without its bad elements, where nothing else is wrong. */
final class Spared {
    private Spared() {}

    /**
     * Takes them out.
     *
     * @param unwritten the places of which the lines could write nothing, before the target's rules were asked
     * @return whether the rest is good, and any of the list is left
     */
    static boolean isLeft(String list, ObjectNode written, Run run, Set<String> unwritten) {
        if (!(written.path(list) instanceof ArrayNode elements)) {
            return false;
        }
        Pattern within = Pattern.compile("/" + Pattern.quote(list) + "/(\\d+)(/.*)?");
        NavigableSet<Integer> bad = new TreeSet<>();
        for (String pointer : run.failed()) {
            Matcher element = within.matcher(pointer);
            if (!element.matches()) {
                return false;
            }
            if (!isOfOneLeftOut(pointer, written, unwritten)) {
                bad.add(Integer.valueOf(element.group(1)));
            }
        }
        bad.descendingSet().stream().filter(elements::has).forEach(index -> elements.remove((int) index));
        return !elements.isEmpty();
    }

    /** An element of which nothing could be written is not there: in its place stands the next one. */
    private static boolean isOfOneLeftOut(String pointer, ObjectNode written, Set<String> unwritten) {
        return unwritten.contains(pointer) && !written.at(pointer).isMissingNode();
    }
}
