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
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Bytes to text, in the charset its first bytes show ({@link CharsetDetection}), or in the fallback where one is set and nothing
 * but ASCII was read as UTF-8 before. What cannot be decoded is either thrown with its byte offset, or, when
 * {@code keepGoing}, read as U+FFFD with its offset queued in {@link #damage()}, one entry per U+FFFD of the text.
 */
final class StrictReader extends Reader {
    static final char DAMAGED = '\uFFFD';
    /** How many letters before the first one beyond ASCII show what it is in. */
    private static final int BESIDE = 2;

    private final InputStream in;
    private final String file;
    private final Reading reading;
    private final boolean keepGoing;
    private final Queue<Long> damage = new ArrayDeque<>();
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    private final CharsetDetection detection;
    private CharsetDecoder decoder = CharsetDetection.strict(StandardCharsets.UTF_8);
    private long offset;
    private boolean begun;
    private boolean ended;
    private boolean onlyAscii = true;
    /** Whether what was said to be of a charset of Western Europe may still turn out to be UTF-8. */
    private boolean mayBeUtf8;

    private int second = -1;

    StrictReader(InputStream in, String file, Reading reading, boolean keepGoing) {
        this(in, file, reading, keepGoing, 0);
    }

    /** @param offset how many bytes of the file stand before these */
    StrictReader(InputStream in, String file, Reading reading, boolean keepGoing, long offset) {
        this.offset = offset;
        this.in = in;
        this.file = file;
        this.reading = reading;
        this.keepGoing = keepGoing;
        this.detection = new CharsetDetection(file, reading);
        bytes.limit(0);
    }

    /** Byte offsets of the U+FFFD characters handed out so far and not yet claimed by a row. */
    Queue<Long> damage() {
        return damage;
    }

    /** What the text so far is written in. */
    Charset charset() {
        return decoder.charset();
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
        if (!begun) {
            fill(true);
            decoder = CharsetDetection.strict(detection.charset(bytes, ended));
            begun = true;
            mayBeUtf8 = detection.mayBeUtf8(charset());
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
        int ascii = mayBeUtf8 ? ascii(chars.remaining()) : bytes.remaining();
        int before = chars.position();
        int start = bytes.position();
        int end = bytes.limit();
        bytes.limit(start + ascii);
        CoderResult result = decoder.decode(bytes, chars, ended);
        bytes.limit(end);
        notice(chars, before, start);
        if (result.isError()) {
            repair(chars, result.length());
        }
    }

    /**
     * How many of the next bytes are ASCII, but for those beside the first other one; or all of them once that has come, and what is
     * around it was looked at.
     *
     * @throws ProblemException {@code UTF8_FOUND}
     */
    private int ascii(int most) throws IOException {
        int from = bytes.position();
        int last = Math.min(bytes.limit(), from + most + BESIDE);
        int end = from;
        while (end < last && bytes.get(end) >= 0) {
            end++;
        }
        int known = ended && end == bytes.limit() ? end : end - BESIDE;
        if (known > from || end == bytes.limit()) {
            return Math.max(0, known - from);
        }
        fill(true);
        mayBeUtf8 = false;
        Optional<Problem> told = detection.utf8(bytes, ended, offset + end - from);
        if (told.isPresent()) {
            throw new ProblemException(told.get());
        }
        return bytes.remaining();
    }

    private void repair(CharBuffer chars, int badBytes) throws IOException {
        if (charset().equals(StandardCharsets.UTF_8) && onlyAscii && detection.mayFallBack()) {
            fill(true);
            decoder = CharsetDetection.strict(detection.utf8OrFallback(bytes, ended));
            if (!charset().equals(StandardCharsets.UTF_8)) {
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
    private void notice(CharBuffer chars, int from, int byteStart) {
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
                damage.add(offset + byteStart + before.getBytes(charset()).length);
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
                charset().name());
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

    @Override
    public void close() throws IOException {
        in.close();
    }
}
