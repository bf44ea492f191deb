package io.waybill;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the driver of another system's database is asked for where the address does not say otherwise: a database that went away without
 * a word is waited for two minutes, and what it says of an error does not show the row.
 */
final class DriverDefaults {
    private static final Map<String, String> POSTGRESQL = Map.of(
            "connectTimeout", "5",
            "socketTimeout", "120",
            "tcpKeepAlive", "true",
            "logServerErrorDetail", "false");

    private static final Map<String, String> MARIADB =
            Map.of("connectTimeout", "5000", "socketTimeout", "120000", "tcpKeepAlive", "true");

    private DriverDefaults() {}

    static Map<String, String> of(String url) {
        Map<String, String> wanted = new TreeMap<>(known(url));
        wanted.keySet().removeIf(option -> says(url, option));
        return wanted;
    }

    private static Map<String, String> known(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:") ? MARIADB : Map.of();
    }

    private static boolean says(String url, String option) {
        return url.toLowerCase(Locale.ROOT).matches(".*[?&]" + option.toLowerCase(Locale.ROOT) + "=.*");
    }
}
