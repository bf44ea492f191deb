package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in words whose letters are in another set than UTF-8, as their header says. */
final class Letters {
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

    private Letters() {}

    /** JSON in UTF-8; what is in UTF-8 already, whatever is said of it, and what is no JSON (a label) as it came. */
    static byte[] inUtf8(String contentType, byte[] body) {
        Matcher charset = CHARSET.matcher(contentType);
        if (!charset.find() || isUtf8(body) || !isJson(contentType, body)) {
            return body;
        }
        try {
            return new String(body, Charset.forName(charset.group(1))).getBytes(UTF_8);
        } catch (IllegalArgumentException nobodyKnows) {
            return body;
        }
    }

    private static boolean isJson(String contentType, byte[] body) {
        return contentType.toLowerCase(Locale.ROOT).contains("json")
                || (body.length > 0 && (body[0] == '{' || body[0] == '['));
    }

    static boolean isUtf8(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
