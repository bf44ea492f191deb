package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text without guessing: a byte order mark decides, else UTF-8, else the fallback when one is set and nothing
 * but ASCII was read as UTF-8 before. What cannot be decoded is either thrown with its byte offset, or, when
 * {@code keepGoing}, read as U+FFFD with its offset queued in {@link #damage()}, one entry per U+FFFD of the text.
 */
final class StrictReader extends Reader {
    static final char DAMAGED = '\uFFFD';

    private final InputStream in;
    private final String file;
    private final Reading reading;
    private final boolean keepGoing;
    private final Queue<Long> damage = new ArrayDeque<>();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    private final CharsetDecoder utf8 = strict(StandardCharsets.UTF_8);
    private @Nullable CharsetDecoder decoder;
    private long offset;
    private boolean ended;
    private boolean onlyAscii = true;
    private int second = -1;

    StrictReader(InputStream in, String file, Reading reading, boolean keepGoing) {
        this.in = in;
        this.file = file;
        this.reading = reading;
        this.keepGoing = keepGoing;
        bytes.limit(0);
    }

    /** Byte offsets of the U+FFFD characters handed out so far and not yet claimed by a row. */
    Queue<Long> damage() {
        return damage;
    }

    /** What the text so far is written in. */
    Charset charset() {
        return decoder == null ? StandardCharsets.UTF_8 : decoder.charset();
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (second >= 0) {
            target[from] = (char) second;
            second = -1;
            return 1;
        }
        if (length == 1) {
            return readOne(target, from);
        }
        if (decoder == null) {
            fill(true);
            decoder = choose();
        }
        CharBuffer chars = CharBuffer.wrap(target, from, length).slice();
        while (chars.position() == 0) {
            decode(chars);
            if (chars.position() == 0) {
                if (ended && !bytes.hasRemaining()) {
                    return -1;
                }
                fill(false);
            }
        }
        return chars.position();
    }

    /** A character of two halves has no room in one place. */
    private int readOne(char[] target, int from) throws IOException {
        char[] two = new char[2];
        int count = read(two, 0, 2);
        if (count > 0) {
            target[from] = two[0];
            second = count > 1 ? two[1] : -1;
        }
        return Math.min(1, count);
    }

    private void decode(CharBuffer chars) throws IOException {
        CharsetDecoder current = decoder == null ? utf8 : decoder;
        int before = chars.position();
        int start = bytes.position();
        CoderResult result = current.decode(bytes, chars, ended);
        notice(chars, before, start, current.charset());
        if (result.isError()) {
            repair(chars, result.length());
        }
    }

    private void repair(CharBuffer chars, int badBytes) throws IOException {
        if (decoder == utf8 && onlyAscii && reading.charset() == null && reading.fallbackCharset() != null) {
            fill(true);
            if (!isReadAsUtf8(reading.fallbackCharset())) {
                decoder = strict(reading.fallbackCharset());
                return;
            }
            onlyAscii = false;
        }
        if (!keepGoing) {
            throw new ProblemException(undecodable(offset + bytes.position()));
        }
        if (chars.hasRemaining()) {
            damage.add(offset + bytes.position());
            bytes.position(bytes.position() + badBytes);
            chars.put(DAMAGED);
        }
    }

    /** Counts what an earlier program already lost: a U+FFFD that stands in the file itself. */
    private void notice(CharBuffer chars, int from, int byteStart, Charset charset) {
        char[] array = chars.array();
        int start = chars.arrayOffset() + from;
        int end = chars.arrayOffset() + chars.position();
        if (ascii(array, start, end)) {
            return;
        }
        onlyAscii = false;
        for (int i = start; i < end; i++) {
            if (array[i] == DAMAGED) {
                String before = new String(array, start, i - start);
                damage.add(offset + byteStart + before.getBytes(charset).length);
            }
        }
    }

    private static boolean ascii(char[] array, int start, int end) {
        int all = 0;
        for (int i = start; i < end; i++) {
            all |= array[i];
        }
        return all < 0x80;
    }

    Problem undecodable(long at) {
        return Problem.of(
                FormatCode.UNDECODABLE_TEXT,
                "file",
                file,
                "offset",
                at,
                "charset",
                decoder == null ? "UTF-8" : decoder.charset().name());
    }

    /** @param whole whether to wait until the buffer is full or the file at its end */
    private void fill(boolean whole) throws IOException {
        offset += bytes.position();
        bytes.compact();
        while (bytes.hasRemaining() && !ended) {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (read < 0) {
                ended = true;
            } else {
                bytes.position(bytes.position() + read);
                if (!whole) {
                    break;
                }
            }
        }
        bytes.flip();
        if (offset + bytes.limit() > reading.limits().bytes()) {
            throw new ProblemException(Problem.of(
                    FormatCode.FILE_TOO_LARGE,
                    "file",
                    file,
                    "limit",
                    reading.limits().bytes()));
        }
    }

    private CharsetDecoder choose() {
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
            return utf8;
        }
        if (startsWith(0xFE, 0xFF) || startsWith(0xFF, 0xFE)) {
            boolean big = startsWith(0xFE, 0xFF);
            bytes.position(2);
            return strict(big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
        if (reading.charset() != null) {
            return strict(reading.charset());
        }
        if (bytes.remaining() > 3 && (isAscii(0, 1) || isAscii(1, 0))) {
            String charset = isAscii(0, 1) ? "UTF-16LE" : "UTF-16BE";
            throw new ProblemException(Problem.of(FormatCode.UTF16_UNMARKED, "file", file, "charset", charset));
        }
        Charset fallback = reading.fallbackCharset();
        return fallback == null || isReadAsUtf8(fallback) ? utf8 : strict(fallback);
    }

    /**
     * The whole buffer is tried, so that two bytes of GBK that happen to be UTF-8 do not decide. A stray byte or two beside as
     * many characters of UTF-8 do not make another charset of a file: they are what is wrong with it, and so is each letter of a text
     * that is not of the other charset either.
     */
    private boolean isReadAsUtf8(Charset fallback) {
        ByteBuffer rest = bytes.duplicate();
        CharBuffer out = CharBuffer.allocate(rest.remaining());
        CharsetDecoder tried = strict(StandardCharsets.UTF_8);
        int bad = 0;
        for (CoderResult next = tried.decode(rest, out, ended); next.isError(); next = tried.decode(rest, out, ended)) {
            rest.position(rest.position() + next.length());
            bad++;
        }
        return bad == 0
                || bad <= characters(out.flip(), fallback)
                || WesternLetters.contradict(bytes.duplicate(), fallback);
    }

    /** Those that are UTF-8 on purpose: three bytes, where the other charset has characters of two that may look alike. */
    private static long characters(CharBuffer text, Charset fallback) {
        boolean wide = fallback.canEncode() && fallback.newEncoder().maxBytesPerChar() > 1;
        return text.chars().filter(c -> c >= (wide ? 0x800 : 0x80)).count();
    }

    /** Whether the first two characters are ASCII of two bytes each. */
    private boolean isAscii(int low, int high) {
        return bytes.get(low) > 0 && bytes.get(high) == 0 && bytes.get(2 + low) > 0 && bytes.get(2 + high) == 0;
    }

    private boolean startsWith(int... head) {
        for (int i = 0; i < head.length; i++) {
            if (bytes.remaining() <= i || (bytes.get(i) & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
