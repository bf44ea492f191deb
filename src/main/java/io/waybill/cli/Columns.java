package io.waybill.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as their widest cell, and a Chinese character as wide as two letters. */
final class Columns {
    private static final int LONGEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    Columns(List<String> heads) {
        rows.add(heads);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(Columns::shown).toList());
    }

    /** Its lines, the heads first. The last column is never padded. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i));
            if (i + 1 < widths.length) {
                line.append(" ".repeat(widths[i] - width(row.get(i)) + 2));
            }
        }
        return line.toString().stripTrailing();
    }

    /** On one line, and no longer than a person reads. */
    private static String shown(String text) {
        String line = text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        boolean fullWidthForm = codePoint >= 0xFF01 && codePoint <= 0xFF60;
        boolean cjkPunctuation = codePoint >= 0x3000 && codePoint <= 0x303F;
        return Character.isIdeographic(codePoint) || fullWidthForm || cjkPunctuation ? 2 : 1;
    }
}
