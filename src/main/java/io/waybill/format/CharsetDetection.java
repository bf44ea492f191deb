package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The charset of a text by its first bytes and what its source says, without guessing: a byte order mark decides, else the charset
 * that is set, else UTF-8, else the fallback when one is set.
 */
final class CharsetDetection {
    /** Characters of two bytes that look like a capital letter and a sign, as {@code Ã¼} does, and not like a small letter and a sign. */
    private static final String OF_TWO = "\\x{80}-\\x{17F}\\x{370}-\\x{52F}";
    /**
     * What no word of Western Europe looks like that is read as UTF-8: several such characters in a row; one beside a small letter, but
     * for a word in capitals and the sign behind it ({@code KYLÄ–}); punctuation ({@code â€}); a character of four bytes.
     */
    private static final Pattern NO_WORD = Pattern.compile("[" + OF_TWO + "\\x{590}-\\x{6FF}\\x{800}-\\x{FFFF}]{2,}" //
            + "|(?<=[a-z])[" + OF_TWO + "]|(?<![A-Z]{2})[" + OF_TWO + "](?=[a-z])"
            + "|(?<=[a-z])[\\x{180}-\\x{24F}\\x{300}-\\x{36F}]|(?<=[A-Za-z])[\\x{1E00}-\\x{1EFF}](?=[A-Za-z])" //
            + "|[\\x{2000}-\\x{20BF}\\x{10000}-\\x{10FFFF}]");

    private final String file;
    private final Reading reading;

    CharsetDetection(String file, Reading reading) {
        this.file = file;
        this.reading = reading;
    }

    /** A decoder that reports what is not of its charset. What is called ISO-8859-1 is read as it is written ({@link LatinAsWritten}). */
    static CharsetDecoder strict(Charset charset) {
        return LatinAsWritten.of(charset)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * The charset of a text that begins with these bytes; a byte order mark is passed over.
     *
     * @param all whether nothing comes after them
     * @throws ProblemException {@code UTF16_UNMARKED}
     */
    Charset charset(ByteBuffer bytes, boolean all) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
            return StandardCharsets.UTF_8;
        }
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            boolean big = startsWith(bytes, 0xFE, 0xFF);
            bytes.position(2);
            return big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        }
        if (reading.charset() != null) {
            return reading.charset();
        }
        if (bytes.remaining() > 3 && (isAscii(bytes, 0, 1) || isAscii(bytes, 1, 0))) {
            String charset = isAscii(bytes, 0, 1) ? "UTF-16LE" : "UTF-16BE";
            throw new ProblemException(Problem.of(FormatCode.UTF16_UNMARKED, "file", file, "charset", charset));
        }
        return utf8OrFallback(bytes, all);
    }

    /** Whether what is no UTF-8 may be of another charset. */
    boolean mayFallBack() {
        return reading.charset() == null && reading.fallbackCharset() != null;
    }

    /** UTF-8, or the fallback where one is set and these bytes are rather of it. */
    Charset utf8OrFallback(ByteBuffer bytes, boolean all) {
        Charset fallback = reading.fallbackCharset();
        return fallback == null || isUtf8(bytes, all, fallback) ? StandardCharsets.UTF_8 : fallback;
    }

    /**
     * All bytes are tried, so that two bytes of GBK that happen to be UTF-8 do not decide. A stray byte or two beside as
     * many characters of UTF-8 do not make another charset of a file: they are what is wrong with it, and so is each letter of a text
     * that is not of the other charset either.
     */
    private static boolean isUtf8(ByteBuffer bytes, boolean all, Charset fallback) {
        CharBuffer out = CharBuffer.allocate(bytes.remaining());
        int bad = decodeAsUtf8(bytes, all, out);
        return bad == 0
                || bad <= characters(out.flip(), fallback)
                || WesternLetters.contradict(bytes.duplicate(), fallback);
    }

    /** How many bytes, or beginnings of a character, are none of UTF-8: a zero each. The others are decoded. */
    private static int decodeAsUtf8(ByteBuffer bytes, boolean all, CharBuffer out) {
        ByteBuffer rest = bytes.duplicate();
        CharsetDecoder tried = strict(StandardCharsets.UTF_8);
        int bad = 0;
        for (CoderResult next = tried.decode(rest, out, all); next.isError(); next = tried.decode(rest, out, all)) {
            rest.position(rest.position() + next.length());
            out.put('\0');
            bad++;
        }
        return bad;
    }

    /** Those that are UTF-8 on purpose: three bytes, where the other charset has characters of two that may look alike. */
    private static long characters(CharBuffer text, Charset fallback) {
        boolean wide = fallback.canEncode() && fallback.newEncoder().maxBytesPerChar() > 1;
        return text.chars().filter(c -> c >= (wide ? 0x800 : 0x80)).count();
    }

    /** Whether this charset is said, and one of Western Europe: text of UTF-8 is text of it too, of letters that make no words. */
    boolean mayBeUtf8(Charset charset) {
        return reading.charset() != null && WesternLetters.areOf(charset);
    }

    /**
     * What is told of text that is said to be of Western Europe and is UTF-8: it has more characters of that which there is no word
     * for than bytes that belong to none.
     *
     * @param bytes from the first one beyond ASCII on, or a little before
     * @param all whether nothing comes after them
     * @param at where the first one beyond ASCII is
     */
    Optional<Problem> utf8(ByteBuffer bytes, boolean all, long at) {
        CharBuffer out = CharBuffer.allocate(bytes.remaining());
        int bad = decodeAsUtf8(bytes, all, out);
        int[] characters = NO_WORD.matcher(out.flip())
                .results()
                .flatMapToInt(match -> match.group().codePoints())
                .toArray();
        return characters.length <= bad
                ? Optional.empty()
                : Optional.of(Problem.of(FormatCode.UTF8_FOUND, "file", file, "offset", at)
                        .with("charset", String.valueOf(reading.charset()))
                        .with("found", Character.toString(characters[0])));
    }

    /** Whether the first two characters are ASCII of two bytes each. */
    private static boolean isAscii(ByteBuffer bytes, int low, int high) {
        return bytes.get(low) > 0 && bytes.get(high) == 0 && bytes.get(2 + low) > 0 && bytes.get(2 + high) == 0;
    }

    private static boolean startsWith(ByteBuffer bytes, int... head) {
        for (int i = 0; i < head.length; i++) {
            if (bytes.remaining() <= i || (bytes.get(i) & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }
}
