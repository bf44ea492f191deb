package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a value is written: {@code shipTo.name}, {@code parcels[0].weight}, or {@code items[]} for a list. */
final class TargetPath {
    private static final Pattern STEP = Pattern.compile("([\\w@][\\w@-]*|#text)(?:\\[(\\d{1,2})])?");

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

    static @Nullable TargetPath of(String text) {
        boolean list = text.endsWith("[]");
        List<Object> steps = new ArrayList<>();
        for (String part : (list ? text.substring(0, text.length() - 2) : text).split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return null;
            }
            steps.add(step.group(1));
            if (step.group(2) != null) {
                steps.add(Integer.valueOf(step.group(2)));
            }
        }
        return new TargetPath(text, steps, list);
    }

    static String pointer(List<Object> steps) {
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/').append(step));
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
