package io.waybill.mapping;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Words and numbers of the shape of others: the same one for the same one, in any case, under a key that is forgotten. */
final class Invention {
    static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|\\d+");
    private static final String CONSONANTS = "bdfgklmnprstvwz";
    private static final String VOWELS = "aeiou";
    private static final String IDEOGRAPHS = "安北晨东枫光海河江金林明宁青秋山石天文夏星阳雨云";

    private final SecretKeySpec key;

    Invention() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * An address of e-mail stays one, of nobody; a number that begins with + keeps its first two digits.
     *
     * @param stay words, in small letters, that stay as they are
     */
    String of(String text, Set<String> stay) {
        int at = text.indexOf('@');
        if (at > 0) {
            return words(text.substring(0, at), 0, stay) + "@example.com";
        }
        return words(text, text.startsWith("+") ? 3 : 0, stay);
    }

    private String words(String text, int kept, Set<String> stay) {
        return text.substring(0, Math.min(kept, text.length()))
                + WORD.matcher(text.substring(Math.min(kept, text.length())))
                        .replaceAll(found -> word(found.group(), stay));
    }

    private String word(String word, Set<String> stay) {
        if (stay.contains(word.toLowerCase(Locale.ROOT))) {
            return word;
        }
        byte[] bytes = hash(word.toLowerCase(Locale.ROOT));
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            other.append(character(word.charAt(i), i, bytes[i % bytes.length] & 0xFF));
        }
        return other.toString();
    }

    private static char character(char c, int place, int random) {
        if (Character.isDigit(c)) {
            return (char) ('1' + random % 9);
        }
        if (Character.isIdeographic(c)) {
            return IDEOGRAPHS.charAt(random % IDEOGRAPHS.length());
        }
        String letters = place % 2 == 0 ? CONSONANTS : VOWELS;
        char letter = letters.charAt(random % letters.length());
        return Character.isUpperCase(c) ? Character.toUpperCase(letter) : letter;
    }

    private byte[] hash(String word) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(word.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
