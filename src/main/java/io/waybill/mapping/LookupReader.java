package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.text.Meant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the tables of {@code lookups}: a CSV in {@code mappings/lookups}, or values written inline. */
final class LookupReader {
    private static final List<String> KEYS = List.of("file", "key", "value", "values", "onMissing", "default");

    private final Path folder;
    private final Faults faults;
    private final List<LookupFile> files = new ArrayList<>();

    LookupReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** The tables that are files. */
    List<LookupFile> files() {
        return List.copyOf(files);
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
        String onMissing =
                faults.word(keys.get("onMissing"), "onMissing", List.of("error", "keep", "empty", "default"));
        JsonNode otherwise = otherwise(keys, onMissing, spec);
        Yaml inline = keys.get("values");
        Yaml file = keys.get("file");
        if (inline != null) {
            List.of("file", "key", "value").forEach(key -> checkAlone(key, keys.get(key)));
            Map<String, JsonNode> values = inline(inline);
            return new Lookup(name, () -> values, onMissing, otherwise);
        }
        if (file == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "file");
            return new Lookup(name, Map::of, onMissing, otherwise);
        }
        return new Lookup(
                name, fromFile(file, column(keys, "key", spec), column(keys, "value", spec)), onMissing, otherwise);
    }

    /** Beside values nobody would look into the file. */
    private void checkAlone(String key, @Nullable Yaml at) {
        if (at != null) {
            faults.bad(at, key, "values | file, key, value");
        }
    }

    /** What {@code onMissing: default} gives; said where it is asked for, and only there. */
    private JsonNode otherwise(Map<String, Yaml> keys, String onMissing, Yaml spec) {
        Yaml otherwise = keys.get("default");
        if ((otherwise == null) == onMissing.equals("default")) {
            faults.bad(otherwise == null ? spec : otherwise, "onMissing", "{ onMissing: default, default: ground }");
        }
        return otherwise == null ? MissingNode.getInstance() : otherwise.json();
    }

    private Yaml column(Map<String, Yaml> keys, String name, Yaml spec) {
        Yaml column = keys.get(name);
        if (column == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", name);
            return spec;
        }
        return column;
    }

    private Map<String, JsonNode> inline(Yaml values) {
        Map<String, JsonNode> table = new HashMap<>();
        values.entries(faults).forEach((key, value) -> table.put(Meant.narrow(key), value.json()));
        return table;
    }

    private Supplier<Map<String, JsonNode>> fromFile(Yaml file, Yaml key, Yaml value) {
        Path path = NamedFile.in(folder, file, faults);
        if (path == null) {
            return Map::of;
        }
        LookupFile table = new LookupFile(path, new LookupFile.Columns(faults.file(), file, key, value));
        table.load(faults);
        files.add(table);
        return table::values;
    }
}
