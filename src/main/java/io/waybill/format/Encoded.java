package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Arrays;
import java.util.Locale;

/** Texts in charsets that do not have every character. */
final class Encoded {
    private Encoded() {}

    static byte[] text(String text, Charset charset) {
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.remaining());
        } catch (CharacterCodingException e) {
            String found = unwritable(text, charset);
            throw new ProblemException(
                    Problem.of(FormatCode.UNWRITABLE_TEXT, "charset", charset.name(), "found", found), e);
        }
    }

    private static String unwritable(String text, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        return text.codePoints()
                .mapToObj(Character::toString)
                .filter(one -> !encoder.canEncode(one))
                .findFirst()
                .map(one -> String.format(Locale.ROOT, "\"%s\" (U+%04X)", one, one.codePointAt(0)))
                .orElse("?");
    }
}
