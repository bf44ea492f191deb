package io.waybill.billing;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which account of the books takes which charge: {@code lookups/gl.csv} with the columns carrier, account, kind, type,
 * costCenter, glAccount, taxCode. {@code *} means any; the first row that fits counts. The other side of an entry is found
 * under the kinds {@code payable} and {@code accrued}.
 */
final class GlAccounts {
    private static final List<String> KEYS = List.of("carrier", "account", "kind", "type", "costCenter");

    private final List<List<String>> rows;
    private final List<Gl> accounts;
    private final Set<String> missing = new TreeSet<>();

    /** @param taxCode or null */
    record Gl(String account, @Nullable String taxCode) {}

    private GlAccounts(List<List<String>> rows, List<Gl> accounts) {
        this.rows = rows;
        this.accounts = accounts;
    }

    /** A file that is not there knows no account. */
    static GlAccounts read(Path file) {
        List<List<String>> rows = new ArrayList<>();
        List<Gl> accounts = new ArrayList<>();
        LookupRows.of(file).forEach(row -> {
            rows.add(KEYS.stream().map(row::text).toList());
            String tax = row.text("taxCode");
            accounts.add(new Gl(row.text("glAccount"), tax.isEmpty() ? null : tax));
        });
        return new GlAccounts(rows, accounts);
    }

    /** The account for these words; one that is missing is remembered. */
    Gl of(String carrier, String account, String kind, String type, @Nullable String costCenter) {
        List<String> words = List.of(carrier, account, kind, type, costCenter == null ? "" : costCenter);
        for (int i = 0; i < rows.size(); i++) {
            if (fits(rows.get(i), words) && !accounts.get(i).account().isEmpty()) {
                return accounts.get(i);
            }
        }
        missing.add(String.join(", ", words));
        return new Gl("", null);
    }

    private static boolean fits(List<String> row, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!row.get(i).equals("*") && !row.get(i).equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** @throws ProblemException {@code gl-account-missing} for each combination that was asked for in vain */
    void requireAll() {
        if (!missing.isEmpty()) {
            throw new ProblemException(missing.stream()
                    .map(words -> Problem.of(BillingCode.GL_ACCOUNT_MISSING, "words", words))
                    .toList());
        }
    }
}
