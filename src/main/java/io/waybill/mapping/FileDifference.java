package io.waybill.mapping;

import java.util.List;

/** Where a file is another than the one that was expected, so that a person sees it: blanks at an end of a line, line ends and marks too. */
record FileDifference(String wanted, String got) {
    /** @param wanted and {@code got} are not the same */
    static FileDifference of(String wanted, String got) {
        List<String> expected = wanted.lines().toList();
        List<String> actual = got.lines().toList();
        int line = 0;
        while (line < Math.min(expected.size(), actual.size())
                && expected.get(line).equals(actual.get(line))) {
            line++;
        }
        if (line == expected.size() && line == actual.size()) {
            return new FileDifference(ends(wanted), ends(got));
        }
        boolean blanks = line < Math.min(expected.size(), actual.size())
                && expected.get(line).strip().equals(actual.get(line).strip());
        return new FileDifference(shown(expected, line, blanks), shown(actual, line, blanks));
    }

    private static String shown(List<String> lines, int line, boolean blanks) {
        if (line >= lines.size()) {
            return "nothing";
        }
        String text = lines.get(line).replace("\uFEFF", "(byte order mark)");
        return "line " + (line + 1) + ": " + (blanks ? "\"" + text + "\"" : text.strip());
    }

    private static String ends(String file) {
        String ends = file.contains("\r\n") ? "lines that end in CR LF" : "lines that end in LF";
        return file.endsWith("\n") ? ends : ends + ", the last in none";
    }
}
