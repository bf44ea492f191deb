package io.waybill.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which field of our order an error speaks of that names a field of the carrier's request: {@code paths.csv} beside the
 * adapter. In both columns {@code #} stands for an index: {@code content/packages/#/weight} is {@code /parcels/#/weight}; where ours has
 * fewer, it is the last of theirs.
 */
public final class FieldPaths {
    private static final Pattern PATH =
            Pattern.compile("#/[A-Za-z]\\w*(?:/\\w+)*|[A-Za-z]\\w*(?:(?:/|\\.|\\[)\\w+]?)+");
    private static final Pattern MISSING = Pattern.compile("required key \\[(\\w+)]");

    private final CodeTable table;

    private FieldPaths(CodeTable table) {
        this.table = table;
    }

    /** Reads the resource. */
    public static FieldPaths read(Class<?> beside) {
        return new FieldPaths(CodeTable.read(beside, "paths.csv", ""));
    }

    /** Our pointer for the longest known beginning of a path, whether written {@code a/0/b}, {@code a[0].b} or {@code /a/0/b}, in any case. */
    public Optional<String> pointer(String path) {
        List<String> steps =
                new ArrayList<>(List.of(path.toLowerCase(Locale.ROOT).split("[^\\w]+")));
        steps.removeIf(String::isEmpty);
        for (int length = steps.size(); length > 0; length--) {
            List<String> begin = steps.subList(0, length);
            List<String> indices = begin.stream().filter(FieldPaths::isIndex).toList();
            String known = begin.stream()
                    .map(step -> isIndex(step) ? "#" : step)
                    .reduce((one, two) -> one + "/" + two)
                    .orElse("");
            if (table.codes().contains(known)) {
                return Optional.of(filled(table.word(known), indices));
            }
        }
        return Optional.empty();
    }

    /** The first path in these words that is known; a key that is told to be missing is looked for under it. */
    public Optional<String> pointerIn(String words) {
        Matcher missing = MISSING.matcher(words);
        String key = missing.find() ? "/" + missing.group(1) : "";
        Matcher paths = PATH.matcher(words);
        while (paths.find()) {
            Optional<String> pointer = pointer(paths.group() + key);
            if (pointer.isPresent()) {
                return pointer;
            }
        }
        return Optional.empty();
    }

    private static boolean isIndex(String step) {
        return step.matches("\\d{1,4}");
    }

    private static String filled(String pointer, List<String> indices) {
        int wanted = (int) pointer.chars().filter(letter -> letter == '#').count();
        String filled = pointer;
        for (String index : indices.subList(Math.max(0, indices.size() - wanted), indices.size())) {
            filled = filled.replaceFirst("#", index);
        }
        return filled;
    }
}
