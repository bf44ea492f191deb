package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a database and a hub are, by the number of the newest migration.
 *
 * @param known the newest this hub has
 * @param applied the newest the database has; 0 for an empty one
 */
record SchemaLevel(int known, int applied) {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaLevel.class);
    private static final Set<MigrationState> TAKEN = EnumSet.of(MigrationState.SUCCESS, MigrationState.OUT_OF_ORDER);

    static SchemaLevel of(MigrationInfo[] migrations) {
        return new SchemaLevel(
                newest(migrations, migration -> migration.getState().isResolved()),
                newest(migrations, migration -> migration.getState().isApplied()));
    }

    /** Whether each step was taken, if late, and as it is written here: then nothing needs to be locked to bring the database up. */
    static boolean isAsWritten(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .allMatch(step -> TAKEN.contains(step.getState())
                        && step.isChecksumMatching()
                        && step.isDescriptionMatching()
                        && step.isTypeMatching());
    }

    private static int newest(MigrationInfo[] migrations, Predicate<MigrationInfo> which) {
        return Arrays.stream(migrations)
                .filter(which)
                .filter(migration -> migration.getVersion() != null)
                .mapToInt(migration -> migration.getVersion().getMajor().intValue())
                .max()
                .orElse(0);
    }

    /**
     * A newer hub has been here: what it left says whether an older one may work on it.
     *
     * @throws ProblemException {@code ledger-of-a-newer-hub}
     */
    void requireServed(DataSource database) {
        if (applied <= known) {
            return;
        }
        int least = Jdbi.create(database).withHandle(handle -> new NodeBook(handle).floor());
        if (known < least) {
            throw new ProblemException(
                    Problem.of(LedgerCode.LEDGER_OF_A_NEWER_HUB, "applied", applied, "known", known, "least", least));
        }
        LOG.warn("{}", Problem.of(LedgerCode.LEDGER_IS_AHEAD, "applied", applied, "known", known));
    }
}
