package io.waybill.carrier;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A carrier's codes and our words for them, from a CSV resource beside the adapter with the columns {@code code, word} and,
 * of a real carrier, {@code source}: the carrier's document that has the code. A code that is not in it is counted.
 */
public final class CodeTable {
    private final UnknownCodes.Table name;
    private final Map<String, String> words;
    private final String unknown;

    private CodeTable(UnknownCodes.Table name, Map<String, String> words, String unknown) {
        this.name = name;
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
        String folder = beside.getPackageName();
        UnknownCodes.Table name = new UnknownCodes.Table(
                folder.substring(folder.lastIndexOf('.') + 1).replace('_', '-'), resource.replace(".csv", ""));
        return new CodeTable(name, words, unknown);
    }

    /**
     * Words that were read elsewhere.
     *
     * @param carrier and {@code table}: where a code that is not among them is counted
     */
    public static CodeTable of(String carrier, String table, Map<String, String> words, String unknown) {
        return new CodeTable(new UnknownCodes.Table(carrier, table), new LinkedHashMap<>(words), unknown);
    }

    /** Our word for a code; for one the table does not hold, the word for that, and the code is counted. */
    public String word(String code) {
        String word = words.get(code);
        if (word == null) {
            UnknownCodes.seen(name, code);
            return unknown;
        }
        return word;
    }

    /**
     * Our word for a text that no code stands for: that of the first code in small letters, in the table's order, which the
     * text holds.
     */
    public Optional<String> wordWithin(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return words.entrySet().stream()
                .filter(entry -> entry.getKey().chars().anyMatch(Character::isLowerCase))
                .filter(entry -> small.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public Set<String> codes() {
        return words.keySet();
    }
}
