package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Writes a table row by row under its header. Every cell a spreadsheet would run as a formula is made text. */
public abstract sealed class TableOutput implements AutoCloseable permits CsvOutput, XlsxOutput {
    /** The columns of the hub's own lists that are amounts, weights and rates, written as text with a point: {@code 9.42}. */
    private static final Set<String> AMOUNTS = Set.of(
            "accrual",
            "amount",
            "approved",
            "balance",
            "billed",
            "billedWeight",
            "claim",
            "claimed",
            "credit",
            "credited",
            "debit",
            "enteredWeight",
            "exchangeRate",
            "expected",
            "listAmount",
            "paid",
            "quoted",
            "refundApproved",
            "refundCredited",
            "refundRequested",
            "refundWrittenOff",
            "refunded",
            "rejected",
            "requested",
            "settled",
            "statedTotal",
            "taxAmount",
            "total",
            "variance",
            "writtenOff");

    private final List<String> columns;
    private boolean amounts;

    TableOutput(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    final List<String> columns() {
        return columns;
    }

    /** The amounts of the hub's own lists are kept by a workbook as numbers, so that they can be added up. */
    public TableOutput amounts() {
        this.amounts = true;
        return this;
    }

    final boolean isAmount(int column) {
        return amounts && column < columns.size() && AMOUNTS.contains(columns.get(column));
    }

    /** One row of text, cell by cell. */
    public abstract void row(List<String> cells);

    /** The same of cells that were read; what was a number in those of a workbook is one again, with its decimals. */
    public void row(List<String> cells, BitSet values) {
        row(cells);
    }

    /**
     * One row of text with one amount: a workbook keeps it as a number that shows its currency, so that it can be added up;
     * elsewhere it is the text of its cell.
     */
    public void row(List<String> cells, int at, BigDecimal amount, String currency) {
        row(cells);
    }

    /** One row from an object: the columns' values by name; what is missing is empty, what is nested is JSON. */
    public void row(JsonNode object) {
        List<String> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(text(object.path(column))));
        row(cells);
    }

    static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        return value.isNull() ? "" : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    @Override
    public abstract void close();
}
