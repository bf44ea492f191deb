package io.waybill.mapping;

import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** All that is wrong with one mapping file, each with its line. */
final class Faults {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void add(int line, MappingCode code, Object... namesAndValues) {
        problems.add(Problem.of(code, namesAndValues).with("file", file).with("line", line));
    }

    void bad(Yaml at, String key, String legal) {
        add(at.line(), MappingCode.BAD_VALUE, "key", key, "value", at.text(), "legal", legal);
    }

    /** Refuses every key that is not known, with the nearest that is. */
    void only(Map<String, Yaml> entries, Collection<String> known, MappingCode code) {
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                add(value.line(), code, "key", key, "nearest", Nearest.to(key, known));
            }
        });
    }

    List<Problem> problems() {
        return problems;
    }

    String file() {
        return file;
    }
}
