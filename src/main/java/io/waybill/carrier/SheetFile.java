package io.waybill.carrier;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One CSV file of a rate sheet.
 *
 * @param needed columns it must have
 * @param allowed columns it may have; when it is empty, any
 * @param problems where everything that is wrong is put, by file and line
 */
record SheetFile(Path path, List<String> needed, List<String> allowed, List<Problem> problems) {

    /** Its rows; none when there is no such file, which is a problem only if it must be there. */
    List<SheetRow> rows(boolean required) {
        if (!Files.exists(path)) {
            if (required) {
                problems.add(Problem.of(CarrierCode.RATE_SHEET_FILE_MISSING, "file", path));
            }
            return List.of();
        }
        List<SheetRow> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(path)) {
            for (NamedCsvRecord row : csv) {
                if (rows.isEmpty() && !headerFits(row.getHeader())) {
                    return List.of();
                }
                Map<String, String> cells = new LinkedHashMap<>();
                row.getFieldsAsMap().forEach((column, cell) -> cells.put(column.strip(), cell.strip()));
                rows.add(new SheetRow(path.toString(), row.getStartingLineNumber(), cells, problems));
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(Problem.of(CarrierCode.RATE_SHEET_FILE_MISSING, "file", path));
        } catch (CsvParseException | IllegalStateException e) {
            problems.add(Problem.of(
                    CarrierCode.RATE_SHEET_UNREADABLE, "file", path, "line", rows.size() + 2, "why", cause(e)));
        }
        return rows;
    }

    private static String cause(RuntimeException e) {
        Throwable last = e.getCause() == null ? e : e.getCause();
        return String.valueOf(last.getMessage());
    }

    private boolean headerFits(List<String> header) {
        List<String> columns = header.stream().map(String::strip).toList();
        int before = problems.size();
        Set<String> seen = new HashSet<>();
        columns.stream()
                .filter(column -> !column.isEmpty() && !seen.add(column))
                .forEach(column -> problems.add(
                        Problem.of(CarrierCode.RATE_SHEET_ROW_TWICE, "file", path, "line", 1, "what", column)));
        needed.stream()
                .filter(column -> !columns.contains(column))
                .forEach(column -> problems.add(
                        Problem.of(CarrierCode.RATE_SHEET_COLUMN_MISSING, "file", path, "line", 1, "column", column)));
        columns.stream()
                .filter(column -> !allowed.isEmpty() && !needed.contains(column) && !allowed.contains(column))
                .forEach(column -> problems.add(Problem.of(
                        CarrierCode.RATE_SHEET_COLUMN_UNKNOWN,
                        "file",
                        path,
                        "line",
                        1,
                        "column",
                        column,
                        "known",
                        String.join(", ", needed) + ", " + String.join(", ", allowed))));
        return problems.size() == before;
    }
}
