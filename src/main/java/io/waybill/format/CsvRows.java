package io.waybill.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV stream, blank lines counted and passed over. A quote left open is refused by the row it opened in. */
final class CsvRows implements Rows {
    /** No character of any text, so that a quote is one like any other. */
    private static final char NO_QUOTE = '\uFFFF';

    private final String file;
    private final Limits limits;
    private final StrictReader text;
    private final EndMark end;
    private final char delimiter;
    private final Cells cellsBeingRead;
    private final CloseableIterator<List<String>> records;
    private long number;
    private int width;
    private @Nullable List<String> ahead;
    private boolean aheadHasBreaks;

    CsvRows(InputStream in, String file, Reading reading) {
        this.file = file;
        this.limits = reading.limits();
        this.text = new StrictReader(in, file, reading, true);
        SepLine sep = sepLine(reading);
        this.number = sep.there() ? 1 : 0;
        this.end = new EndMark(sep.rest());
        this.delimiter = sep.delimiter();
        this.cellsBeingRead = new Cells(file, limits, reading.plainQuotes(), this::rowBeingRead);
        this.records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(reading.plainQuotes() ? NO_QUOTE : '"')
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(Math.max(1 << 17, 2 * limits.cellChars()))
                .build(cellsBeingRead, end)
                .iterator();
        this.ahead = fetch();
    }

    private SepLine sepLine(Reading reading) {
        try {
            return SepLine.of(text, reading.delimiter(), reading.delimiterOfHeader());
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    @Override
    public @Nullable RawRow next() {
        List<String> cells = ahead;
        while (cells != null) {
            boolean hasBreaks = aheadHasBreaks;
            ahead = fetch();
            if (ahead == null) {
                return atTheEnd(cells);
            }
            limits.checkRows(++number, file);
            if (!blank(cells)) {
                width = width == 0 ? cells.size() : width;
                Problem damaged = damage(cells);
                RawRow row = new RawRow(number, cells, cells.size(), damaged == null ? List.of() : List.of(damaged));
                return hasBreaks ? whole(row) : row;
            }
            cells = ahead;
        }
        return null;
    }

    private RawRow whole(RawRow row) {
        int swallowed = SwallowedRows.in(row.cells(), width, delimiter);
        return swallowed == 0
                ? row
                : row.failing(
                        Problem.of(FormatCode.ROWS_IN_CELL, "file", file, "row", row.number(), "rows", swallowed));
    }

    /** The byte offset of damaged text in this row, or null. */
    private @Nullable Problem damage(List<String> cells) {
        if (text.damage().isEmpty()) {
            return null;
        }
        Problem first = null;
        for (String cell : cells) {
            for (int at = cell.indexOf(StrictReader.DAMAGED);
                    at >= 0;
                    at = cell.indexOf(StrictReader.DAMAGED, at + 1)) {
                Long offset = text.damage().poll();
                if (first == null) {
                    first = text.undecodable(offset == null ? -1 : offset).with("row", number);
                }
            }
        }
        return first;
    }

    private @Nullable RawRow atTheEnd(List<String> cells) {
        if (EndMark.is(cells)) {
            return null;
        }
        throw openQuote(number + 1, null);
    }

    @Override
    public Problem tooWide(RawRow row, int width) {
        return Problem.of(
                FormatCode.TOO_MANY_CELLS,
                "file",
                file,
                "row",
                row.number(),
                "cells",
                row.cells().size(),
                "columns",
                width);
    }

    @Override
    public boolean writesEmptyCells() {
        return true;
    }

    @Override
    public boolean endsInRow() {
        return ahead != null && EndMark.is(ahead) && end.isWithinLine();
    }

    @Override
    public boolean looseHeader() {
        return false;
    }

    private @Nullable List<String> fetch() {
        try {
            List<String> next = records.hasNext() ? records.next() : null;
            aheadHasBreaks = cellsBeingRead.hasBreaks();
            return next;
        } catch (CsvParseException e) {
            throw failure(e);
        } catch (UncheckedIOException e) {
            throw Unreadable.file(file, e);
        }
    }

    private RuntimeException failure(CsvParseException e) {
        long row = rowBeingRead();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof IOException
                    && !String.valueOf(cause.getMessage()).contains("buffer")) {
                return Unreadable.file(file, cause);
            }
            if (String.valueOf(cause.getMessage()).contains("buffer size")) {
                return Cells.tooLong(file, limits, row);
            }
        }
        return openQuote(row, e);
    }

    private long rowBeingRead() {
        return number + (ahead == null ? 1 : 2);
    }

    private ProblemException openQuote(long row, @Nullable Throwable cause) {
        Problem problem = Problem.of(FormatCode.OPEN_QUOTE, "file", file, "row", row);
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }

    static boolean blank(List<String> cells) {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
