package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.Yaml;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code hosts}. */
record HostsReader(Faults faults, Map<String, Yaml> hosts) {
    static final List<String> KEYS = List.of("test", "production", "files");

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
    private static final Pattern BASE =
            Pattern.compile("(https://[A-Za-z0-9.-]+|http://127\\.0\\.0\\.1)(:\\d+)?(/[A-Za-z0-9._~/-]*)?");

    /** Where the carrier is called in this mode. */
    String base(String mode) {
        String base = faults.required(hosts, mode, "https://localhost");
        Yaml at = hosts.get(mode);
        if (at != null && !BASE.matcher(base).matches()) {
            faults.bad(at, mode, "https://api.example.com/v1");
        }
        return base;
    }

    /** Where labels may be fetched from besides. */
    Set<String> files() {
        Set<String> files = new HashSet<>();
        Yaml named = hosts.get("files");
        for (Yaml host : named == null ? List.<Yaml>of() : named.items()) {
            if (!HOST.matcher(host.text()).matches()) {
                faults.bad(host, "files", "files.example.com; every host below it is meant too");
            }
            files.add(host.text());
        }
        return files;
    }
}
