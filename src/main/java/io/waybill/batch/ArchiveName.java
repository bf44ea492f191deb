package io.waybill.batch;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Names made by the hub, in which the sender's name is only a readable tail. */
final class ArchiveName {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final Pattern ANYTHING_BUT_A_NAME = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._ +@()-]+");
    private static final Pattern DOTS_IN_FRONT = Pattern.compile("^[. _-]+");
    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]+");
    private static final int LONGEST = 60;
    /** Of UTF-8: with what the hub writes before and after it, a name of a file has at most 255. */
    private static final int MOST_BYTES = 180;

    private ArchiveName() {}

    /** {@code 20261124-9f86d081884c-orders.csv}. */
    static String of(Instant received, String sha256, String original) {
        return DAY.format(received) + "-" + sha256.substring(0, 12) + "-" + writable(clean(original));
    }

    /** A machine without a language set names files in ASCII alone. */
    private static String writable(String name) {
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            return NOT_ASCII.matcher(name).replaceAll("_");
        }
    }

    /** The folder of a day: {@code 20261124}. */
    static String day(Instant received) {
        return DAY.format(received);
    }

    /** Letters, digits and harmless signs, at most {@value #LONGEST}; the end is kept, for it says what the file is. */
    static String clean(String original) {
        String name = ANYTHING_BUT_A_NAME.matcher(original).replaceAll("_");
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST) {
            name = name.substring(name.offsetByCodePoints(0, length - LONGEST));
        }
        while (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            name = name.substring(name.offsetByCodePoints(0, 1));
        }
        name = DOTS_IN_FRONT.matcher(name).replaceFirst("").strip();
        return name.isEmpty() ? "file" : name;
    }
}
