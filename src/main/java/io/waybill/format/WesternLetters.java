package io.waybill.format;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Set;

/**
 * Text of Western Europe where Chinese was expected, and the other way round. Its letters beyond ASCII mostly stand alone, and one of
 * them with the letter behind it looks like a Chinese character: {@code Müller} would be read as {@code M黮ler}. Chinese characters that
 * are written often have two bytes beyond ASCII, and would be read as {@code ÖÐ¹ú}.
 */
final class WesternLetters {
    private static final Set<String> CHINESE = Set.of("GB18030", "GBK", "GB2312", "x-mswin-936");
    private static final Set<String> WESTERN = Set.of("windows-1252", "ISO-8859-1", "ISO-8859-15");
    /** So many more may stand in twos in Western Europe, as the signs of {@code £½} do. */
    private static final int MOST_TWOS = 3;

    private static final int FIRST_LEAD = 0x81;
    private static final int FIRST_OF_TWO = 0xA1;

    private WesternLetters() {}

    static boolean areOf(Charset charset) {
        return WESTERN.contains(charset.name());
    }

    /** Whether these bytes are text of the one where this charset is of the other. */
    static boolean contradict(ByteBuffer bytes, Charset expected) {
        if (CHINESE.contains(expected.name())) {
            return balance(bytes) > 0;
        }
        return areOf(expected) && balance(bytes) < -MOST_TWOS;
    }

    /** How many letters stand alone, less those that stand in twos. */
    private static int balance(ByteBuffer bytes) {
        int alone = 0;
        int at = bytes.position();
        while (at < bytes.limit() - 1) {
            boolean ascii = (bytes.get(at) & 0xFF) < FIRST_LEAD;
            boolean two = !ascii && (bytes.get(at + 1) & 0xFF) >= FIRST_OF_TWO;
            boolean four = !ascii && isDigit(bytes, at + 1) && isDigit(bytes, at + 3);
            alone += ascii || four ? 0 : two ? -1 : 1;
            at += two ? 2 : four ? 4 : 1;
        }
        return alone;
    }

    private static boolean isDigit(ByteBuffer bytes, int at) {
        return at < bytes.limit() && bytes.get(at) >= '0' && bytes.get(at) <= '9';
    }
}
