package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Shape;
import io.waybill.format.Shaped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An object or numbered list that lines write into, made when the first of them has a value, with what the target asks of it as
 * a whole. All frames of a document stand in one array, each behind the one it is in.
 */
final class Frame {
    private final Way way;
    private final int number;
    private final @Nullable Frame above;
    private final int slot;
    private final Rule rule;
    private final Shape shape;
    private final int width;
    private final int @Nullable [] needed;

    /** @param steps to an object, or to a list that is written to by number: {@code a.b} and {@code a[0]} may both be written */
    private record Way(List<Object> steps, boolean list) {
        static Way to(List<Object> target, int depth) {
            return new Way(target.subList(0, depth), target.get(depth) instanceof Integer);
        }
    }

    private Frame(Way way, Set<Object> names, Rule root, List<Frame> before) {
        this.way = way;
        this.number = before.size();
        this.shape = Shape.of(
                way.list() ? List.of() : names.stream().map(String::valueOf).toList());
        this.width = names.size();
        int depth = way.steps().size();
        this.above = depth == 0 ? null : find(before, Way.to(way.steps(), depth - 1));
        this.slot = above == null ? 0 : above.slot(way.steps().get(depth - 1));
        this.rule = above == null ? root : above.ruleOf(way.steps().get(depth - 1));
        this.needed = needed();
    }

    /** @param rule of the object the targets are in, which is the first frame */
    static Frame[] of(Rule rule, List<TargetPath> targets) {
        Map<Way, Set<Object>> below = new LinkedHashMap<>();
        below.put(new Way(List.of(), false), new LinkedHashSet<>());
        for (TargetPath target : targets) {
            for (int depth = 0; depth < target.steps().size(); depth++) {
                below.computeIfAbsent(Way.to(target.steps(), depth), first -> new LinkedHashSet<>())
                        .add(target.steps().get(depth));
            }
        }
        List<Frame> frames = new ArrayList<>();
        below.forEach((way, names) -> frames.add(new Frame(way, names, rule, frames)));
        return frames.toArray(Frame[]::new);
    }

    private static Frame find(List<Frame> frames, Way way) {
        return frames.stream()
                .filter(frame -> frame.way.equals(way))
                .findFirst()
                .orElseThrow();
    }

    /** The one a value at the end of these steps goes into. */
    static Frame around(List<Object> steps, Frame[] frames) {
        return find(List.of(frames), Way.to(steps, steps.size() - 1));
    }

    /** Where a step leads to from here. */
    int slot(Object step) {
        return step instanceof Integer index ? index : shape.slot((String) step);
    }

    private Rule ruleOf(Object step) {
        return Objects.requireNonNull(step instanceof String name ? rule.child(name) : rule.element());
    }

    int number() {
        return number;
    }

    boolean list() {
        return way.list();
    }

    boolean asks() {
        return rule.asksOfWhole();
    }

    /** The slots that must be filled, where nothing else is asked; else null. */
    private int @Nullable [] needed() {
        int[] slots = rule.required().stream().mapToInt(shape::slot).toArray();
        return list() || !rule.asksForPartsOnly() || IntStream.of(slots).anyMatch(found -> found < 0) ? null : slots;
    }

    boolean holds(JsonNode made) {
        if (needed == null || !(made instanceof Shaped object)) {
            return rule.wholeHolds(made);
        }
        for (int part : needed) {
            if (object.in(part) == null) {
                return false;
            }
        }
        return true;
    }

    /** What it is in this document; made with all above it where it is not there yet. */
    JsonNode in(@Nullable JsonNode[] made) {
        JsonNode here = made[number];
        if (here == null) {
            here = make(made);
            made[number] = here;
        }
        return here;
    }

    /** Takes over what a line wrote as a whole. */
    private JsonNode make(@Nullable JsonNode[] made) {
        JsonNode empty = list() ? Values.NODES.arrayNode(width) : shape.object();
        if (above != null) {
            JsonNode around = above.in(made);
            JsonNode present = above.at(around, slot);
            if (present instanceof ObjectNode object && empty instanceof ObjectNode own) {
                own.setAll(object);
            } else if (present instanceof ArrayNode array && empty instanceof ArrayNode own) {
                own.addAll(array);
            }
            above.set(around, slot, empty);
        }
        return empty;
    }

    private @Nullable JsonNode at(JsonNode made, int below) {
        return made instanceof Shaped object ? object.in(below) : made.get(below);
    }

    /** A gap in a list is null. */
    void set(JsonNode made, int below, JsonNode value) {
        if (made instanceof Shaped object) {
            object.set(below, value);
            return;
        }
        ArrayNode array = (ArrayNode) made;
        while (array.size() <= below) {
            array.addNull();
        }
        array.set(below, value);
    }

    /** Whether it is no longer where it was put. */
    @SuppressWarnings("ReferenceEquality") // that very one
    boolean lost(@Nullable JsonNode[] made) {
        if (above == null) {
            return false;
        }
        JsonNode around = made[above.number];
        return around == null || above.at(around, slot) != made[number];
    }

    /** Tells what of a list will stand in it when its gaps are closed; of one that goes nothing. */
    void tellKept(@Nullable JsonNode[] made, Run run, @Nullable Place place) {
        if (made[number] instanceof ArrayNode array) {
            int[] kept = IntStream.range(0, array.size())
                    .filter(i -> !array.get(i).isNull())
                    .toArray();
            if (kept.length > 0) {
                run.kept(Place.pointer(place) + TargetPath.pointer(way.steps()), kept);
            }
        }
    }

    /** Closes the gaps of a list; one that is empty goes. */
    void compact(@Nullable JsonNode[] made) {
        if (!(made[number] instanceof ArrayNode array)) {
            return;
        }
        for (int i = array.size() - 1; i >= 0; i--) {
            if (array.get(i).isNull()) {
                array.remove(i);
            }
        }
        if (array.isEmpty() && above != null && made[above.number] instanceof ObjectNode around) {
            around.remove(above.shape.name(slot));
            made[number] = null;
        }
    }
}
