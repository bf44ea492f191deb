package io.waybill.format;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Meant;
import io.waybill.text.Shortened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a sheet: names in one line with one space between words, a repeated one numbered ({@code sku}, {@code sku_2}) as no other column is called, blank trailing columns
 * dropped, a blank name in between called by its place ({@code column_3}).
 *
 * @param reason index of the column {@value #REASON}, which a quarantine file carries and readers skip, or -1
 */
record Header(List<String> names, int reason) {
    static final String REASON = "waybill_reason";

    /** Between two names of one column: {@code Order number | 订单号}. */
    private static final String OR = " \\| ";

    private static final int LONGEST_TOLD = 400;

    static Header of(String file, List<String> cells, boolean grouped) {
        int width = cells.size();
        while (width > 0 && cells.get(width - 1).isBlank()) {
            width--;
        }
        if (width == 0) {
            throw new ProblemException(Problem.of(FormatCode.MISSING_HEADER, "file", file));
        }
        List<String> said = width == 1
                ? List.of(tabbed(cells.get(0)))
                : cells.subList(0, width).stream().map(Meant::line).toList();
        Set<String> named = new HashSet<>(said);
        Set<String> taken = new HashSet<>();
        if (grouped) {
            taken.add(RowTrees.ROWS);
        }
        List<String> names = new ArrayList<>();
        int reason = -1;
        for (int i = 0; i < width; i++) {
            String name = said.get(i);
            if (name.equals(REASON) && reason < 0) {
                reason = i;
            } else {
                names.add(unique(name.isEmpty() ? "column_" + (i + 1) : name, name, named, taken));
            }
        }
        return new Header(List.copyOf(names), reason);
    }

    /** A header that is one cell with its tabs, where there are any: they are what parts the names of a file that was read by another delimiter. */
    private static String tabbed(String cell) {
        return Arrays.stream(cell.split("\t")).map(Meant::line).collect(Collectors.joining("\t"));
    }

    /** No other column's own name. */
    private static String unique(String name, String own, Set<String> named, Set<String> taken) {
        String candidate = name;
        for (int n = 2; (!candidate.equals(own) && named.contains(candidate)) || !taken.add(candidate); n++) {
            candidate = name + "_" + n;
        }
        return candidate;
    }

    /**
     * Where the cells of these columns stand in a row as it was read, from 0.
     *
     * @param wanted each a name, or several of which one is there
     * @param unknown what to say of one that is not there
     */
    List<Integer> places(String file, List<String> wanted, Code unknown) {
        return wanted.stream()
                .map(column -> Arrays.stream(column.split(OR))
                        .map(Meant::line)
                        .map(this::place)
                        .filter(place -> place >= 0)
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(missing(file, column, unknown))))
                .toList();
    }

    private Problem missing(String file, String column, Code unknown) {
        String known = Shortened.openly(LONGEST_TOLD, String.join(", ", names));
        return Problem.of(unknown, "file", file, "column", column, "known", known, "columns", names.size());
    }

    /** -1 for no column. */
    private int place(String name) {
        int index = names.indexOf(name);
        return reason >= 0 && index >= reason ? index + 1 : index;
    }

    /** The column whose cell stands at this place of a row as it was read. */
    String name(int place) {
        return names.get(reason >= 0 && place > reason ? place - 1 : place);
    }

    String reasonOf(List<String> cells) {
        return reason < 0 || cells.size() <= reason ? "" : cells.get(reason);
    }

    RawRow withoutReason(RawRow raw) {
        if (reason < 0 || raw.cells().size() <= reason) {
            return raw;
        }
        List<String> kept = new ArrayList<>(raw.cells());
        kept.remove(reason);
        BitSet values = raw.values().get(0, reason);
        raw.values().stream().filter(column -> column > reason).forEach(column -> values.set(column - 1));
        return raw.with(kept, values);
    }
}
