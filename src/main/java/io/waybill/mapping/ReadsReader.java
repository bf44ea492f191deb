package io.waybill.mapping;

import io.waybill.format.Fixed;
import io.waybill.format.Format;
import io.waybill.format.Layout;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code reads}: how the files of a mapping are to be read. */
final class ReadsReader {
    private static final List<String> KEYS = List.of(
            "format",
            "charset",
            "fallbackCharset",
            "delimiter",
            "groupBy",
            "records",
            "unwrap",
            "sheet",
            "headerRow",
            "fillDown",
            "arrays",
            "layout",
            "lengths",
            "counts",
            "quotes");
    private static final List<String> WRITING = List.of("format", "charset", "delimiter", "layout", "lengths");

    private final Path folder;
    private final Faults faults;

    /** @param folder of the mapping, where layouts lie */
    ReadsReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    /** Reads {@code output}: the file a mapping's trees become; null without one. */
    @Nullable
    Reading writing(@Nullable Yaml output) {
        if (output == null) {
            return null;
        }
        Map<String, Yaml> keys = output.entries(faults);
        faults.only(keys, WRITING, MappingCode.UNKNOWN_KEY);
        Reading plain = Reading.of(format(output, keys.get("format"))).withCharset(charset(keys, "charset"));
        checkKind(keys, plain.format());
        boolean written = plain.format().lines()
                || plain.format() == Format.XML
                || plain.format() == Format.CSV
                || plain.format() == Format.TSV
                || plain.charset() == null
                || StandardCharsets.UTF_8.equals(plain.charset());
        refuse(keys, List.of("charset"), written, "format: csv | tsv | xml | fixed | idoc-flat; others are UTF-8");
        refuse(
                keys,
                List.of("format"),
                !plain.format().edi(),
                "another; a route writes these: waybill-map:NAME?as=x12");
        return delimited(plain, keys.get("delimiter")).withFixed(fixed(output, keys, plain.format()));
    }

