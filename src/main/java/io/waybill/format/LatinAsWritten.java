package io.waybill.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * What is called ISO-8859-1, under that name: with quotes, dashes and the sign of the euro as in windows-1252, where ISO-8859-1 has signs
 * nobody sees. The five bytes windows-1252 has nothing for (81, 8D, 8F, 90, 9D) stay such signs, so that each byte is a character and is
 * written as the same byte again.
 */
final class LatinAsWritten extends Charset {
    private static final LatinAsWritten LATIN = new LatinAsWritten();
    private static final int FIRST = 0x80;
    /** Of the bytes from 80 to 9F. */
    private static final String SIGNS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private LatinAsWritten() {
        super(StandardCharsets.ISO_8859_1.name(), new String[0]);
    }

    /** This one for ISO-8859-1; any other as it is. */
    static Charset of(Charset named) {
        return named.equals(StandardCharsets.ISO_8859_1) ? LATIN : named;
    }

    @Override
    public boolean contains(Charset other) {
        return other.equals(StandardCharsets.US_ASCII);
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new CharsetDecoder(this, 1, 1) {
            @Override
            protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                while (in.hasRemaining() && out.hasRemaining()) {
                    int next = in.get() & 0xFF;
                    int sign = next - FIRST;
                    out.put(sign >= 0 && sign < SIGNS.length() ? SIGNS.charAt(sign) : (char) next);
                }
                return in.hasRemaining() ? CoderResult.OVERFLOW : CoderResult.UNDERFLOW;
            }
        };
    }

    @Override
    public CharsetEncoder newEncoder() {
        return new CharsetEncoder(this, 1, 1) {
            @Override
            protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
                while (in.hasRemaining() && out.hasRemaining()) {
                    int next = written(in.get(in.position()));
                    if (next < 0) {
                        return CoderResult.unmappableForLength(1);
                    }
                    in.get();
                    out.put((byte) next);
                }
                return in.hasRemaining() ? CoderResult.OVERFLOW : CoderResult.UNDERFLOW;
            }
        };
    }

    /** Its byte, or less than 0. */
    private static int written(char letter) {
        boolean same = letter < FIRST || (letter >= FIRST + SIGNS.length() && letter <= 0xFF);
        int sign = same ? 0 : SIGNS.indexOf(letter);
        return same ? letter : sign < 0 ? -1 : FIRST + sign;
    }
}
