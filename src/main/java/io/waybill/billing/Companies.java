package io.waybill.billing;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under which company the books keep a namespace: {@code lookups/companies.csv} with the columns namespace and companyCode. One
 * that is not in it is its own company; what is of none, as the account serves several, is of the company that stands
 * beside {@code *}, else of the one whose shipments all the others are.
 */
final class Companies {
    private static final String ANY = "*";

    private final Map<String, String> codes = new TreeMap<>();

    private Companies() {}

    static Companies read(Path file) {
        Companies companies = new Companies();
        LookupRows.of(file).forEach(row -> companies.codes.put(row.text("namespace"), row.text("companyCode")));
        return companies;
    }

    /** The same for an invoice that bills shipments of these namespaces. */
    Companies billing(List<String> namespaces) {
        Companies companies = new Companies();
        companies.codes.putAll(codes);
        List<String> owners = namespaces.stream().map(this::of).distinct().toList();
        if (owners.size() == 1) {
            companies.codes.putIfAbsent(ANY, owners.get(0));
        }
        return companies;
    }

    /** @throws ProblemException {@code company-missing} for what is of no namespace where no row says whose it is */
    String of(String namespace) {
        String code = codes.getOrDefault(namespace, "");
        if (code.isEmpty() && namespace.equals(ANY)) {
            throw new ProblemException(Problem.of(BillingCode.COMPANY_MISSING));
        }
        return code.isEmpty() ? namespace : code;
    }
}
