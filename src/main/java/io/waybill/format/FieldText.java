package io.waybill.format;

import io.waybill.format.LayoutField.Kind;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts the fields of one line and reads what stands in them; what is wrong is collected. */
final class FieldText {
    /** Where a number should be, a shifted line may have a name. */
    private static final Pattern LETTERS = Pattern.compile("\\p{L}");

    /** With zeros in front these fill their field; a word there has blanks behind, which a writer may leave out. */
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,40}(\\.\\d{1,40})?");

    private final String file;
    private final long row;
    private final Cut line;
    private final int before;
    private final List<Problem> problems = new ArrayList<>();

    /** @param before how many places stand before the first field's first */
    FieldText(String file, long row, Cut line, int before) {
        this.file = file;
        this.row = row;
        this.line = line;
        this.before = before;
    }

    List<Problem> problems() {
        return problems;
    }

    /** What the field holds; empty when it is blank, behind the line's end or refused. */
    String read(LayoutField field) {
        int from = before + field.from();
        String text = line.at(from, field.length());
        if (text == null) {
            refuse(FormatCode.FIELD_SPLITS_CHARACTER, field, "");
            return "";
        }
        if (field.kind() == Kind.RAW) {
            return text;
        }
        String bare = text.strip();
        boolean cutShort = line.length() >= from && line.length() < from + field.length() - 1;
        boolean filled = field.kind() == Kind.NUMBER
                || (field.kind() == Kind.DIGITS && DIGITS.matcher(bare).matches());
        if (cutShort && filled) {
            refuse(FormatCode.FIELD_CUT_SHORT, field, bare);
            return "";
        }
        return field.kind() == Kind.NUMBER && !bare.isEmpty() ? number(field, bare) : bare;
    }

    /** What stands in places that nobody declared; a part of a character is as little of a text as what only fills them. */
    String undeclared(LayoutField place) {
        String text = line.at(before + place.from(), place.length());
        return text == null ? "" : text.replace('\0', ' ').strip();
    }

    private String number(LayoutField field, String text) {
        boolean behind = text.endsWith("-") || text.endsWith("+");
        boolean inFront = text.startsWith("-") || text.startsWith("+");
        String sign = behind ? text.substring(text.length() - 1) : inFront ? text.substring(0, 1) : "";
        String digits = behind ? text.substring(0, text.length() - 1) : inFront ? text.substring(1) : text;
        digits = digits.strip();
        if (!NUMBER.matcher(digits).matches() || (behind && inFront)) {
            refuse(FormatCode.FIELD_NOT_NUMBER, field, text);
            return "";
        }
        BigDecimal value = new BigDecimal(digits);
        if (!digits.contains(".")) {
            value = value.movePointLeft(field.decimals()).setScale(field.decimals());
        }
        return (sign.equals("-") ? value.negate() : value).toPlainString();
    }

    /** A line that goes on behind its last field says more than anybody declared. */
    void checkWidth(int width) {
        if (line.length() > before + width && !line.rest(before + width + 1).isBlank()) {
            problems.add(Problem.of(
                    FormatCode.LINE_TOO_LONG,
                    "file",
                    file,
                    "row",
                    row,
                    "column",
                    before + width + 1,
                    "length",
                    line.length(),
                    "limit",
                    before + width));
        }
    }

    private void refuse(FormatCode code, LayoutField field, String value) {
        problems.add(Problem.of(
                code,
                "file",
                file,
                "row",
                row,
                "column",
                before + field.from(),
                "name",
                field.name(),
                "length",
                field.length(),
                "value",
                LETTERS.matcher(value).replaceAll("*")));
    }
}
