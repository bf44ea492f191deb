package io.waybill.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column the file must have.
 *
 * @param line of the mapping file that reads it
 * @param names the alternatives, one of which is enough
 */
record NeededColumn(int line, List<String> names) {

    /** What a line cannot do without that reads all of these. */
    static List<NeededColumn> of(int line, Stream<Source> read) {
        List<NeededColumn> needed = new ArrayList<>();
        read.forEach(source -> add(line, source, needed));
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
