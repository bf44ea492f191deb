package io.waybill.billing;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under which company the books keep a namespace: {@code lookups/companies.csv} with the columns namespace and companyCode. One
 * that is not in it is its own company.
 */
final class Companies {
    private final Map<String, String> codes = new TreeMap<>();

    private Companies() {}

    static Companies read(Path file) {
        Companies companies = new Companies();
        LookupRows.of(file).forEach(row -> companies.codes.put(row.text("namespace"), row.text("companyCode")));
        return companies;
    }

    String of(String namespace) {
        String code = codes.getOrDefault(namespace, "");
        return code.isEmpty() ? namespace : code;
    }
}
