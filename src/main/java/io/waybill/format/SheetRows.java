package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet of an XLSX workbook as a stream. */
final class SheetRows implements Rows {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final Workbook book;
    private final SheetNumbers numbers;
    private final String sheet;
    private final XMLStreamReader xml;
    private final String file;
    private final Limits limits;
    private final List<Problem> notes;
    private long number;
    private long count;
    private boolean ended;

    /** @param notes what is told of the workbook, though the sheet is read */
    SheetRows(Workbook book, String sheet, XMLStreamReader xml, String file, Limits limits, List<Problem> notes) {
        this.book = book;
        this.numbers = book.numbers();
        this.sheet = sheet;
        this.xml = xml;
        this.file = file;
        this.limits = limits;
        this.notes = notes;
    }

    @Override
    public List<Problem> notes() {
        return notes;
    }

    @Override
    public @Nullable RawRow next() {
        try {
            while (!ended && xml.hasNext()) {
                xml.next();
                if (xml.isStartElement() && xml.getLocalName().equals("row")) {
                    RawRow row = row();
                    if (!row.blank()) {
                        return row;
                    }
                }
            }
            ended = true;
            return null;
        } catch (XMLStreamException | NumberFormatException | IndexOutOfBoundsException e) {
            Problem damaged =
                    Problem.of(FormatCode.BAD_WORKBOOK, "file", file, "reason", String.valueOf(e.getMessage()));
            throw new ProblemException(number == 0 ? damaged : damaged.with("row", number), e);
        }
    }

    private RawRow row() throws XMLStreamException {
        String given = Workbook.attribute(xml, "r");
        number = given.isEmpty() ? number + 1 : Long.parseLong(given);
        limits.checkRows(++count, file);
        SheetCells cells = new SheetCells(file, sheet, limits, numbers, number, Workbook.flag(xml, "hidden"));
        int column = -1;
        for (xml.next(); !(xml.isEndElement() && xml.getLocalName().equals("row")); xml.next()) {
            if (xml.isStartElement() && xml.getLocalName().equals("c")) {
                String place = Workbook.attribute(xml, "r");
                column = place.isEmpty() ? column + 1 : column(place);
                cell(cells, column);
            }
        }
        return cells.row();
    }

    private void cell(SheetCells cells, int column) throws XMLStreamException {
        String type = Workbook.attribute(xml, "t");
        String style = Workbook.attribute(xml, "s");
        String value = null;
        boolean formula = false;
        for (xml.next(); !(xml.isEndElement() && xml.getLocalName().equals("c")); xml.next()) {
            if (xml.isStartElement()) {
                switch (xml.getLocalName()) {
                    case "v" -> value = xml.getElementText();
                    case "is" -> value = Workbook.richText(xml);
                    case "f" -> formula = true;
                    default -> {}
                }
            }
        }
        if (value != null && (type.equals("str") || !value.isBlank())) {
            put(cells, column, type, value, style);
        } else if (formula) {
            cells.notCalculated(column);
        }
    }

    private void put(SheetCells cells, int column, String type, String value, String style) {
        switch (type) {
            case "s" -> cells.text(column, plain(book.texts().get(Integer.parseInt(value.strip()))));
            case "inlineStr", "str" -> cells.text(column, plain(value));
            case "b" -> cells.truth(column, value.strip().equals("1"));
            case "d" -> cells.day(column, value);
            case "e" -> cells.error(column, value);
            default ->
                cells.number(column, value, style.isEmpty() ? NumberLook.PLAIN : book.look(Integer.parseInt(style)));
        }
    }

    /** Characters XML cannot hold are spelled {@code _x000D_}. */
    private static String plain(String text) {
        return text.contains("_x") ? ESCAPED.matcher(text).replaceAll(SheetRows::character) : text;
    }

    private static String character(MatchResult escaped) {
        char character = (char) Integer.parseInt(escaped.group(1), 16);
        return character == '\\' || character == '$' ? "\\" + character : String.valueOf(character);
    }

    /** {@code AB12} is column 27, counted from 0. */
    private static int column(String place) {
        int column = 0;
        for (int i = 0; i < place.length() && i < 4 && Character.isLetter(place.charAt(i)); i++) {
            column = 26 * column + Character.toUpperCase(place.charAt(i)) - 'A' + 1;
        }
        return Math.max(0, column - 1);
    }

    @Override
    public Problem tooWide(RawRow row, int width) {
        return SheetCells.beyondHeader(file, sheet, row, width);
    }

    @Override
    public boolean looseHeader() {
        return true;
    }

    @Override
    public void close() {
        book.close();
    }
}
