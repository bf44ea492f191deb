package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is written: {@code shipTo.name}, {@code parcels[0].weight}, or {@code items[]} for a list. A name may have blanks
 * within; one with a point or a bracket stands in quotes, {@code "Order no."}. Signs nobody sees are in neither.
 */
final class TargetPath {
    private static final int LONGEST = 1_000;
    private static final String UNSEEN = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}";
    private static final String WORD = "[^\\p{Z}" + UNSEEN + ".\\[\\]\"]+";
    private static final String NAME = WORD + "(?: " + WORD + ")*";
    private static final String QUOTED = "(?!\\p{Z})[^\"" + UNSEEN + "]+(?<!\\p{Z})";
    private static final Pattern STEP =
            Pattern.compile("(?:(" + NAME + ")|\"(" + QUOTED + ")\")(?:\\[(\\d{1,2})])?(?:\\.(?=.)|$)");

    private final String text;
    private final List<Object> steps;
    private final boolean list;
    private final String pointer;

    private TargetPath(String text, List<Object> steps, boolean list) {
        this.text = text;
        this.steps = List.copyOf(steps);
        this.list = list;
        this.pointer = pointer(steps);
    }

    /** Null of what is none, or is longer than a mapping's author would write. */
    static @Nullable TargetPath of(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        boolean list = text.endsWith("[]");
        List<Object> steps = new ArrayList<>();
        String path = list ? text.substring(0, text.length() - 2) : text;
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (end < path.length() && step.find() && step.start() == end) {
            steps.add(step.group(1) == null ? step.group(2) : step.group(1));
            if (step.group(3) != null) {
                steps.add(Integer.valueOf(step.group(3)));
            }
            end = step.end();
        }
        return end == 0 || end < path.length() ? null : new TargetPath(text, steps, list);
    }

    static String pointer(List<Object> steps) {
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/')
                .append(String.valueOf(step).replace("~", "~0").replace("/", "~1")));
        return pointer.toString();
    }

    String lastName() {
        return String.valueOf(steps.stream().filter(String.class::isInstance).reduce("", (a, b) -> b));
    }

    String text() {
        return text;
    }

    /** Names and indexes (an Integer). */
    List<Object> steps() {
        return steps;
    }

    /** Whether it is the other, or a part of it. */
    boolean isWithin(TargetPath other) {
        int depth = other.steps.size();
        return depth <= steps.size() && steps.subList(0, depth).equals(other.steps);
    }

    boolean list() {
        return list;
    }

    String pointer() {
        return pointer;
    }
}
