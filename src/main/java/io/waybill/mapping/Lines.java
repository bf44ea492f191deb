package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The columns of a table of what they write: the fields of its {@code rows}, or their own; none where {@code rows}, or one of them, is copied whole. */
    List<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Line line : lines) {
            List<Object> steps = line.target().steps();
            if (!steps.get(0).equals("rows")) {
                continue;
            }
            if (line instanceof Each each && line.target().text().equals("rows[]")) {
                columns.addAll(each.lines().names());
            } else if (steps.size() > 2 && steps.get(1) instanceof Integer) {
                columns.add(String.valueOf(steps.get(2)));
            } else {
                return List.of();
            }
        }
        return columns.isEmpty() ? names() : List.copyOf(columns);
    }

    private List<String> names() {
        return List.copyOf(members().keySet());
    }

    /** The fields they write, each once, with its text where that is always the same, else an empty one. */
    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        for (Line line : lines) {
            List<Object> steps = line.target().steps();
            boolean said = steps.size() == 1 && line instanceof Field field && field.source() instanceof Source.Const;
            String text =
                    said ? ((Source.Const) ((Field) line).source()).value().asText() : "";
            members.merge(String.valueOf(steps.get(0)), text, (one, other) -> one.equals(other) ? one : "");
        }
        return members;
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
