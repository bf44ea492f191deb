package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.problem.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles one mapping file, or refuses it with everything that is wrong. */
final class MappingReader {
    private static final List<String> KEYS = List.of(
            "mapping", "version", "writes", "reads", "skip", "unmapped", "ignore", "lookups", "fields", "tests");
    private static final List<String> READS =
            List.of("format", "charset", "fallbackCharset", "delimiter", "groupBy", "records", "unwrap");
    private static final String FILE_NAME = "[A-Za-z0-9][\\w.-]{0,80}";

    private final Path folder;
    private final Faults faults;
    private final String text;
    private final Function<String, @Nullable Target> targets;

    /** @param shown the file as problems name it */
    MappingReader(Path folder, String shown, String text, Function<String, @Nullable Target> targets) {
        this.folder = folder;
        this.faults = new Faults(shown);
        this.text = text;
        this.targets = targets;
    }

    /** @throws ProblemException with every fault of the file */
    Mapping read() {
        Map<String, Yaml> keys = Yaml.read(faults.file(), text).entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        String name = required(keys, "mapping", String.valueOf(folder.getFileName()));
        if (!name.equals(String.valueOf(folder.getFileName())) && keys.containsKey("mapping")) {
            faults.bad(keys.get("mapping"), "mapping", String.valueOf(folder.getFileName()));
        }
        int version = version(keys);
        Target target = target(keys);
        Reading reading = reading(keys.get("reads"));
        LookupReader lookupReader = new LookupReader(folder.resolveSibling("lookups"), faults);
        Map<String, Lookup> lookups = lookupReader.read(keys.get("lookups"));
        FieldReader fields = new FieldReader(faults, lookups, reading.format().tabular());
        List<Skip> skips = skips(keys.get("skip"), fields);
        List<Line> lines = keys.containsKey("fields") && target != null
                ? fields.lines(keys.get("fields"), target.root())
                : List.of();
        if (!keys.containsKey("fields")) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "fields");
        }
        checkLookupsUsed(keys.get("lookups"), lookups, fields);
        if (faults.problems().isEmpty() && target != null) {
            checkRequiredWritten(target, lines);
        }
        ReadSet reads = reads(lines, skips, reading, keys.get("ignore"));
        String unmapped = unmapped(keys.get("unmapped"));
        List<Sample> samples = samples(keys.get("tests"));
        if (!faults.problems().isEmpty() || target == null) {
            throw new ProblemException(faults.problems());
        }
        return new Mapping(new Mapping.Compiled(
                name,
                version,
                sha256(text + lookupReader.content()),
                text,
                faults.file(),
                folder,
                reading,
                unwrap(keys.get("reads")),
                target,
                skips,
                lines,
                reads,
                unmapped,
                fields.needed(),
                samples));
    }

    private String required(Map<String, Yaml> keys, String key, String otherwise) {
        Yaml value = keys.get(key);
        if (value == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", key);
            return otherwise;
        }
        return value.text();
    }

    private int version(Map<String, Yaml> keys) {
        String version = required(keys, "version", "1");
        Yaml at = keys.get("version");
        if (version.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(version);
        }
        if (at != null) {
            faults.bad(at, "version", "1");
        }
        return 1;
    }

    private static int line(@Nullable Yaml at) {
        return at == null ? 1 : at.line();
    }

    private @Nullable Target target(Map<String, Yaml> keys) {
        String name = required(keys, "writes", "free");
        Target target = name.equals("free") ? Target.free() : targets.apply(name);
        if (target == null) {
            faults.add(line(keys.get("writes")), MappingCode.UNKNOWN_TARGET, "key", name);
        }
        return target;
    }

    private Reading reading(@Nullable Yaml reads) {
        if (reads == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "reads");
            return Reading.of(Format.JSON);
        }
        Map<String, Yaml> keys = reads.entries(faults);
        faults.only(keys, READS, MappingCode.UNKNOWN_KEY);
        Yaml format = keys.get("format");
        Format known = format == null ? null : Format.read(format.text()).orElse(null);
        if (format == null) {
            faults.add(reads.line(), MappingCode.MISSING_KEY, "key", "format");
        } else if (known == null) {
            faults.bad(format, "format", String.join(" | ", Format.words()));
        }
        Reading reading = Reading.of(known == null ? Format.JSON : known)
                .withCharset(charset(keys, "charset"))
                .withFallbackCharset(charset(keys, "fallbackCharset"));
        Yaml delimiter = keys.get("delimiter");
        if (delimiter != null && delimiter.text().length() == 1) {
            reading = reading.withDelimiter(delimiter.text().charAt(0));
        } else if (delimiter != null) {
            faults.bad(delimiter, "delimiter", "\",\" | \";\" | \"|\"");
        }
        Yaml groupBy = keys.get("groupBy");
        Yaml records = keys.get("records");
        return reading.withGroupBy(groupBy == null ? List.of() : groupBy.texts())
                .withRecords(
                        records == null ? List.of() : List.of(records.text().split("\\.")));
    }

    private @Nullable Charset charset(Map<String, Yaml> keys, String key) {
        Yaml name = keys.get(key);
        if (name == null || name.is("auto")) {
            return null;
        }
        try {
            return Charset.forName(name.text());
        } catch (IllegalArgumentException e) {
            faults.bad(name, key, "auto | utf-8 | windows-1252 | gb18030");
            return null;
        }
    }

    private static @Nullable String unwrap(@Nullable Yaml reads) {
        Yaml unwrap = reads == null ? null : reads.entries(new Faults("")).get("unwrap");
        return unwrap == null ? null : unwrap.text();
    }

    private List<Skip> skips(@Nullable Yaml spec, FieldReader fields) {
        List<Skip> skips = new ArrayList<>();
        for (Yaml item : spec == null ? List.<Yaml>of() : spec.items()) {
            Map<String, Yaml> keys = item.entries(faults);
            faults.only(keys, List.of("when", "reason"), MappingCode.UNKNOWN_KEY);
            Map<String, Yaml> when = keys.containsKey("when") ? keys.get("when").entries(faults) : Map.of();
            faults.only(when, List.of("from", "in", "notIn", "empty"), MappingCode.UNKNOWN_KEY);
            List<SourcePath> from = when.containsKey("from") ? fields.sourcePaths(when.get("from"), "from") : List.of();
            if (from.size() != 1 || when.size() < 2 || !keys.containsKey("reason")) {
                faults.bad(item, "skip", "{ when: { from: state, in: [draft] }, reason: not released }");
            } else {
                Yaml empty = when.get("empty");
                skips.add(new Skip(
                        from.get(0),
                        set(when.get("in")),
                        set(when.get("notIn")),
                        empty == null ? null : empty.is("true"),
                        keys.get("reason").text()));
            }
        }
        return skips;
    }

    private static @Nullable Set<String> set(@Nullable Yaml list) {
        return list == null ? null : Set.copyOf(list.texts());
    }

    private void checkLookupsUsed(@Nullable Yaml spec, Map<String, Lookup> lookups, FieldReader fields) {
        for (String name : lookups.keySet()) {
            if (spec != null && !fields.usedLookups().contains(name)) {
                faults.add(line(spec.entries(new Faults("")).get(name)), MappingCode.UNUSED_LOOKUP, "lookup", name);
            }
        }
    }

    /** A mapping that can never fill what its target demands is refused before the first document. */
    private void checkRequiredWritten(Target target, List<Line> lines) {
        for (String name : target.root().required()) {
            boolean written =
                    lines.stream().anyMatch(line -> line.target().steps().get(0).equals(name));
            if (!written) {
                faults.add(1, MappingCode.UNWRITTEN_TARGET_FIELD, "field", name, "target", target.name());
            }
        }
    }

    private ReadSet reads(List<Line> lines, List<Skip> skips, Reading reading, @Nullable Yaml ignore) {
        boolean grouped = !reading.groupBy().isEmpty();
        ReadSet reads = new ReadSet(grouped);
        lines.forEach(line -> line.tellReads(List.of(), reads));
        skips.forEach(skip -> reads.add(List.of(), skip.from()));
        List<String> plain = new ArrayList<>(reading.groupBy());
        if (ignore != null) {
            plain.addAll(ignore.texts());
        }
        for (String text : plain) {
            SourcePath path = SourcePath.of(text, reading.format().tabular());
            if (path == null) {
                faults.add(ignore == null ? 1 : ignore.line(), MappingCode.BAD_PATH, "path", text);
            } else {
                reads.add(List.of(), path);
            }
        }
        return reads;
    }

    private String unmapped(@Nullable Yaml spec) {
        String unmapped = spec == null ? "error" : spec.text();
        if (spec != null && !List.of("error", "warn", "off").contains(unmapped)) {
            faults.bad(spec, "unmapped", "error | warn | off");
        }
        return unmapped;
    }

    private List<Sample> samples(@Nullable Yaml spec) {
        List<Sample> samples = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Yaml item : spec == null ? List.<Yaml>of() : spec.items()) {
            Map<String, Yaml> keys = item.entries(faults);
            faults.only(keys, List.of("name", "input", "expect", "expectError"), MappingCode.UNKNOWN_KEY);
            Yaml input = keys.get("input");
            Yaml expect = keys.get("expect");
            Yaml error = keys.get("expectError");
            if (input == null || !keys.containsKey("name") || (expect == null) == (error == null)) {
                faults.bad(
                        item, "tests", "{ name:, input: FILE, expect: FILE | expectError: { field:, code:, row: } }");
                continue;
            }
            String name = keys.get("name").text();
            boolean inputThere = inside(folder, input, faults) != null;
            boolean expectThere = expect == null || inside(folder, expect, faults) != null;
            if (!names.add(name)) {
                faults.add(item.line(), MappingCode.DUPLICATE_KEY, "key", name);
            } else if (inputThere && expectThere) {
                samples.add(new Sample(
                        name, item.line(), input.text(), expect == null ? null : expect.text(), expected(error)));
            }
        }
        return samples;
    }

    private Sample.@Nullable ExpectedError expected(@Nullable Yaml error) {
        if (error == null) {
            return null;
        }
        Map<String, Yaml> keys = error.entries(faults);
        faults.only(keys, List.of("field", "code", "row"), MappingCode.UNKNOWN_KEY);
        JsonNode row = keys.containsKey("row") ? keys.get("row").json() : Values.NODES.numberNode(0);
        return new Sample.ExpectedError(
                keys.containsKey("field") ? keys.get("field").text() : "", required(keys, "code", ""), row.asLong());
    }

    /** A file that lies in this folder itself, by its plain name; otherwise a fault. */
    static @Nullable Path inside(Path folder, Yaml name, Faults faults) {
        Path path = name.text().matches(FILE_NAME) ? folder.resolve(name.text()) : null;
        if (path == null || !Files.isRegularFile(path)) {
            faults.add(name.line(), MappingCode.MISSING_FILE, "path", name.text());
            return null;
        }
        return path;
    }

    private static String sha256(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
