package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet as a stream. Cells are text; what cannot be one is a problem of its row, by its cell. */
final class SheetRows implements Rows {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final Workbook book;
    private final SheetNumbers numbers;
    private final String sheet;
    private final XMLStreamReader xml;
    private final String file;
    private final Limits limits;
    private long number;
    private long count;
    private boolean ended;

    SheetRows(Workbook book, String sheet, XMLStreamReader xml, String file, Limits limits) {
        this.book = book;
        this.numbers = book.numbers();
        this.sheet = sheet;
        this.xml = xml;
        this.file = file;
        this.limits = limits;
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
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private RawRow row() throws XMLStreamException {
        String given = Workbook.attribute(xml, "r");
        number = given.isEmpty() ? number + 1 : Long.parseLong(given);
        if (++count > limits.rows()) {
            throw new ProblemException(Problem.of(FormatCode.TOO_MANY_ROWS, "file", file, "limit", limits.rows()));
        }
        Gathered cells = new Gathered();
        int column = -1;
        for (xml.next(); !(xml.isEndElement() && xml.getLocalName().equals("row")); xml.next()) {
            if (xml.isStartElement() && xml.getLocalName().equals("c")) {
                String place = Workbook.attribute(xml, "r");
                column = place.isEmpty() ? column + 1 : column(place);
                cell(cells, column);
            }
        }
        return new RawRow(number, cells.texts, cells.words, cells.problems);
    }

    /** What a row has gathered so far. */
    private static final class Gathered {
        private final List<String> texts = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int words;
    }

    private void cell(Gathered cells, int column) throws XMLStreamException {
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
        if (value == null || (value.isEmpty() && type.isEmpty())) {
            if (formula) {
                cells.problems.add(wrong(FormatCode.CELL_NOT_CALCULATED, column, ""));
            }
            return;
        }
        place(cells, column, text(cells, column, type, value, style));
        cells.words += words(type, value) ? 1 : 0;
    }

    private static boolean words(String type, String value) {
        return (type.equals("s") || type.equals("inlineStr") || type.equals("str")) && !value.isBlank();
    }

    private String text(Gathered cells, int column, String type, String value, String style) {
        return switch (type) {
            case "s" -> plain(book.texts().get(Integer.parseInt(value.strip())));
            case "inlineStr", "str" -> plain(value);
            case "b" -> value.strip().equals("1") ? "TRUE" : "FALSE";
            case "d" -> value;
            case "e" -> {
                cells.problems.add(wrong(FormatCode.CELL_ERROR, column, value));
                yield "";
            }
            default -> number(cells, column, value, style);
        };
    }

    private String number(Gathered cells, int column, String value, String style) {
        SheetNumbers.Read read =
                numbers.read(value, style.isEmpty() ? NumberLook.PLAIN : book.look(Integer.parseInt(style)));
        if (read.wrong() != null) {
            cells.problems.add(wrong(read.wrong(), column, value));
        }
        return read.text();
    }

    private void place(Gathered cells, int column, String text) {
        if (text.length() > limits.cellChars()) {
            throw Cells.tooLong(file, limits, number);
        }
        if (text.isEmpty()) {
            return;
        }
        if (column >= limits.columns()) {
            throw new ProblemException(
                    Problem.of(FormatCode.TOO_MANY_COLUMNS, "file", file, "row", number, "limit", limits.columns()));
        }
        while (cells.texts.size() <= column) {
            cells.texts.add("");
        }
        cells.texts.set(column, text);
    }

    /** Characters XML cannot hold are spelled {@code _x000D_}. */
    private static String plain(String text) {
        String read = text.contains("_x") ? ESCAPED.matcher(text).replaceAll(SheetRows::character) : text;
        return Formulas.restored(read);
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

    /** {@code AB} for 27. */
    private static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    private Problem wrong(FormatCode code, int column, String value) {
        return Problem.of(
                code, "file", file, "row", number, "cell", sheet + "!" + letters(column) + number, "value", value);
    }

    @Override
    public Problem tooWide(RawRow row, int width) {
        int column = width;
        while (row.cells().get(column).isBlank()) {
            column++;
        }
        return Problem.of(
                FormatCode.CELL_BEYOND_HEADER,
                "file",
                file,
                "row",
                row.number(),
                "cell",
                sheet + "!" + letters(column) + row.number());
    }

    @Override
    public boolean looseHeader() {
        return true;
    }

    private ProblemException damaged(String reason) {
        return new ProblemException(Problem.of(FormatCode.BAD_WORKBOOK, "file", file, "row", number, "reason", reason));
    }

    @Override
    public void close() {
        book.close();
    }
}
