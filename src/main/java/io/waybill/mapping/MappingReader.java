package io.waybill.mapping;

import io.waybill.format.Reading;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles one mapping file, or refuses it with everything that is wrong. */
final class MappingReader {
    private static final List<String> KEYS = List.of(
            "mapping",
            "version",
            "writes",
            "reads",
            "output",
            "cancel",
            "hold",
            "skip",
            "unmapped",
            "ignore",
            "lookups",
            "fields",
            "tests");

    private final Path folder;
    private final Faults faults;
    private final String text;
    private final Function<String, @Nullable Target> targets;
    private final boolean tested;

    /**
     * @param shown the file as problems name it
     * @param tested whether the tests the text names must be there: those of another text of the mapping are not
     */
    MappingReader(Path folder, String shown, String text, Function<String, @Nullable Target> targets, boolean tested) {
        this.tested = tested;
        this.folder = folder;
        this.faults = new Faults(shown);
        this.text = text;
        this.targets = targets;
    }

    /** @throws ProblemException with every fault of the file */
    Mapping read() {
        Map<String, Yaml> keys =
                faults.meant(Yaml.read(faults.file(), text).entries(faults), KEYS, MappingCode.UNKNOWN_KEY);
        String name = name(keys);
        int version = version(keys);
        Target target = target(keys);
        ReadsReader reads = new ReadsReader(folder, faults);
        Reading reading = reads.reading(keys.get("reads"));
        Reading output = reads.writing(keys.get("output"));
        LookupReader lookupReader = new LookupReader(folder.resolveSibling("lookups"), faults);
        Map<String, Lookup> lookups = lookupReader.read(keys.get("lookups"));
        SourceReader sources = new SourceReader(faults, reading);
        SkipReader skipReader = new SkipReader(faults, new WhenReader(faults, sources));
        List<Skip> skips = skips(keys, target, skipReader);
        FieldReader fields = new FieldReader(faults, lookups, sources);
        Lines lines = lines(keys.get("fields"), target, fields);
        checkLookupsUsed(keys.get("lookups"), lookups.keySet(), fields.usedLookups());
        checkRequiredWritten(target, lines.all());
        if (tested) {
            fields.empty().forEach(at -> faults.bad(at, "fields", "{ sku: sku }"));
            LiteralCheck literals = new LiteralCheck(faults, lines);
            if (target != null && target.name().equals("order/1")) {
                literals.checkLookups(keys.get("lookups"));
            }
            literals.checkLines();
        }
        ReadSet readSet = readSet(lines.all(), skips, reading, keys.get("ignore"));
        String unmapped = faults.word(keys.get("unmapped"), "unmapped", List.of("error", "warn", "off"));
        List<Sample> samples = new SampleReader(folder, faults).read(tested ? keys.get("tests") : null);
        if (!faults.problems().isEmpty() || target == null) {
            throw new ProblemException(faults.problems());
        }
        return new Mapping(new Mapping.Compiled(
                name,
                version,
                line(keys.get("version")),
                Sha256.of(text),
                text,
                faults.file(),
                folder,
                reading,
                output,
                new Wrapper(reads.unwrap(keys.get("reads")), unmapped.equals("off")),
                target,
                Skips.of(skips, lines.all(), reading),
                lines,
                readSet,
                OneOfRows.of(lines.all(), reading),
                lookupReader.files(),
                unmapped,
                Stream.concat(skipReader.needed().stream(), fields.needed().stream())
                        .toList(),
                samples));
    }

    /** A mapping is called as its folder is. */
    private String name(Map<String, Yaml> keys) {
        String called = String.valueOf(folder.getFileName());
        String name = faults.required(keys, "mapping", called);
        Yaml at = keys.get("mapping");
        if (at != null && !name.equals(called)) {
            faults.bad(at, "mapping", called);
        }
        return name;
    }

    /** What calls an order off comes first: such a document is rarely fit to ship besides. Then what lets it wait. */
    private List<Skip> skips(Map<String, Yaml> keys, @Nullable Target target, SkipReader reader) {
        List<Skip> skips = new ArrayList<>();
        for (String key : List.of("cancel", "hold")) {
            Yaml stops = keys.get(key);
            if (stops != null && target != null && !target.name().equals("order/1")) {
                faults.bad(stops, key, "writes: order/1");
            }
            skips.addAll(reader.read(key, stops));
        }
        skips.addAll(reader.read("skip", keys.get("skip")));
        return skips;
    }

    private int version(Map<String, Yaml> keys) {
        String version = faults.required(keys, "version", "1");
        Yaml at = keys.get("version");
        if (version.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(version);
        }
        if (at != null) {
            faults.bad(at, "version", "1");
        }
        return 1;
    }

    private @Nullable Target target(Map<String, Yaml> keys) {
        String name = faults.required(keys, "writes", "free");
        Target target = name.equals("free") ? Target.free() : targets.apply(name);
        if (target == null) {
            faults.add(line(keys.get("writes")), MappingCode.UNKNOWN_TARGET, "key", name);
        }
        return target;
    }

    private Lines lines(@Nullable Yaml spec, @Nullable Target target, FieldReader fields) {
        if (spec == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "fields");
            return new Lines(List.of(), Rule.FREE);
        }
        return target == null ? new Lines(List.of(), Rule.FREE) : fields.lines(spec, target.root());
    }

    private void checkLookupsUsed(@Nullable Yaml spec, Set<String> lookups, Set<String> used) {
        for (String name : lookups) {
            if (spec != null && !used.contains(name)) {
                faults.add(line(spec.entries(new Faults("")).get(name)), MappingCode.UNUSED_LOOKUP, "lookup", name);
            }
        }
    }

    /** A mapping that can never fill what its target demands is refused before the first document. */
    private void checkRequiredWritten(@Nullable Target target, List<Line> lines) {
        if (target == null || !faults.problems().isEmpty()) {
            return;
        }
        for (String name : target.root().required()) {
            if (lines.stream().noneMatch(line -> line.target().steps().get(0).equals(name))) {
                faults.add(1, MappingCode.UNWRITTEN_TARGET_FIELD, "field", name, "target", target.name());
            }
        }
    }

    private ReadSet readSet(List<Line> lines, List<Skip> skips, Reading reading, @Nullable Yaml ignore) {
        ReadSet reads = new ReadSet(!reading.groupBy().isEmpty());
        lines.forEach(line -> line.tellReads(List.of(), reads));
        skips.forEach(skip -> reads.add(List.of(), skip.when()));
        List<String> plain = new ArrayList<>();
        reading.groupBy().forEach(column -> plain.addAll(List.of(column.split(" \\| "))));
        plain.addAll(ignore == null ? List.of() : ignore.texts());
        for (String text : plain) {
            SourcePath path = SourcePath.of(text, reading.tabular());
            if (path == null) {
                faults.add(line(ignore), MappingCode.BAD_PATH, "path", text);
            } else {
                reads.add(List.of(), path);
            }
        }
        if (ignore != null && !reading.tabular()) {
            ignore.texts().forEach(reads::ignore);
        }
        return reads.sealed();
    }

    private static int line(@Nullable Yaml at) {
        return at == null ? 1 : at.line();
    }
}
