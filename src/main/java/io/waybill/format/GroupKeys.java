package io.waybill.format;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What the rows of one document have in common: what they say in the group columns. */
final class GroupKeys {
    private final String file;
    private final List<String> names;
    private final List<Integer> columns;
    private final SeenKeys scattered;
    private final SeenKeys seen = new SeenKeys();

    /** @param scattered groups of this file that are known to stand in several places */
    GroupKeys(String file, List<String> names, List<Integer> columns, SeenKeys scattered) {
        this.file = file;
        this.names = names;
        this.columns = columns;
        this.scattered = scattered;
    }

    /** Whether rows belong together at all. */
    boolean areSaid() {
        return !columns.isEmpty();
    }

    /** Whether this column is one of theirs, by where its cell stands in a row. */
    boolean isIn(int column) {
        return columns.contains(column);
    }

    /**
     * Whether what stands above in this column of theirs is another group's: where a column before it, in the file or as they are named,
     * begins anew.
     *
     * @param above the row before, filled
     * @param row the first of a group, filled
     */
    boolean isAnothers(int column, RawRow above, RawRow row) {
        return columns.stream()
                .filter(other -> other < column || columns.indexOf(other) < columns.indexOf(column))
                .anyMatch(other -> !row.meant(other).equals(above.meant(other)));
    }

    /** Empty where no rows belong together. */
    String of(RawRow row) {
        if (columns.isEmpty()) {
            return "";
        }
        StringJoiner key = new StringJoiner("\u001F");
        for (int column : columns) {
            key.add(row.meant(column));
        }
        return key.toString();
    }

    /**
     * Remembers that a group begins in this row.
     *
     * @return whether it began before
     */
    boolean begin(String key, long row) {
        return !key.isBlank() && seen.remember(key, row) > 0;
    }

    /** What is wrong with a cell that has the value of an earlier row, which belongs to another group. */
    Problem ofAnother(long row, String column, long earlier) {
        return Problem.of(
                FormatCode.FILLED_FROM_OTHER_GROUP,
                "file",
                file,
                "row",
                row,
                "column",
                column,
                "earlier",
                earlier,
                "key",
                String.join(", ", names));
    }

    /** Remembers that a group begins in this row, and answers what is wrong with that. */
    Optional<Problem> wrong(String key, long row) {
        String column = String.join(", ", names);
        if (key.isBlank()) {
            return Optional.of(Problem.of(FormatCode.EMPTY_GROUP_KEY, "file", file, "row", row, "column", column));
        }
        long earlier = seen.remember(key, row);
        long other = earlier > 0 ? earlier : scattered.rowOf(key);
        return other > 0
                ? Optional.of(Problem.of(
                        FormatCode.SCATTERED_GROUP,
                        "file",
                        file,
                        "row",
                        row,
                        "earlier",
                        other,
                        "column",
                        column,
                        "value",
                        key))
                : Optional.empty();
    }
}
