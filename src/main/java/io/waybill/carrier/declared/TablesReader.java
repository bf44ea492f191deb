package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.waybill.carrier.CarrierCode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Services;
import io.waybill.mapping.Faults;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads the CSV tables beside a description; columns {@code code, word} and, where they help, {@code pointer, name, source}. */
final class TablesReader {
    static final List<String> KINDS =
            List.of("refused", "not-sent", "unknown", "duplicate", "nothing", "account", "token", "gone");

    private static final Set<String> COLUMNS = Set.of("code", "word", "pointer", "name", "source");
    static final List<String> VOIDS = List.of(
            "label_not_found",
            "void_period_over",
            "label_already_used",
            "label_already_voided",
            "contact_carrier",
            "unknown");
    private static final String POINTER = "a pointer into the order: /shipTo/city";
    private static final int LARGEST = 1_000_000;

    private final String carrier;
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    TablesReader(String carrier, Path folder) {
        this.carrier = carrier;
        this.folder = folder;
    }

    List<Problem> problems() {
        return problems;
    }

    Tables read() {
        Services services = services();
        Map<String, Tables.ErrorRow> errors = new LinkedHashMap<>();
        rows("errors", false, KINDS::contains, String.join(" | ", KINDS))
                .forEach((code, row) -> errors.put(
                        code, new Tables.ErrorRow(row.word(), row.pointer().isEmpty() ? null : row.pointer())));
        Set<String> statuses = canonical("tracking-event/1", "status");
        Set<String> charges = canonical("invoice-line/1", "type");
        return new Tables(
                table("statuses", statuses, "unknown"),
                table("charges", charges, "uncategorized"),
                table("voids", VOIDS, "unknown"),
                services,
                errors,
                words(rows("fields", false, word -> word.startsWith("/"), POINTER)));
    }

    /** An order may leave the service to the carrier. */
    private Services services() {
        Map<String, String> words = new LinkedHashMap<>();
        rows("services", true, word -> word.matches("[a-z0-9_]{1,64}"), "our word: a-z, 0-9 and _")
                .forEach((code, row) -> {
                    if (words.containsValue(row.word())) {
                        twice(row);
                    } else {
                        words.put(code, row.word());
                    }
                });
        return new Services(
                CodeTable.of(carrier, "services", words, ""),
                service -> service.isEmpty() || words.containsKey(service));
    }

    /** Which of two channels a service means must not be left to chance. */
    private void twice(Row row) {
        Faults faults = new Faults(carrier + "/services.csv");
        faults.add(row.line(), MappingCode.DUPLICATE_KEY, "key", row.word());
        problems.addAll(faults.problems());
    }

    /** The words a canonical schema allows for a field, wherever it stands. */
    private static Set<String> canonical(String schema, String field) {
        Set<String> words = new TreeSet<>();
        for (JsonNode found : new Orders().schema(schema).findValues(field)) {
            found.path("enum").forEach(word -> words.add(word.asText()));
        }
        return words;
    }

    private CodeTable table(String name, java.util.Collection<String> legal, String unknown) {
        return CodeTable.of(
                carrier, name, words(rows(name, false, legal::contains, String.join(", ", legal))), unknown);
    }

    private static Map<String, String> words(Map<String, Row> rows) {
        Map<String, String> words = new LinkedHashMap<>();
        rows.forEach((code, row) -> words.put(code, row.word()));
        return words;
    }

    private record Row(int line, String word, String pointer) {}

    private Map<String, Row> rows(String name, boolean needed, Predicate<String> legal, String expected) {
        String shown = carrier + "/" + name + ".csv";
        Faults faults = new Faults(shown);
        Path file = folder.resolve(name + ".csv");
        Map<String, Row> rows = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            if (needed) {
                faults.add(1, MappingCode.MISSING_FILE, "path", shown);
            }
        } else {
            read(file, faults, rows, legal, expected);
        }
        problems.addAll(faults.problems());
        return rows;
    }

    private static void read(
            Path file, Faults faults, Map<String, Row> rows, Predicate<String> legal, String expected) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes");
            }
            try (CsvReader<NamedCsvRecord> csv =
                    CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
                for (NamedCsvRecord row : csv) {
                    add(row, faults, rows, legal, expected);
                }
            }
        } catch (IOException | RuntimeException e) {
            faults.add(1, CarrierCode.RATE_SHEET_UNREADABLE, "why", String.valueOf(e.getMessage()));
        }
    }

    private static void add(
            NamedCsvRecord row, Faults faults, Map<String, Row> rows, Predicate<String> legal, String expected) {
        int line = (int) row.getStartingLineNumber();
        for (String column : row.getHeader()) {
            if (!COLUMNS.contains(column) && line == 2) {
                faults.add(1, MappingCode.UNKNOWN_KEY, "key", column, "nearest", Nearest.to(column, COLUMNS));
            }
        }
        String code = row.findField("code").orElse("").strip();
        String word = row.findField("word").orElse("").strip();
        String pointer = row.findField("pointer").orElse("").strip();
        if (code.isEmpty()) {
            faults.add(line, MappingCode.MISSING_KEY, "key", "code");
        } else if (!legal.test(word)) {
            faults.add(line, MappingCode.BAD_VALUE, "key", "word", "value", word, "legal", expected);
        } else if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            faults.add(line, MappingCode.BAD_VALUE, "key", "pointer", "value", pointer, "legal", POINTER);
        } else if (rows.put(code, new Row(line, word, pointer)) != null) {
            faults.add(line, MappingCode.DUPLICATE_KEY, "key", code);
        }
    }
}
