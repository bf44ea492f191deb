package io.waybill.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may be bad in what is written and costs no other: a list without its bad elements, and parts that are left out whole.
 *
 * @param list whose elements stand for themselves; empty for none
 * @param parts at the top of what is written, {@code total}, or below, {@code label/status}; with {@code *} for
 *     the number of an element they are of every one, and stay as they were written, if they were
 */
record Spared(String list, Set<String> parts) {

    /**
     * Takes them out, where nothing else is wrong.
     *
     * @param unwritten the places of which the lines could write nothing, before the target's rules were asked
     * @return whether the rest is good, and any of the list is left
     */
    boolean isLeft(ObjectNode written, Run run, Set<String> unwritten) {
        Set<String> failed = run.failed();
        Set<String> others =
                failed.stream().filter(pointer -> part(pointer).isEmpty()).collect(Collectors.toSet());
        boolean isLeft = others.isEmpty() || isLeft(others, written, unwritten);
        failed.stream().flatMap(pointer -> part(pointer).stream()).forEach(part -> remove(part, written));
        return isLeft;
    }

    private Optional<String> part(String pointer) {
        String anyElement = pointer.replaceAll("/\\d+(?=/)", "/*");
        return parts.stream()
                .filter(part -> ((part.contains("*") ? anyElement : pointer) + "/").startsWith("/" + part + "/"))
                .findFirst();
    }

    private static void remove(String part, ObjectNode written) {
        JsonPointer place = JsonPointer.compile("/" + part);
        if (written.at(place.head()) instanceof ObjectNode parent) {
            parent.remove(place.last().getMatchingProperty());
        }
    }

    private boolean isLeft(Set<String> failed, ObjectNode written, Set<String> unwritten) {
        if (!(written.path(list) instanceof ArrayNode elements)) {
            return false;
        }
        Pattern within = Pattern.compile("/" + Pattern.quote(list) + "/(\\d+)(/.*)?");
        NavigableSet<Integer> bad = new TreeSet<>();
        for (String pointer : failed) {
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
