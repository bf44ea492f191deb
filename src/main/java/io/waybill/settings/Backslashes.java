package io.waybill.settings;

import java.util.regex.Pattern;

/** Lines of a settings file that lose a backslash, as a path typed on Windows does: a single one begins an escape. */
final class Backslashes {
    /** Before what is no escape, it is dropped. */
    private static final Pattern DROPPED = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\[^\\\\tnrfu:=#!\\s]");

    /** Behind a drive, where what follows may look like an escape. */
    private static final Pattern OF_A_DRIVE = Pattern.compile("[=:\\s]\\s*[A-Za-z]:\\\\(?!\\\\)");

    private Backslashes() {}

    static boolean areLost(String line) {
        String row = line.strip();
        boolean comment = row.startsWith("#") || row.startsWith("!");
        return !comment
                && (DROPPED.matcher(row).find() || OF_A_DRIVE.matcher(row).find());
    }
}
