package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lines that write into one object. Its fields come in the order in which the lines first name them. */
final class Lines {
    private final Line[] lines;
    private final Frame[] frames;
    private final Frame[] asking;
    private final Frame[] around;
    private final int[] slots;
    private final Elements elements;

    /** @param rule of the object they write */
    Lines(List<Line> all, Rule rule) {
        this.lines = all.toArray(Line[]::new);
        this.frames = Frame.of(rule, all.stream().map(Line::target).toList());
        this.asking = Stream.of(frames).filter(Frame::asks).toArray(Frame[]::new);
        this.around = new Frame[lines.length];
        this.slots = new int[lines.length];
        for (int i = 0; i < lines.length; i++) {
            List<Object> steps = lines[i].target().steps();
            around[i] = Frame.around(steps, frames);
            slots[i] = around[i].slot(steps.get(steps.size() - 1));
        }
        this.elements = new Elements(lines, frames);
    }

    /** Every line, in file order. */
    List<Line> all() {
        return List.of(lines);
    }

    /** The fields they write, each once. */
    List<String> names() {
        return Stream.of(lines)
                .map(line -> String.valueOf(line.target().steps().get(0)))
                .distinct()
                .toList();
    }

    /** @return what they wrote; an element of a list that is empty will be left out of it */
    ObjectNode write(Scope scope, Run run) {
        @Nullable JsonNode[] made = new JsonNode[frames.length];
        ObjectNode into = (ObjectNode) frames[0].in(made);
        Spot spot = new Spot(run, scope);
        boolean[] filled = elements.none();
        for (int i = 0; i < lines.length; i++) {
            JsonNode value = lines[i].value(spot);
            if (value != null) {
                around[i].set(around[i].in(made), slots[i], value);
                elements.mark(filled, i);
            } else if (run.gaveUp()) {
                return into;
            }
        }
        elements.prune(filled, made, run, scope.place());
        boolean leftOut = scope.place() != null && into.isEmpty();
        if (run.isQuick() && !leftOut && !allHold(made)) {
            run.giveUp();
        }
        return into;
    }

    private boolean allHold(@Nullable JsonNode[] made) {
        for (Frame frame : asking) {
            JsonNode here = made[frame.number()];
            if (here != null && !frame.holds(here)) {
                return false;
            }
        }
        return true;
    }
}
