package io.waybill.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands behind the name of a secret, in a header, a property, a field of JSON or YAML; each character is looked at a few times only. */
final class NamedSecrets {
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w.-])([\\w.-]++)((?:\\\\{0,3}+[\"'])?+)\\s{0,2}+([=:])\\s*+");

    private static final List<String> SECRETS = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "accountkey",
            "privatekey");

    /** A word behind these may say who signs; what is long is what was signed with. */
    private static final List<String> SIGNATURES = List.of("signature", "hmac", "hmacsha256");

    private static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+'|\\\\{1,3}+\"[^\"]*+\"";

    private static final Pattern AUTHORIZATION = value(
            "(?:digest\\s[^\\r\\n\\]}]++|[^\\s\"'\\]}]++)",
            "[\\[\"']{0,2}+" + "(?:(?:bearer|basic|token|apikey|hmac|negotiate)\\s++)?+");
    private static final Pattern COOKIES =
            value("[^\\s;,\\]}]++(?:;\\s?+[^\\s;,=\\]}]++(?:=[^\\s;,\\]}]*+)?+)*+", "[\\[\"']{0,2}+");
    private static final Pattern PROPERTY = value(
            "RAW\\([^)\\r\\n]{0,512}+\\)|RAW\\{[^}\\r\\n]{0,512}+}|\\{[^}\\s\"]{0,512}+}|" + QUOTED + "|[^\\s;&\"']++",
            "");
    private static final Pattern FIELD = value(QUOTED + "|\\d++", "");
    private static final Pattern HEADER = value(QUOTED + "|[^\\s,;\\]}\"']++", "\\[?+");
    private static final Pattern LINE = value(QUOTED + "|[^\\s,;\\]}\"']++(?=[ \\t]*+(?:[\\r\\n,;\\]}]|$))", "");
    private static final Pattern SIGNATURE = value(QUOTED + "|[^\\s;&\"']{16,}+", "");

    private NamedSecrets() {}

    static String veiled(String text) {
        StringBuilder told = new StringBuilder();
        int kept = 0;
        Matcher name = NAME.matcher(text);
        for (int from = 0; name.find(from); ) {
            Pattern kind =
                    kind(name.group(1), !name.group(2).isEmpty(), name.group(3).equals("="));
            Matcher value = kind == null ? null : kind.matcher(text).region(name.end(), text.length());
            if (value != null && value.lookingAt()) {
                told.append(text, kept, value.end(1)).append("***");
                kept = value.end();
            }
            from = Math.max(kept, name.end());
        }
        return kept == 0 ? text : told.append(text, kept, text.length()).toString();
    }

    static boolean isSecret(String name) {
        return ends(plain(name), SECRETS);
    }

    /** As one word, however its parts are set apart; of a secret that follows another too. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.chars()
                .filter(letter -> letter != '.' && letter != '-' && letter != '_')
                .forEach(plain::appendCodePoint);
        String whole = plain.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".next") ? whole.substring(0, whole.length() - "next".length()) : whole;
    }

    private static boolean ends(String plain, List<String> with) {
        return with.stream().anyMatch(plain::endsWith);
    }

    /** What is told before a value, as the first group, and the value. */
    private static Pattern value(String secret, String before) {
        return Pattern.compile("(" + before + ")(?:" + secret + ")", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static @Nullable Pattern kind(String name, boolean isQuoted, boolean isProperty) {
        String plain = plain(name);
        if (plain.endsWith("authorization")) {
            return AUTHORIZATION;
        }
        if (plain.endsWith("cookie")) {
            return COOKIES;
        }
        if (!ends(plain, SECRETS)) {
            return ends(plain, SIGNATURES) ? SIGNATURE : null;
        }
        if (isProperty || isQuoted) {
            return isProperty ? PROPERTY : FIELD;
        }
        return name.contains("-") ? HEADER : plain.equals("token") ? null : LINE;
    }
}
