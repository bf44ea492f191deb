package io.waybill.mapping;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code reads}: how the files of a mapping are to be read. */
final class ReadsReader {
    private static final List<String> KEYS =
            List.of("format", "charset", "fallbackCharset", "delimiter", "groupBy", "records", "unwrap");

    private final Faults faults;

    ReadsReader(Faults faults) {
        this.faults = faults;
    }

    Reading reading(@Nullable Yaml reads) {
        if (reads == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "reads");
            return Reading.of(Format.JSON);
        }
        Map<String, Yaml> keys = reads.entries(faults);
        faults.only(keys, KEYS, MappingCode.UNKNOWN_KEY);
        Reading plain = Reading.of(format(reads, keys.get("format")))
                .withCharset(charset(keys, "charset"))
                .withFallbackCharset(charset(keys, "fallbackCharset"));
        Yaml groupBy = keys.get("groupBy");
        Yaml records = keys.get("records");
        return delimited(plain, keys.get("delimiter"))
                .withGroupBy(groupBy == null ? List.of() : groupBy.texts())
                .withRecords(
                        records == null ? List.of() : List.of(records.text().split("\\.")));
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
