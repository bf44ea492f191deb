package io.waybill.billing;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the contracts and the tables of the books as the hub does when it needs them, and says what is wrong. */
public final class BooksCheck {
    private static final String ENDING = ".yaml";

    private final List<Problem> problems = new ArrayList<>();

    private BooksCheck() {}

    /**
     * @param contracts the folder of the accounts' contracts; it need not be there
     * @param accounts the names of the accounts there are
     * @param lookups the folder with {@code gl.csv} and the tables beside it
     */
    public static List<Problem> of(Path contracts, Set<String> accounts, Path lookups) {
        BooksCheck check = new BooksCheck();
        check.contracts(contracts, accounts);
        check.table(lookups.resolve("gl.csv"), GlAccounts::read);
        check.table(lookups.resolve("companies.csv"), Companies::read);
        check.table(lookups.resolve("periods.csv"), ClosedPeriods::read);
        check.table(lookups.resolve("fx.csv"), FxRates::read);
        return check.problems;
    }

    private void contracts(Path folder, Set<String> accounts) {
        for (Path file : files(folder)) {
            String account = String.valueOf(file.getFileName()).replace(ENDING, "");
            if (!accounts.contains(account)) {
                problems.add(Problem.of(
                        BillingCode.CONTRACT_WITHOUT_ACCOUNT, "file", file, "known", String.join(", ", accounts)));
            }
            collect(file, () -> new Contracts(folder).of(account));
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void table(Path file, Consumer<Path> table) {
        collect(file, () -> table.accept(file));
    }

    private void collect(Path file, Runnable part) {
        try {
            part.run();
        } catch (ProblemException e) {
            e.problems().stream()
                    .map(problem -> problem.values().containsKey("file") ? problem : problem.with("file", file))
                    .forEach(problems::add);
        }
    }
}