    Reading reading(@Nullable Yaml reads) {
        if (reads == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "reads");
            return Reading.of(Format.JSON);
        }
        Map<String, Yaml> keys = faults.meant(reads.entries(faults), KEYS, MappingCode.UNKNOWN_KEY);
        Reading plain = Reading.of(format(reads, keys.get("format")))
                .withCharset(charset(keys, "charset"))
                .withFallbackCharset(charset(keys, "fallbackCharset"));
        checkKind(keys, plain.format());
        Reading reading = delimited(plain, keys.get("delimiter"))
                .withFixed(fixed(reads, keys, plain.format()))
                .withGroupBy(texts(keys, "groupBy"))
                .withRecords(path(keys.get("records")))
                .withTable(new Table(word(keys, "sheet"), headerRow(keys.get("headerRow")), texts(keys, "fillDown")))
                .withArrays(texts(keys, "arrays"))
                .withRefusedCounts(counts(keys.get("counts")))
                .withPlainQuotes(faults.word(keys.get("quotes"), "quotes", List.of("around", "none"))
                        .equals("none"));
        refuse(
                keys,
                List.of("groupBy", "fillDown"),
                !plain.format().lines() || reading.tabular(),
                "a layout without records");
        return reading;
    }

    private Fixed fixed(Yaml reads, Map<String, Yaml> keys, Format format) {
        String lengths = faults.word(keys.get("lengths"), "lengths", List.of("characters", "bytes"));
        if (format == Format.FIXED && keys.get("layout") == null) {
            faults.add(reads.line(), MappingCode.MISSING_KEY, "key", "layout");
        }
        return new Fixed(layout(keys.get("layout"), format), lengths.equals("bytes"));
    }

    private Layout layout(@Nullable Yaml name, Format format) {
        Path file = name == null || !format.lines() ? null : NamedFile.in(folder, name, faults);
        if (name == null || file == null) {
            return Layout.NONE;
        }
        String shown = folder.getFileName() + "/" + name.text();
        try (InputStream in = Files.newInputStream(file)) {
            return format == Format.FIXED ? Layout.lines(in, shown) : Layout.segments(in, shown);
        } catch (ProblemException e) {
            faults.problems().addAll(e.problems());
        } catch (IOException e) {
            faults.add(name.line(), MappingCode.MISSING_FILE, "path", name.text());
        }
        return Layout.NONE;
    }

    /** A key that says nothing of this format would be believed to. */
    private void checkKind(Map<String, Yaml> keys, Format format) {
        refuse(keys, List.of("sheet", "headerRow"), format.sheet(), "format: xlsx | xls");
        boolean table = (format.tabular() && format != Format.ROW) || format == Format.FIXED;
        refuse(keys, List.of("groupBy", "fillDown"), table, "format: csv | tsv | xlsx | xls | fixed");
        refuse(keys, List.of("delimiter"), format == Format.CSV || format == Format.TSV, "format: csv | tsv");
        refuse(keys, List.of("quotes"), format == Format.TSV, "format: tsv");
        boolean json = format == Format.JSON || format == Format.ROW;
        refuse(keys, List.of("records"), json || format == Format.XML, "format: json | row | xml");
        boolean tree = json || format == Format.NDJSON || format == Format.XML;
        refuse(keys, List.of("unwrap"), tree, "format: json | ndjson | row | xml");
        refuse(keys, List.of("arrays"), format == Format.XML || format.lines(), "format: xml | fixed | idoc-flat");
        refuse(keys, List.of("layout", "lengths"), format.lines(), "format: fixed | idoc-flat");
        refuse(keys, List.of("counts"), format.edi(), "format: x12 | edifact");
    }

    private void refuse(Map<String, Yaml> keys, List<String> names, boolean legal, String where) {
        for (String name : names) {
            Yaml value = keys.get(name);
            if (value != null && !legal) {
                faults.bad(value, name, where);
            }
        }
    }

    private static List<String> texts(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        return value == null ? List.of() : value.texts();
    }

    private static String word(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        return value == null ? "" : value.text();
    }

    private static List<String> path(@Nullable Yaml records) {
        if (records == null) {
            return List.of();
        }
        return records.isList() ? records.texts() : List.of(records.text().split("\\."));
    }

    private int headerRow(@Nullable Yaml row) {
        if (row == null || row.is("auto")) {
            return Table.AUTO;
        }
        if (!row.text().matches("[1-9]\\d{0,5}")) {
            faults.bad(row, "headerRow", "auto | 1 | 2 | 3");
            return Table.AUTO;
        }
        return Integer.parseInt(row.text());
    }

    private boolean counts(@Nullable Yaml word) {
        if (word != null && !word.is("report") && !word.is("refuse")) {
            faults.bad(word, "counts", "report | refuse");
        }
        return word != null && word.is("refuse");
    }

    /** The wrapper a document may come in, or null. */
    @Nullable
    String unwrap(@Nullable Yaml reads) {
        Yaml unwrap = reads == null ? null : reads.entries(new Faults("")).get("unwrap");
        return unwrap == null ? null : unwrap.text();
    }

    private Format format(Yaml reads, @Nullable Yaml word) {
        if (word == null) {
            faults.add(reads.line(), MappingCode.MISSING_KEY, "key", "format");
            return Format.JSON;
        }
        return Format.read(word.text()).orElseGet(() -> {
            faults.bad(word, "format", String.join(" | ", Format.words()));
            return Format.JSON;
        });
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

    private Reading delimited(Reading reading, @Nullable Yaml delimiter) {
        if (delimiter == null) {
            return reading;
        }
        if (delimiter.text().length() != 1) {
            faults.bad(delimiter, "delimiter", "\",\" | \";\" | \"|\"");
            return reading;
        }
        return reading.withDelimiter(delimiter.text().charAt(0));
    }
}
