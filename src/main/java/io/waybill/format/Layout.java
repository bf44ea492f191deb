package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields stand in the lines of a file: a CSV with the columns name, from, length and, where they say something,
 * type, record and under.
 */
public final class Layout {
    /** Says nothing. */
    public static final Layout NONE = new Layout(List.of());

    private final Map<String, LineLayout> lines = new LinkedHashMap<>();

    Layout(List<LineLayout> lines) {
        lines.forEach(line -> this.lines.put(line.record(), line));
    }

    /**
     * The layout of a fixed-length file. Where it names records, each has a field of the type {@code record} in one place.
     *
     * @throws ProblemException with everything that is wrong with it, by row
     */
    public static Layout lines(InputStream csv, String file) {
        Layout layout = new LayoutReader(file).read(csv);
        layout.checkMarks(file);
        return layout;
    }

    /**
     * Layouts of IDoc segments, each by its name: places are counted within SDATA.
     *
     * @throws ProblemException saying which row is wrong, and how
     */
    public static Layout segments(InputStream csv, String file) {
        return new LayoutReader(file).read(csv);
    }

    /** These layouts, and those of the other for what is not among them. */
    Layout over(Layout other) {
        List<LineLayout> all = new ArrayList<>(other.lines.values());
        all.addAll(lines.values());
        return new Layout(all);
    }

    boolean empty() {
        return lines.isEmpty();
    }

    /** Whether lines are of several kinds. */
    boolean recorded() {
        return !lines.isEmpty() && !lines.containsKey("");
    }

    /** The only kind of line there is. */
    LineLayout only() {
        return lines.values().iterator().next();
    }

    /** The kind that begins a document: the first that is not of the file. */
    LineLayout first() {
        return lines.values().stream()
                .filter(line -> !line.under().equals(LineLayout.FILE))
                .findFirst()
                .orElseGet(this::only);
    }

    @Nullable
    LineLayout line(String record) {
        return lines.get(record);
    }

    Set<String> records() {
        return lines.keySet();
    }

    /** The place that tells lines apart. */
    LayoutField mark() {
        return only().mark().orElseThrow();
    }

    private void checkMarks(String file) {
        if (!recorded()) {
            return;
        }
        Set<Optional<String>> places = lines.values().stream()
                .map(line -> line.mark().map(mark -> mark.from() + "-" + mark.end()))
                .collect(Collectors.toSet());
        if (places.size() != 1 || places.contains(Optional.<String>empty())) {
            throw new ProblemException(Problem.of(FormatCode.LAYOUT_MARK_UNCLEAR, "file", file));
        }
    }
}
