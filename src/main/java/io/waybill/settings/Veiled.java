package io.waybill.settings;

import java.util.regex.Pattern;

/** A value of the settings as it may be told: who wrote a password into an address does not find it in a log. */
public final class Veiled {
    /** Before a host; a password may hold a slash, where what stands behind the colon is no port. */
    private static final Pattern USER =
            Pattern.compile("(?<=://)(?:[^\\s/?#]*|[^\\s/?#:@\\[]+:(?!\\d*(?:[,/?#]|$))\\S*)@");

    private static final Pattern USER_OF_ORACLE = Pattern.compile("(?<=:(?:thin|oci):)[^\\s@]+@");
    private static final Pattern PASSWORD = Pattern.compile(
            "(?<=[?&;:])((?:[\\w.-]*(?:password|passwd|pwd|secret|token|apikey|accesskey|signature)|(?:[\\w.-]*[_.-])?key|sig)=)"
                    + "(?:\\{[^}]*}|[^&;\\s]*)",
            Pattern.CASE_INSENSITIVE);

    private Veiled() {}

    /** Without the user before a host and without passwords and keys among the parameters of an address; any other text as it is. */
    public static String of(String value) {
        String nobody =
                USER_OF_ORACLE.matcher(USER.matcher(value).replaceAll("***@")).replaceAll("***@");
        return PASSWORD.matcher(nobody).replaceAll("$1***");
    }
}
