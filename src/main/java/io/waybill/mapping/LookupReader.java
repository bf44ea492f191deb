package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tables of {@code lookups}: a CSV in {@code mappings/lookups}, or values written inline. */
final class LookupReader {
    private static final List<String> KEYS = List.of("file", "key", "value", "values", "onMissing");

    private final Path folder;
    private final Faults faults;
    private final StringBuilder content = new StringBuilder();

    LookupReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** What the files held, for the mapping's checksum. */
    String content() {
        return content.toString();
    }

    Map<String, Lookup> read(@Nullable Yaml lookups) {
        Map<String, Lookup> all = new LinkedHashMap<>();
        if (lookups != null) {
            lookups.entries(faults).forEach((name, spec) -> all.put(name, lookup(name, spec)));
        }
        return all;
    }

    private Lookup lookup(String name, Yaml spec) {
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        String onMissing = faults.word(keys.get("onMissing"), "onMissing", List.of("error", "keep", "empty"));
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Yaml inline = keys.get("values");
        Yaml file = keys.get("file");
        if (inline != null) {
            inline.entries(faults).forEach((key, value) -> values.put(Values.narrow(key), value.json()));
        } else if (file != null) {
            fromFile(file, column(keys, "key", spec), column(keys, "value", spec), values);
        } else {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "file");
        }
        return new Lookup(name, new HashMap<>(values), onMissing);
    }

    private Yaml column(Map<String, Yaml> keys, String name, Yaml spec) {
        Yaml column = keys.get(name);
        if (column == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", name);
            return spec;
        }
        return column;
    }

    private void fromFile(Yaml file, Yaml key, Yaml value, Map<String, JsonNode> values) {
        Path path = NamedFile.in(folder, file, faults);
        if (path == null) {
            return;
        }
        try (DocumentReader rows = Formats.open(Files.newInputStream(path), file.text(), Reading.of(Format.CSV))) {
            for (Yaml column : List.of(key, value)) {
                if (!rows.columns().contains(column.text())) {
                    faults.add(
                            column.line(),
                            MappingCode.UNKNOWN_LOOKUP_COLUMN,
                            "column",
                            column.text(),
                            "lookup",
                            file.text(),
                            "nearest",
                            Nearest.to(column.text(), rows.columns()));
                    return;
                }
            }
            for (Document row = rows.next(); row != null; row = rows.next()) {
                String from = Values.narrow(Values.text(row.tree().path(key.text())));
                content.append(from).append('\u0000').append(row.tree().path(value.text()));
                if (values.put(from, row.tree().path(value.text())) != null) {
                    faults.add(file.line(), MappingCode.DUPLICATE_KEY, "key", file.text() + ": " + from);
                }
            }
        } catch (ProblemException e) {
            faults.problems().addAll(e.problems());
        } catch (IOException e) {
            faults.add(file.line(), MappingCode.MISSING_FILE, "path", file.text());
        }
    }
}
