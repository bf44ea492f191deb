package io.waybill.mapping;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is wrong with one file of ours, each with its line. */
public final class Faults {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    public Faults(String file) {
        this.file = file;
    }

    public void add(int line, Code code, Object... namesAndValues) {
        problems.add(Problem.of(code, namesAndValues).with("file", file).with("line", line));
    }

    public void bad(Yaml at, String key, String legal) {
        add(at.line(), MappingCode.BAD_VALUE, "key", key, "value", at.text(), "legal", legal);
    }

    /** A verb with a value that is not legal makes no step: always null. */
    @Nullable
    Step noStep(Yaml at, String verb, String legal) {
        bad(at, verb, legal);
        return null;
    }

    /** The text of a key that must be there, or after a fault this other text. */
    public String required(Map<String, Yaml> entries, String key, String otherwise) {
        Yaml value = entries.get(key);
        if (value == null) {
            add(1, MappingCode.MISSING_KEY, "key", key);
            return otherwise;
        }
        return text(value, key);
    }

    /** The text; of a list or a map, after a fault, its kind. */
    public String text(Yaml at, String key) {
        if (!at.isText()) {
            bad(at, key, "a text");
        }
        return at.text();
    }

    /** One of these words, the first of them where nothing is said. */
    public String word(@Nullable Yaml at, String key, List<String> legal) {
        if (at == null) {
            return legal.get(0);
        }
        if (!legal.contains(at.text())) {
            bad(at, key, String.join(" | ", legal));
        }
        return at.text();
    }

    /** Refuses every key that is not known, with the nearest that is. */
    public void only(Map<String, Yaml> entries, Collection<String> known, Code code) {
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                add(value.line(), code, "key", key, "nearest", Nearest.to(key, known));
            }
        });
    }

    /** The same, and what is left to read: a key that was refused, too, as the one it was surely meant for. */
    Map<String, Yaml> meant(Map<String, Yaml> entries, Collection<String> known, Code code) {
        only(entries, known, code);
        Map<String, Yaml> meant = new LinkedHashMap<>(entries);
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                Nearest.meant(key, known).ifPresent(near -> meant.putIfAbsent(near, value));
            }
        });
        return meant;
    }

    public List<Problem> problems() {
        return problems;
    }

    public String file() {
        return file;
    }
}
