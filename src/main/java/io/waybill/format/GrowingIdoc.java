package io.waybill.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One IDoc as its segments come: each goes into the segment it names as its parent, else by its level. */
final class GrowingIdoc {
    private final ObjectNode tree = JsonNodeFactory.instance.objectNode();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();
    private final Set<String> arrays;

    /** A segment that others may still go into. */
    private record Open(long number, int level, String path, ObjectNode segment) {}

    GrowingIdoc(Set<String> arrays) {
        this.arrays = arrays;
    }

    ObjectNode tree() {
        return tree;
    }

    List<Problem> problems() {
        return problems;
    }

    /** What hinders nothing. */
    List<Problem> notes() {
        return notes;
    }

    /**
     * Puts a segment where it belongs.
     *
     * @param parent the number of the segment above; zero or empty: its level tells
     * @return whether it has a place
     */
    boolean place(String number, String parent, String level, String type, ObjectNode segment) {
        long above = number(parent);
        int depth = (int) number(level);
        if (above < 0 || depth < 0 || (above == 0 && depth == 0 && !open.isEmpty())) {
            return false;
        }
        List<Open> closed = new ArrayList<>();
        while (!open.isEmpty()
                && (above > 0
                        ? open.getFirst().number() != above
                        : open.getFirst().level() >= depth)) {
            closed.add(open.removeFirst());
        }
        Open into = open.peekFirst();
        if (above > 0 && into == null) {
            closed.forEach(open::addLast);
            return false;
        }
        put(into, number, depth, type, segment);
        return true;
    }

    private void put(@Nullable Open into, String number, int depth, String type, ObjectNode segment) {
        String path = into == null ? type : into.path() + "." + type;
        Repeats.add(into == null ? tree : into.segment(), type, segment, arrays.contains(path));
        open.addFirst(new Open(number(number), depth, path, segment));
    }

    /** Empty is zero; what is no number is -1. */
    private static long number(String text) {
        return text.isEmpty() ? 0 : text.matches("\\d{1,6}") ? Long.parseLong(text) : -1;
    }
}
