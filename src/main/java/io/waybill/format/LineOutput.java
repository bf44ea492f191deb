package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.LayoutField.Kind;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes lines whose fields stand in fixed places. What does not fit is refused, never cut. */
final class LineOutput {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

    private final OutputStream out;
    private final Charset charset;
    private final boolean bytes;

    LineOutput(OutputStream out, Reading as) {
        this.out = out;
        this.charset = as.charset() == null ? StandardCharsets.UTF_8 : as.charset();
        this.bytes = as.fixed().bytes();
    }

    /** The fields of an object in their places; a field the layout does not know is refused unless it is a list or an object. */
    String fields(LineLayout layout, JsonNode object) {
        for (Map.Entry<String, JsonNode> value : object.properties()) {
            boolean known = value.getValue().isContainerNode()
                    || value.getKey().startsWith("@")
                    || layout.read().stream().anyMatch(field -> field.name().equals(value.getKey()));
            if (!known) {
                throw noPlace(value.getKey(), layout.record());
            }
        }
        StringBuilder line = new StringBuilder();
        layout.fields().stream()
                .sorted((a, b) -> Integer.compare(a.from(), b.from()))
                .forEach(field -> {
                    pad(line, field.from() - 1);
                    line.append(field(layout, field, object.path(field.name())));
                });
        return line.toString();
    }

    /** Of a line that has none below it: a list or an object beside its fields would be in no line. */
    void refuseLists(LineLayout layout, JsonNode row) {
        for (Map.Entry<String, JsonNode> value : row.properties()) {
            boolean field = layout.read().stream().anyMatch(own -> own.name().equals(value.getKey()));
            if (value.getValue().isContainerNode() && !value.getValue().isEmpty() && !field) {
                throw noPlace(value.getKey(), layout.record());
            }
        }
    }

    /** Of an object whose objects are the lines: a text beside them would be in none; attributes of XML belong to nobody. */
    void refuseTexts(String record, JsonNode lines) {
        for (Map.Entry<String, JsonNode> value : lines.properties()) {
            boolean attribute = value.getKey().startsWith("@") || value.getKey().equals(Header.REASON);
            if (value.getValue().isValueNode() && !attribute && !TreeRows.saysNothing(value.getValue())) {
                throw noPlace(value.getKey(), record);
            }
        }
    }

    static ProblemException noPlace(String name, String record) {
        return new ProblemException(Problem.of(FormatCode.FIELD_NOT_IN_LAYOUT, "name", name, "record", record));
    }

    private String field(LineLayout layout, LayoutField field, JsonNode value) {
        String given = field.kind() == Kind.RECORD ? layout.record() : TableOutput.text(value);
        String text = CONTROL.matcher(given).replaceAll(" ");
        boolean number = field.kind() == Kind.NUMBER && !text.isBlank();
        String spelled = number ? number(field, text.strip()) : text;
        int length = length(spelled);
        if (length > field.length() || (value.isContainerNode() && !value.isEmpty())) {
            throw misfit(field, text);
        }
        if (number) {
            boolean minus = spelled.startsWith("-");
            return (minus ? "-" : "") + "0".repeat(field.length() - length) + (minus ? spelled.substring(1) : spelled);
        }
        boolean digits = field.kind() == Kind.DIGITS && text.matches("\\d+");
        String rest = (digits ? "0" : " ").repeat(field.length() - length);
        return digits ? rest + spelled : spelled + rest;
    }

    private static String number(LayoutField field, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw misfit(field, text);
        }
        BigDecimal value = new BigDecimal(text);
        if (field.decimals() == 0) {
            return value.toPlainString();
        }
        BigDecimal shifted = value.movePointRight(field.decimals()).stripTrailingZeros();
        if (shifted.scale() > 0) {
            throw misfit(field, text);
        }
        return shifted.toPlainString();
    }

    private static ProblemException misfit(LayoutField field, String text) {
        return new ProblemException(Problem.of(
                FormatCode.VALUE_DOES_NOT_FIT,
                "name",
                field.name(),
                "length",
                field.length(),
                "type",
                field.kind().name().toLowerCase(Locale.ROOT),
                "found",
                text.length()));
    }

    String padded(String line, int width) {
        StringBuilder wide = new StringBuilder(line);
        pad(wide, width);
        return wide.toString();
    }

    private void pad(StringBuilder line, int width) {
        line.append(" ".repeat(Math.max(0, width - length(line.toString()))));
    }

    private int length(String text) {
        return bytes ? encoded(text).length : text.length();
    }

    void line(String text) {
        try {
            out.write(encoded(text + "\n"));
        } catch (IOException e) {
            throw Unreadable.output(e);
        }
    }

    private byte[] encoded(String text) {
        return Formats.encoded(text, charset);
    }
}
