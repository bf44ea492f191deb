package io.waybill.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the {@code tests} of a mapping. What goes in must be there; without what must come out a test fails. */
final class SampleReader {
    private static final List<String> KEYS = List.of("name", "input", "expect", "expectError", "expectNone");
    private static final List<String> NONE = List.of("skipped", "cancelled", "held");
    private static final String SHAPE =
            "{ name:, input: FILE, expect: FILE | expectError: { field:, code:, row: } | expectNone: skipped }";

    private final Path folder;
    private final Faults faults;
    private final Set<String> names = new HashSet<>();

    SampleReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    List<Sample> read(@Nullable Yaml tests) {
        List<Sample> samples = new ArrayList<>();
        for (Yaml item : tests == null ? List.<Yaml>of() : tests.items()) {
            Sample sample = sample(item);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private @Nullable Sample sample(Yaml item) {
        Map<String, Yaml> keys = item.entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        Yaml name = keys.get("name");
        Yaml input = keys.get("input");
        Yaml expect = keys.get("expect");
        Yaml error = keys.get("expectError");
        Yaml none = keys.get("expectNone");
        long expected = Stream.of("expect", "expectError", "expectNone")
                .filter(keys::containsKey)
                .count();
        if (name == null || input == null || expected != 1) {
            faults.bad(item, "tests", SHAPE);
            return null;
        }
        boolean inputThere = NamedFile.in(folder, input, faults) != null;
        boolean expectThere = expect == null || NamedFile.isPlain(expect, faults);
        if (!names.add(name.text())) {
            faults.add(item.line(), MappingCode.DUPLICATE_KEY, "key", name.text());
            return null;
        }
        String file = expect == null ? null : expect.text();
        return inputThere && expectThere
                ? new Sample(name.text(), item.line(), input.text(), file, error(error), none(none))
                : null;
    }

    private @Nullable String none(@Nullable Yaml none) {
        if (none != null && !NONE.contains(none.text())) {
            faults.bad(none, "expectNone", String.join(" | ", NONE));
        }
        return none == null ? null : none.text();
    }

    private Sample.@Nullable ExpectedError error(@Nullable Yaml error) {
        if (error == null) {
            return null;
        }
        Map<String, Yaml> keys = error.entries(faults);
        faults.only(keys, List.of("field", "code", "row"), MappingCode.UNKNOWN_KEY);
        Yaml field = keys.get("field");
        Yaml row = keys.get("row");
        boolean counted = row != null && row.text().matches("[1-9]\\d{0,8}");
        if (row != null && !counted) {
            faults.bad(row, "row", "1 | 2 | 3");
        }
        return new Sample.ExpectedError(
                field == null ? "" : field.text(),
                faults.required(keys, "code", ""),
                row != null && counted ? Long.parseLong(row.text()) : 0);
    }
}
