package io.waybill.readiness;

import io.waybill.mapping.Masked;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is different in the source fields of later documents.
 *
 * @param personal source fields whose values are not shown
 */
record Changes(Columns first, Columns earlier, Columns now, Set<String> personal) {
    private static final int ENOUGH = 5;
    private static final int MOST_VALUES_TOLD = 10;
    private static final double MOSTLY = 0.8;
    private static final double HARDLY = 0.2;

    /** Columns renamed, vanished, new or written otherwise since the first documents, and values that are new now. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (now.isEmpty()) {
            return problems;
        }
        List<String> gone = first.names().stream()
                .filter(first::fills)
                .filter(name -> !now.fills(name))
                .toList();
        List<String> added = new ArrayList<>(now.names().stream()
                .filter(now::fills)
                .filter(name -> !first.has(name))
                .toList());
        if (!first.isEmpty()) {
            for (String name : gone) {
                Optional<String> other = added.stream()
                        .filter(candidate -> isAlike(name, candidate))
                        .findFirst();
                other.ifPresent(added::remove);
                problems.add(other.map(now -> Problem.of(ReadinessCode.COLUMN_RENAMED, "column", name, "now", now))
                        .orElseGet(() -> Problem.of(ReadinessCode.COLUMN_VANISHED, "column", name)));
            }
            added.forEach(name -> problems.add(Problem.of(ReadinessCode.COLUMN_ADDED, "column", name)));
            first.names().stream()
                    .filter(now::fills)
                    .forEach(name -> format(name).ifPresent(problems::add));
        }
        if (!earlier.isEmpty()) {
            now.names().forEach(name -> values(name).ifPresent(problems::add));
        }
        return problems;
    }

    /** Written mostly one way then, and hardly ever that way now. */
    private Optional<Problem> format(String name) {
        if (!first.fills(name)) {
            return Optional.empty();
        }
        Tally then = first.get(name).shapes();
        Tally later = now.get(name).shapes();
        var main = then.sorted().get(0);
        boolean was = then.total() >= ENOUGH && main.getValue() >= then.total() * MOSTLY;
        boolean is = later.total() >= ENOUGH && later.of(main.getKey()) <= later.total() * HARDLY;
        return was && is
                ? Optional.of(Problem.of(
                        ReadinessCode.COLUMN_FORMAT,
                        "column",
                        name,
                        "was",
                        main.getKey(),
                        "now",
                        later.sorted().get(0).getKey()))
                : Optional.empty();
    }

    private Optional<Problem> values(String name) {
        if (isPersonal(name)
                || !earlier.fills(name)
                || !now.fills(name)
                || !earlier.get(name).isList()) {
            return Optional.empty();
        }
        Tally known = earlier.get(name).values();
        List<String> fresh = now.get(name).values().words().stream()
                .filter(value -> known.of(value) == 0)
                .toList();
        String told = String.join(", ", fresh.subList(0, Math.min(MOST_VALUES_TOLD, fresh.size())));
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(ReadinessCode.VALUES_NEW, "column", name, "count", fresh.size(), "values", told));
    }

    private boolean isPersonal(String name) {
        return personal.contains(name) || Masked.personal(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Another name for the same: written alike, and with a like name or common values. */
    private boolean isAlike(String before, String after) {
        Columns.Column then = first.get(before);
        Columns.Column later = now.get(after);
        boolean sameShape = then.shapes()
                .sorted()
                .get(0)
                .getKey()
                .equals(later.shapes().sorted().get(0).getKey());
        boolean commonValue =
                then.values().words().stream().anyMatch(value -> later.values().of(value) > 0);
        return sameShape && (commonValue || isLike(before, after));
    }

    private static boolean isLike(String a, String b) {
        String left = plain(a);
        String right = plain(b);
        return left.startsWith(right) || right.startsWith(left) || left.endsWith(right) || right.endsWith(left);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
