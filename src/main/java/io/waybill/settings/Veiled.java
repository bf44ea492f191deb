package io.waybill.settings;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value of the settings as it may be told: who wrote a password into an address does not find it in a log. */
public final class Veiled {
    /** Before a host; a password may hold a slash, where what stands behind the colon is no port. */
    private static final Pattern USER =
            Pattern.compile("(?<=://)(?:[^\\s/?#]*|[^\\s/?#:@\\[]+:(?!\\d*(?:[,/?#]|$))\\S{0,512})@");

    private static final Pattern USER_OF_ORACLE = Pattern.compile("(?<=:(?:thin|oci):)[^\\s@]+@");
    private static final Pattern PASSWORD = Pattern.compile(
            "([?&;:](?:[\\w.-]*(?:password|passwd|pwd|secret|token|apikey|accesskey|signature)|(?:[\\w.-]*[_.-])?key|sig)=)"
                    + "(?:\\{[^}]{0,4096}}|[^&;\\s]*)",
            Pattern.CASE_INSENSITIVE);

    /** A header, a property or a field with its name before it, as exceptions and configurations write one. */
    private static final Pattern NAMED = Pattern.compile(
            "([=:](?:(?<=(?:authorization|x-api-key|cookie)[\"']?\\s{0,2}[:=])\\s*[\\[\"']{0,2}(?:(?:bearer|basic|digest)\\s+)?"
                    + "|(?<=(?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|signature)(?:[\"']?\\s{0,2}=|[\"']\\s{0,2}:))\\s*))"
                    + "(?:\"(?:[^\"\\\\]|\\\\.){0,4096}\"|'[^']{0,4096}'|[^\\s;&\"']+)",
            Pattern.CASE_INSENSITIVE);

    /** What is a secret wherever it stands: a key or a signing secret of the hub, what a header bears, a token that says of itself whose it is. */
    private static final Pattern SHAPED = Pattern.compile("\\b(wbk_|whsec_|(?:[Bb]earer|BEARER)\\s+(?=\\S{16})"
            + "|(?:[Bb]asic|BASIC)\\s+(?=[A-Za-z+/]{0,512}[0-9=]))[\\w.+/=~-]{4,}|\\b(eyJ)[\\w-]{8,}\\.[\\w.-]+");

    private static final List<String> SHAPES = List.of("wbk_", "whsec_", "earer ", "EARER ", "asic ", "ASIC ", "eyJ");

    private Veiled() {}

    /** A line of a log or of an exception, whoever wrote it: {@link #of}, and without the value of a header, a property or a field that lets somebody in. */
    public static @Nullable String line(@Nullable String text) {
        return text == null ? null : told(text);
    }

    /** The same of words that are there. */
    public static String told(String text) {
        String named = NAMED.matcher(of(text)).replaceAll("$1***");
        return SHAPES.stream().anyMatch(named::contains) ? SHAPED.matcher(named).replaceAll("$1$2***") : named;
    }

    /** Without the user before a host and without passwords and keys among the parameters of an address; any other text as it is. */
    public static String of(String value) {
        return PASSWORD.matcher(value.indexOf('@') < 0 ? value : withoutUser(value))
                .replaceAll("$1***");
    }

    private static String withoutUser(String value) {
        return USER_OF_ORACLE.matcher(USER.matcher(value).replaceAll("***@")).replaceAll("***@");
    }
}
