package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in words whose letters are in another set than UTF-8, as their header says. */
final class Letters {
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?([\\w.:+-]{1,40})", Pattern.CASE_INSENSITIVE);

    private static final Pattern JSON = Pattern.compile("\\uFEFF?\\s*[{\\[]");

    /** Carriers and gateways name them by habit, also of what is not in them. */
    private static final Set<Charset> SAID_OF_ANYTHING = Set.of(UTF_8, US_ASCII);

    private Letters() {}

    /**
     * JSON in UTF-8; as it came what is in UTF-8 already or is said to be but is not, and what is no JSON (a label), whatever is
     * said of it.
     */
    static byte[] inUtf8(String contentType, byte[] body) {
        Matcher told = CHARSET.matcher(contentType);
        if (!told.find() || isUtf8(body)) {
            return body;
        }
        try {
            Charset charset = Charset.forName(told.group(1));
            String text = SAID_OF_ANYTHING.contains(charset) ? "" : new String(body, charset);
            return JSON.matcher(text).lookingAt() ? text.getBytes(UTF_8) : body;
        } catch (IllegalArgumentException nobodyKnows) {
            return body;
        }
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
