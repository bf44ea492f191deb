package io.waybill.carrier;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A carrier's codes and our words for them, from a CSV resource beside the adapter with the columns {@code code, word}. */
public final class CodeTable {
    private final Map<String, String> words;
    private final String unknown;

    private CodeTable(Map<String, String> words, String unknown) {
        this.words = words;
        this.unknown = unknown;
    }

    /**
     * Reads the resource beside a class.
     *
     * @param unknown the word for a code the table does not hold; the code itself is kept by the caller
     */
    public static CodeTable read(Class<?> beside, String resource, String unknown) {
        Map<String, String> words = new LinkedHashMap<>();
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource + " beside " + beside.getName());
            }
            CsvReader.builder()
                    .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .forEach((NamedCsvRecord row) -> words.put(row.getField("code"), row.getField("word")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CodeTable(words, unknown);
    }

    public String word(String code) {
        return words.getOrDefault(code, unknown);
    }

    public Set<String> codes() {
        return words.keySet();
    }
}
