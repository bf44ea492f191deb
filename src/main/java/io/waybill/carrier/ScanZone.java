package io.waybill.carrier;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By whose clocks a time is told, as a carrier writes it behind the time. */
final class ScanZone {
    /** Names that mean one clock whoever writes them. */
    static final ScanZone ANYWHERE = new ScanZone(
            "Z UTC GMT 0, CET MEZ 1, CEST MESZ EET 2, EEST MSK 3, HKT SGT 8, JST KST 9, AEST 10, AEDT 11, NZST 12, NZDT 13");

    /** And those an American carrier means its own clocks by, unless it scans abroad where the same name is another's. */
    static final ScanZone AMERICAN = new ScanZone(
            ANYWHERE.table + ", ADT -3, EDT -4, EST CDT -5, MDT -6, MST PDT -7, PST AKDT -8, AKST HDT -9, HST -10,"
                    + " ET America/New_York, CT America/Chicago, MT America/Denver, PT America/Los_Angeles");

    /** And of one that scans at home: {@code CST} is no clock of China's, {@code AST} none of Arabia's. */
    static final ScanZone OF_THE_US = new ScanZone(AMERICAN.table + ", AST -4, CST -6, CHST 10");

    private static final Pattern OFFSET =
            Pattern.compile("(?i)(?:UTC|GMT)?\\h?(Z|[+-]\\d{2}(?::?\\d{2})?)\\h*(?:\\[[^]]*]|\\([^)]*\\))?");
    private static final Pattern NAME = Pattern.compile("[\\[(]?([A-Za-z]{1,5}|[A-Za-z_]+(?:/[A-Za-z_+-]+)+)[])]?");

    private final String table;
    private final Map<String, ZoneId> names = new HashMap<>();

    private ScanZone(String table) {
        this.table = table;
        for (String row : table.split(",", -1)) {
            String[] words = row.strip().split(" ", -1);
            String last = words[words.length - 1];
            ZoneId zone = last.contains("/") ? ZoneId.of(last) : Offset.of(last);
            Arrays.stream(words, 0, words.length - 1).forEach(name -> names.put(name, zone));
        }
    }

    /** An offset, a region, or a name; empty where it is none, or a name that may mean several. */
    Optional<ZoneId> of(String told) {
        String text = told.strip();
        Matcher offset = OFFSET.matcher(text);
        Matcher name = NAME.matcher(text);
        try {
            if (offset.matches()) {
                return Optional.of(ZoneId.of(offset.group(1).toUpperCase(Locale.ROOT)));
            }
            if (!name.matches()) {
                return Optional.empty();
            }
            String word = name.group(1);
            return word.contains("/")
                    ? Optional.of(ZoneId.of(word))
                    : Optional.ofNullable(names.get(word.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException noSuchClock) {
            return Optional.empty();
        }
    }

    /** Whether it is written as a zone's name is, though it may mean none, or several. */
    static boolean isName(String told) {
        return NAME.matcher(told.strip()).matches();
    }
}
