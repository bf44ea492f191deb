package io.waybill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.problem.ProblemException;
import io.waybill.text.Causes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema of a database, and how it is brought up beside hubs that work on it. */
record Schema(Database database) {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** Of PostgreSQL: a deadlock, and a lock that was waited for in vain. */
    private static final Set<String> MET_OTHERS = Set.of("40P01", "55P03");

    private static final int MOST_TRIES = 60;
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Brings the schema up to what this hub knows. One that a newer hub brought further is left as it is, where an older hub can live with it.
     *
     * @return the newest migration this hub knows
     * @throws ProblemException {@code ledger-of-a-newer-hub}
     */
    int bringUp(HikariDataSource pool) {
        return bringUp(pool, steps(pool));
    }

    /** {@link #bringUp(HikariDataSource)} of one that was looked at. */
    int bringUp(HikariDataSource pool, MigrationInfoService steps) {
        SchemaLevel level = SchemaLevel.of(steps.all());
        level.requireServed(pool);
        if (SchemaLevel.isAsWritten(steps.all())) {
            return level.known();
        }
        if (database.isEmbedded() || steps.pending().length == 0) {
            bringUp(flyway(pool));
        } else {
            try (HikariDataSource unhurried = database.openForSteps()) {
                bringUp(flyway(unhurried));
            }
        }
        return level.known();
    }

    /** Those this hub knows and those that were taken, as they are now. */
    MigrationInfoService steps(DataSource pool) {
        return flyway(pool).info();
    }

    /** {@link #bringUp(HikariDataSource)} of the embedded one in its file, which nobody has open: all of it, or nothing. */
    void bringUpBeside() throws IOException {
        Beside.change(database, copy -> {
            try (HikariDataSource pool = copy.open()) {
                new Schema(copy).bringUp(pool);
            }
        });
    }

    /** Beside hubs that work: where a migration and they wait for each other, or it for a long one of theirs, it ends and begins again. */
    private static void bringUp(Flyway flyway) {
        for (int tries = 1; ; tries++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (tries == MOST_TRIES || !metOthers(e)) {
                    throw e;
                }
                LOG.info(
                        "The database is being brought up while other hubs work on it; a step met them and begins again");
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORT, 5 * SHORT));
            }
        }
    }

    private static boolean metOthers(FlywayException e) {
        return Causes.of(e, SQLException.class).anyMatch(sql -> MET_OTHERS.contains(String.valueOf(sql.getSQLState())));
    }

    /** The migrations that were applied to it, without applying any. */
    Stream<MigrationInfo> applied() {
        try (HikariDataSource pool = database.open()) {
            return Arrays.stream(steps(pool).applied());
        }
    }

    /**
     * The schema both stores share, and what each can only say in its own words. Steps were written side by side, so that a hub built in
     * between may lack one below its newest: it is taken late.
     */
    Flyway flyway(DataSource pool) {
        return Flyway.configure()
                .dataSource(pool)
                .resourceProvider(SchemaFiles.of(database.isEmbedded() ? "h2" : "postgresql"))
                .javaMigrationClassProvider(List::of)
                .placeholders(
                        database.isEmbedded()
                                ? Map.of("bytes", "BLOB", "text", "CLOB")
                                : Map.of("bytes", "BYTEA", "text", "TEXT"))
                .javaMigrations(new NamesOfOlderOrders())
                .outOfOrder(true)
                .load();
    }
}
