package io.waybill.mapping;

import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file's header beside what a mapping reads: told once, not once a row. */
record HeaderCheck(Mapping mapping, List<String> columns, String fileName) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (NeededColumn needed : mapping.needed()) {
            if (!needed.among(columns) && told.add(needed.names().get(0))) {
                problems.add(problem(MappingCode.UNKNOWN_COLUMN)
                        .with("needed", mapping.file() + ":" + needed.line())
                        .with("column", String.join(" / ", needed.names()))
                        .with("nearest", Nearest.to(needed.names().get(0), columns)));
            }
        }
        List<String> unread = columns.stream()
                .filter(column -> !mapping.readSet().readsColumn(column))
                .toList();
        if (mapping.refusesUnread() && !unread.isEmpty()) {
            problems.add(problem(MappingCode.UNMAPPED_SOURCE_FIELD).with("unread", String.join(", ", unread)));
        }
        return problems;
    }

    private Problem problem(MappingCode code) {
        return Problem.of(code, "file", fileName, "line", 1, "mapping", mapping.name(), "version", mapping.version());
    }
}
