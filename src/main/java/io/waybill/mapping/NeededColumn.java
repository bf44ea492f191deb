package io.waybill.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A column the file must have.
 *
 * @param line of the mapping file that reads it
 * @param names the alternatives, one of which is enough
 */
record NeededColumn(int line, List<String> names) {

    /** What a field without a default cannot do without. */
    static List<NeededColumn> of(int line, Source source, List<Source> beside) {
        List<NeededColumn> needed = new ArrayList<>();
        add(line, source, needed);
        beside.forEach(from -> add(line, from, needed));
        needed.removeIf(column -> column.names().isEmpty());
        return needed;
    }

    private static void add(int line, Source source, List<NeededColumn> needed) {
        if (source instanceof Source.First) {
            needed.add(new NeededColumn(line, names(source.paths())));
        } else {
            source.paths().forEach(path -> needed.add(new NeededColumn(line, path.names())));
        }
    }

    boolean among(Collection<String> columns) {
        return names.stream().anyMatch(columns::contains);
    }

    private static List<String> names(List<SourcePath> paths) {
        return paths.stream().flatMap(path -> path.names().stream()).toList();
    }
}
