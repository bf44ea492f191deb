package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes rows of an XLSX sheet under a header, in bounded memory. Text is written as text, so that no spreadsheet takes
 * zeros from an id; a number of an object, or of a column of amounts, is a number as long as a spreadsheet can keep its
 * digits. A workbook ends at its
 * 1,048,576th row, which is refused. Closing ends the file, not the stream.
 */
final class XlsxOutput extends TableOutput {
    /** What readers take for the spelling of a character XML cannot hold. */
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private static final Pattern AMOUNT = Pattern.compile("-?(0|[1-9]\\d*)\\.\\d+");

    private static final int HELD = 500;
    private static final int LONGEST_NAME = 31;
    private static final int LONGEST_CELL = 32_767;
    private static final int MOST_DIGITS = 15;

    private final Workbook workbook;
    private final Worksheet sheet;
    private int next;

    /** @param place the sheet and the row of the header it is to be read from again */
    XlsxOutput(OutputStream out, List<String> columns, Table place) {
        super(columns);
        this.workbook = new Workbook(out, "Waybill", "1.0");
        this.sheet = sheet(place.sheet().strip());
        sheet.freezePane(0, Math.max(1, place.headerRow()));
        this.next = Math.max(1, place.headerRow()) - 1;
        row(columns());
    }

    private Worksheet sheet(String asked) {
        if (!asked.matches("[1-9]\\d{0,2}")) {
            return workbook.newWorksheet(asked.isEmpty() ? "Sheet1" : name(asked));
        }
        int number = Integer.parseInt(asked);
        for (int i = 1; i < number; i++) {
            workbook.newWorksheet("Sheet" + i);
        }
        return workbook.newWorksheet("Sheet" + number);
    }

    private static String name(String asked) {
        String allowed = asked.replaceAll("[\\\\/?*\\[\\]:]", "-");
        return Shortened.to(LONGEST_NAME, allowed);
    }

    @Override
    public void row(List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            text(column, cells.get(column));
        }
        end();
    }

    /** Of whole numbers the text: their style may show zeros in front. */
    @Override
    public void row(List<String> cells, BitSet values) {
        for (int column = 0; column < cells.size(); column++) {
            String text = cells.get(column);
            if (values.get(column) && isAmount(text)) {
                sheet.value(next, column, new BigDecimal(text));
            } else {
                text(column, text);
            }
        }
        end();
    }

    @Override
    public void row(List<String> cells, int at, BigDecimal amount, String currency) {
        for (int column = 0; column < cells.size(); column++) {
            if (column == at && kept(amount) && currency.matches("[A-Z]{3}")) {
                sheet.value(next, column, amount);
                sheet.style(next, column).format("0.00## [$" + currency + "]").set();
            } else {
                text(column, cells.get(column));
            }
        }
        end();
    }

    @Override
    public void row(JsonNode object) {
        for (int column = 0; column < columns().size(); column++) {
            JsonNode value = object.path(columns().get(column));
            if (value.isNumber() && kept(value.decimalValue())) {
                sheet.value(next, column, value.decimalValue());
            } else if (value.isBoolean()) {
                sheet.value(next, column, value.booleanValue());
            } else {
                text(column, text(value));
            }
        }
        end();
    }

    private static boolean kept(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS;
    }

    private static boolean isAmount(String text) {
        return AMOUNT.matcher(text).matches() && kept(new BigDecimal(text));
    }

    private void text(int column, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (isAmount(column) && isAmount(text)) {
            sheet.value(next, column, new BigDecimal(text));
            sheet.style(next, column).format("0.00######").set();
            return;
        }
        String safe = Formulas.neutral(text);
        if (safe.length() > LONGEST_CELL) {
            throw Cells.tooLong("output", Limits.DEFAULT.withCellChars(LONGEST_CELL), next + 1);
        }
        sheet.inlineString(next, column, ESCAPE.matcher(safe).replaceAll("_x005F_"));
    }

    private void end() {
        next++;
        if (next >= Worksheet.MAX_ROWS) {
            throw new ProblemException(
                    Problem.of(FormatCode.TOO_MANY_ROWS, "file", "output", "limit", Worksheet.MAX_ROWS));
        }
        if (next % HELD == 0) {
            try {
                sheet.flush();
            } catch (IOException e) {
                throw Unreadable.output(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            sheet.close();
            workbook.close();
        } catch (IOException e) {
            throw Unreadable.output(e);
        }
    }
}
