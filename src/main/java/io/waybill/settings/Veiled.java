package io.waybill.settings;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of the settings as it may be told: who wrote a password into an address does not find it in a log. */
public final class Veiled {
    /** Before a host; a password may hold a slash, where what stands behind the colon is no port. */
    private static final Pattern USER =
            Pattern.compile("(?<=://)(?:[^\\s/?#]*|[^\\s/?#:@\\[]+:(?!\\d*(?:[,/?#]|$))\\S{0,512})@");

    private static final Pattern USER_OF_ORACLE = Pattern.compile("(?<=:(?:thin|oci):)[^\\s@]{1,512}+@");
    private static final Pattern PARAMETER = Pattern.compile("([?&;:]([\\w.-]++)=)(?:\\{[^}]{0,128}+}|[^&;\\s]*+)");
    private static final Pattern ENCODED = Pattern.compile("(?i)(?:(%3A%2F%2F)(?:(?!%2F)[^\\s&\"'/@]){1,256}%40"
            + "|(?<![\\w.-])([\\w.-]++)%3D(?:(?!%26)[^\\s&;\"'])++)");
    private static final Pattern ELEMENT =
            Pattern.compile("(<(?:[\\w.-]++:)?+([\\w.-]++)(?:\\s[^<>]{0,256}+)?+>)[^<>]++(?=</)");
    private static final Pattern KEY_FILE = Pattern.compile("(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]*+");

    /**
     * What is a secret wherever it stands: a key or a signing secret of the hub, what a header bears, a token that says of itself whose it is,
     * the path of a webhook that lets in whoever knows it.
     */
    private static final Pattern SHAPED =
            Pattern.compile("\\b(wbk_|whsec_|shp[a-z]{2}_(?=\\w{16})|(?:[Bb]earer|BEARER)\\s++(?=\\S{16})"
                    + "|(?:[Bb]asic|BASIC)\\s++(?=\\S{12})(?=[A-Za-z+/]{0,512}+[0-9=])(?=[a-z0-9+/=]{0,512}+[A-Z])(?=[A-Z0-9+/=]{0,512}+[a-z])"
                    + "|hooks?\\.[\\w.-]++/(?:\\w++/)?+"
                    + "|/(?:web)?hooks?(?:b2)?/(?=(?:[\\w-]{0,19}+[.+/=~@]){0,16}+[\\w-]{20}))[\\w.+/=~@-]{4,}+"
                    + "|(?<![\\w-])(eyJ)[\\w-]{8,}+\\.[\\w.-]++");

    private static final List<String> SHAPES =
            List.of("wbk_", "whsec_", "shp", "earer ", "EARER ", "asic ", "ASIC ", "hook", "eyJ");

    private Veiled() {}

    /** A line of a log or of an exception, whoever wrote it: {@link #of}, and without the value of a header, a property or a field that lets somebody in. */
    public static @Nullable String line(@Nullable String text) {
        return text == null ? null : told(text);
    }

    /** The same of words that are there. */
    public static String told(String text) {
        return NamedSecrets.veiled(written(of(shaped(text))));
    }

    /** Without the user before a host and without passwords and keys among the parameters of an address; any other text as it is. */
    public static String of(String value) {
        String nobody = value.indexOf('@') < 0 ? value : withoutUser(value);
        return nobody.indexOf('=') < 0 ? nobody : PARAMETER.matcher(nobody).replaceAll(Veiled::parameter);
    }

    /** First of all: an address of which a part was veiled may have its shape no more. */
    private static String shaped(String text) {
        return SHAPES.stream().anyMatch(text::contains) ? SHAPED.matcher(text).replaceAll("$1$2***") : text;
    }

    private static String withoutUser(String value) {
        return USER_OF_ORACLE.matcher(USER.matcher(value).replaceAll("***@")).replaceAll("***@");
    }

    private static String parameter(MatchResult parameter) {
        String name = parameter.group(2).toLowerCase(Locale.ROOT);
        boolean isKey = name.endsWith("signature") || name.equals("sig") || name.matches("(?:.*[_.-])?key");
        return isKey || NamedSecrets.isSecret(name)
                ? quoteReplacement(parameter.group(1)) + "***"
                : quoteReplacement(parameter.group());
    }

    /** Without what stands in an element, is encoded in an address, or is a key as a file has it. */
    private static String written(String text) {
        String plain = text.indexOf('<') < 0 ? text : ELEMENT.matcher(text).replaceAll(Veiled::element);
        String decoded = plain.indexOf('%') < 0 ? plain : ENCODED.matcher(plain).replaceAll(Veiled::encoded);
        return decoded.contains(" PRIVATE KEY-----") ? KEY_FILE.matcher(decoded).replaceAll("$1***") : decoded;
    }

    private static String element(MatchResult element) {
        return quoteReplacement(NamedSecrets.isSecret(element.group(2)) ? element.group(1) + "***" : element.group());
    }

    private static String encoded(MatchResult encoded) {
        if (encoded.group(1) != null) {
            return encoded.group(1) + "***%40";
        }
        return quoteReplacement(
                NamedSecrets.isSecret(encoded.group(2)) ? encoded.group(2) + "%3D***" : encoded.group());
    }
}
