package io.waybill.mapping;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a value stands that nothing was read of yet.
 *
 * @param any one of what is there, and not said which
 * @param pairs what a {@code for} makes of an object, each field a {@code .key} and a {@code .value}
 * @param perhaps what else may stand in its place has names of its own
 */
record AccessPath(boolean fromRoot, List<Object> steps, boolean any, boolean pairs, boolean perhaps) {
    AccessPath(boolean fromRoot) {
        this(fromRoot, List.of(), false, false, false);
    }

    /** Where the element itself is a list nobody can say. */
    AccessPath to(ExprReads.Kind kind, Object step) {
        return any || steps.isEmpty() ? with(List.of(step)) : with(List.of(kind, step));
    }

    private AccessPath with(List<Object> more) {
        return new AccessPath(
                fromRoot, Stream.concat(steps.stream(), more.stream()).toList(), false, false, perhaps);
    }

    AccessPath anyOf() {
        return new AccessPath(fromRoot, steps, true, pairs, perhaps);
    }

    AccessPath oneOf() {
        return new AccessPath(fromRoot, steps, any, pairs, true);
    }

    Stream<AccessPath> each() {
        return any || steps.isEmpty()
                ? Stream.of(anyOf())
                : Stream.of(
                        with(List.of(ExprReads.Kind.LIST)).anyOf(),
                        new AccessPath(
                                fromRoot, with(List.of(ExprReads.Kind.OTHER)).steps(), true, true, perhaps));
    }

    /** What has a number is an element of a list, or a letter of a text, which is the text. */
    Stream<ExprReads.Read> reads(boolean whole) {
        ExprReads.Read read = new ExprReads.Read(fromRoot, steps, whole);
        int last = steps.size() - 1;
        if (last < 0 || !(steps.get(last) instanceof Integer)) {
            return Stream.of(read);
        }
        boolean ofKind = last > 0 && steps.get(last - 1) == ExprReads.Kind.LIST;
        List<Object> before = steps.subList(0, ofKind ? last - 1 : last);
        List<Object> text =
                Stream.concat(before.stream(), Stream.of(ExprReads.Kind.OTHER)).toList();
        return Stream.of(read, new ExprReads.Read(fromRoot, text, whole));
    }
}
