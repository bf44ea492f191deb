package io.waybill.settings;

import java.util.regex.Pattern;

/** A value of the settings as it may be told: who wrote a password into an address does not find it in a log. */
public final class Veiled {
    private static final Pattern USER = Pattern.compile("(?<=://)[^\\s/?#]*@");
    private static final Pattern PASSWORD =
            Pattern.compile("(?<=[?&;])((?:password|passwd|pwd|secret|token)=)[^&;\\s]*", Pattern.CASE_INSENSITIVE);

    private Veiled() {}

    /** Without the user before a host and without the password among the parameters of an address; any other text as it is. */
    public static String of(String value) {
        return PASSWORD.matcher(USER.matcher(value).replaceAll("***@")).replaceAll("$1***");
    }
}
