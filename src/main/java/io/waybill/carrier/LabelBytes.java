package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What label bytes are, by how they begin, and whether they end as that does. */
public final class LabelBytes {
    private static final int BEGINNING = 4096;

    /** A byte order mark, blanks and control characters, such as the DLE that printer drivers send first. */
    private static final Pattern BEFORE = Pattern.compile("^(\u00EF\u00BB\u00BF)?[\\s\\x00-\\x20]*");

    private static final Pattern HTML =
            Pattern.compile("(?is)(<\\?xml.*?\\?>\\s*|<!--.*?-->\\s*)*+<(!doctype\\s+)?html[\\s>]");

    /** The first line: a new label, a setting of it, or the printer's reset. */
    private static final Pattern EPL = Pattern.compile(
            "(EPL2|N|O[A-Z]?(,\\w+)*|Z[TB]|[Qq]\\d+(,\\S+)*|I8,\\w,\\d+|[SD]\\d{1,2}|R\\d+,\\d+|J[FB]|;[^\\r\\n]*)[ \\t]*[\\r\\n]");

    /** What every label has, unless it gives commands another sign first. */
    private static final Pattern ZPL_FORM = Pattern.compile("\\^XA|[\\^~]CC", Pattern.CASE_INSENSITIVE);

    /** The command that prints, in a line of its own behind others. */
    private static final Pattern EPL_PRINT = Pattern.compile("[\\r\\n]PA?\\d+(,\\d+)?[ \\t]*([\\r\\n]|\\z)");

    /** The last command; comments may follow. */
    private static final Pattern ZPL_END =
            Pattern.compile("\\^XZ[\\s\\x00-\\x20]*(\\^FX[^^]*)*\\z", Pattern.CASE_INSENSITIVE);

    private static final Pattern EPL_END = Pattern.compile("[\\r\\n]P\\d+(,\\d+)?\\s*(;[^\\r\\n]*\\s*)*(N\\s*)?\\z");

    private LabelBytes() {}

    /**
     * The format of label bytes by how they begin, {@code PDF PNG GIF ZPL EPL2}; empty when they are none of these. What a driver
     * writes before a printer's language (a byte order mark, control characters, the preamble, comments) is looked past.
     */
    public static String formatOf(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, BEGINNING), ISO_8859_1);
        if (start.startsWith("%PDF")) {
            return "PDF";
        } else if (start.startsWith("\u0089PNG")) {
            return "PNG";
        } else if (start.startsWith("GIF8")) {
            return "GIF";
        }
        String text = BEFORE.matcher(start).replaceFirst("");
        if (text.startsWith("%PDF")) {
            return "PDF";
        }
        if (isPage(text)) {
            return "";
        }
        if (text.startsWith("~") || text.toUpperCase(Locale.ROOT).contains("^XA")) {
            return "ZPL";
        }
        return EPL.matcher(text).lookingAt() ? "EPL2" : "";
    }

    /**
     * The same, and what the carrier says where the bytes begin as nothing that is known: a label in a printer's language may begin
     * with any of its commands, but prints something; what a web server says, as a page or in plain words, does not.
     *
     * @param said the carrier's or our word for the format it was asked for: {@code ZPLII}, {@code EPL2}, {@code application/zpl}, …
     */
    public static String formatOf(byte[] bytes, String said) {
        String seen = formatOf(bytes);
        if (!seen.isEmpty()) {
            return seen;
        }
        String text = BEFORE.matcher(new String(bytes, ISO_8859_1)).replaceFirst("");
        String word = said.toUpperCase(Locale.ROOT);
        if (word.contains("ZPL") && !isPage(text) && ZPL_FORM.matcher(text).find()) {
            return "ZPL";
        }
        return word.contains("EPL") && !isPage(text) && EPL_PRINT.matcher(text).find() ? "EPL2" : "";
    }

    /** Whether they begin as an HTML page does, which no label is, but a paper may be. */
    public static boolean isHtml(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, BEGINNING), ISO_8859_1);
        return HTML.matcher(BEFORE.matcher(start).replaceFirst("")).lookingAt();
    }

    /** HTML, XML or JSON, which no label is. */
    private static boolean isPage(String text) {
        return text.startsWith("<") || text.startsWith("{") || text.startsWith("[");
    }

    /**
     * Whether label bytes end as their format does: a label that was cut on the way begins as well as a whole one.
     *
     * @param said the carrier's or our word for the format it was asked for
     */
    public static boolean isWhole(byte[] bytes, String said) {
        int tail = Math.min(bytes.length, BEGINNING);
        String end = new String(bytes, bytes.length - tail, tail, ISO_8859_1);
        return switch (formatOf(bytes, said)) {
            case "PDF" -> end.contains("%%EOF");
            case "PNG" -> end.contains("IEND");
            case "GIF" -> end.endsWith(";");
            case "ZPL" -> ZPL_END.matcher(end).find();
            case "EPL2" -> EPL_END.matcher(end).find();
            default -> false;
        };
    }

    /** Whether they are a picture that can be made a PNG or a PDF: a GIF, a PNG or, though no printer takes one, a JPEG. */
    public static boolean isPicture(byte[] bytes) {
        boolean isJpeg =
                bytes.length > 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8 && bytes[2] == (byte) 0xFF;
        return isJpeg || List.of("GIF", "PNG").contains(formatOf(bytes));
    }
}
