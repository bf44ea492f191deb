package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbered elements lines write into. One that got nothing but constants, though other lines were to fill it, is left out:
 * {@code identifiers[1].system} alone says nothing.
 */
final class Elements {
    private static final boolean[] NONE = {};

    private record Element(Frame list, int index) {}

    private final Frame[] frames;
    private final List<Element> all = new ArrayList<>();
    private final int[][] filledBy;
    private final boolean[] wanted;
    private final boolean gapless;

    Elements(Line[] lines, Frame[] frames) {
        this.frames = frames;
        this.filledBy = new int[lines.length][];
        for (int i = 0; i < lines.length; i++) {
            List<Integer> own = places(lines[i].target().steps());
            filledBy[i] = lines[i].constant()
                    ? new int[0]
                    : own.stream().mapToInt(Integer::intValue).toArray();
        }
        this.wanted = none();
        for (int i = 0; i < lines.length; i++) {
            mark(wanted, i);
        }
        this.gapless = all.stream().allMatch(e -> e.index() == 0 || all.contains(new Element(e.list(), e.index() - 1)));
    }

    /** The elements on the way. */
    private List<Integer> places(List<Object> steps) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Integer index) {
                Element element = new Element(Frame.around(steps.subList(0, i + 1), frames), index);
                if (!all.contains(element)) {
                    all.add(element);
                }
                places.add(all.indexOf(element));
            }
        }
        return places;
    }

    /** Marks for one document. */
    boolean[] none() {
        return all.isEmpty() ? NONE : new boolean[all.size()];
    }

    /** A line wrote something. */
    void mark(boolean[] filled, int line) {
        for (int element : filledBy[line]) {
            filled[element] = true;
        }
    }

    /**
     * Takes out what is to be left out.
     *
     * @param place the element of a list that the lines write into
     */
    void prune(boolean[] filled, @Nullable JsonNode[] made, Run run, @Nullable Place place) {
        if (gapless && allFilled(filled)) {
            return;
        }
        for (int i = 0; i < wanted.length; i++) {
            Element element = all.get(i);
            if (wanted[i] && !filled[i] && made[element.list().number()] instanceof ArrayNode array) {
                if (array.size() > element.index()) {
                    array.setNull(element.index());
                }
            }
        }
        for (Frame frame : frames) {
            if (frame.lost(made)) {
                made[frame.number()] = null;
            }
        }
        if (!run.isQuick()) {
            all.forEach(element -> element.list().tellKept(made, run, place));
        }
        all.forEach(element -> element.list().compact(made));
    }

    private boolean allFilled(boolean[] filled) {
        for (int i = 0; i < filled.length; i++) {
            if (wanted[i] && !filled[i]) {
                return false;
            }
        }
        return true;
    }
}
