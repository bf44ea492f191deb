package io.waybill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Durability.Settling;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Veiled;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfoService;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable record. {@link #commit} runs one transaction over its books and returns when it is on disk; {@link #read}
 * looks. Never call a carrier or a sink inside either.
 */
public final class Ledger implements Reads, AutoCloseable {
    /**
     * Unique violation, serialization failure, deadlock, H2's lock time-out and concurrent update, and what a {@code lock_timeout} of
     * PostgreSQL's ended: another transaction won; run again. So it may be where a {@code statement_timeout} ended it, which tells
     * a statement that waited for another neither from one that is slow nor from one that a person cancelled.
     */
    private static final Set<String> LOST_A_RACE =
            Set.of("23505", "40001", "40P01", "HYT00", "90131", "55P03", "57014");

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private static final int TRIES = 8;

    private final Database database;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Durability durability;
    private final Statistics statistics;
    private final Subscriptions subscriptions;
    private final Timing commits = new Timing();
    private final DiskRoom room = new DiskRoom();
    private final Dues dues;
    private final int level;

    private Ledger(Database database, HikariDataSource pool, Subscriptions subscriptions, Dues dues, int level) {
        this.level = level;
        this.database = database;
        this.pool = pool;
        this.subscriptions = subscriptions;
        this.dues = dues;
        Jdbi known = Moments.bound(Statements.known(Jdbi.create(pool))).registerArrayType(String.class, "varchar");
        this.jdbi = database.isEmbedded() ? known : Trips.toServer(known);
        this.durability = database.isEmbedded() ? new GroupSync() : Durability.BY_THE_DATABASE;
        this.statistics = new Statistics(jdbi);
    }

    /** {@link #open(Database, Subscriptions, Dues)} with every exception due as {@link Reason} says. */
    public static Ledger open(Database database, Subscriptions subscriptions) {
        return open(database, subscriptions, Dues.DEFAULT);
    }

    /**
     * Opens and migrates the database.
     *
     * @throws ProblemException {@code ledger-unreachable}, {@code ledger-in-use}, {@code ledger-not-durable},
     *     {@code ledger-no-schema}, {@code ledger-not-allowed}, {@code ledger-not-brought-up}, {@code ledger-of-a-newer-hub}
     */
    public static Ledger open(Database database, Subscriptions subscriptions, Dues dues) {
        HikariDataSource pool = connect(database);
        try {
            if (!database.isEmbedded()) {
                requireSchema(pool, database);
            }
            Schema schema = new Schema(database);
            MigrationInfoService steps = schema.steps(pool);
            if (database.isInFile() && steps.pending().length > 0) {
                SchemaLevel.of(steps.all()).requireServed(pool);
                pool.close();
                schema.bringUpBeside();
                pool = connect(database);
                steps = schema.steps(pool);
            }
            int level = schema.bringUp(pool, steps);
            if (database.isInFile()) {
                BesideFolder.clear(database.file());
            }
            Ledger ledger = new Ledger(database, pool, subscriptions, dues, level);
            ledger.requireDurable();
            if (!database.isEmbedded()) {
                ledger.statistics.start();
            }
            return ledger;
        } catch (SQLException | IOException e) {
            pool.close();
            throw NotOpened.because(e, database);
        } catch (RuntimeException e) {
            pool.close();
            throw NotOpened.because(e, database);
        }
    }

    /** Else one that is misspelt would be made, and an empty hub begin in it. */
    private static void requireSchema(HikariDataSource pool, Database database) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            NotOpened.requireSchema(connection, database);
        }
    }

    /** One transaction, durable when this returns. The work may run again when it lost a race, so it only touches the ledger. */
    public <T> T commit(Function<Tx, T> work) {
        try {
            return committed(work);
        } catch (RuntimeException e) {
            room.failed(e);
            throw e;
        }
    }

    private <T> T committed(Function<Tx, T> work) {
        long begun = System.nanoTime();
        Handover handover = new Handover(subscriptions::room);
        try {
            Made<T> made = inTransaction(
                    handle -> new Made<>(durability.of(handle.getConnection()), work.apply(tx(handle, handover))),
                    handover);
            Failpoint.COMMIT_IN_DOUBT.here();
            made.settling().settle();
            commits.took(System.nanoTime() - begun);
            handover.hand();
            return made.result();
        } finally {
            handover.giveBack();
        }
    }

    /** {@link #commit} without a result. */
    public void commitAll(Consumer<Tx> work) {
        commit(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * {@link #commit} for what may be done again: on the embedded database it returns before it is on disk, and a kill or
     * a power cut may undo it.
     */
    public <T> T commitSoon(Function<Tx, T> work) {
        Handover none = Handover.none();
        return inTransaction(handle -> work.apply(tx(handle, none)), none);
    }

    /** Returns once everything that {@link #commitSoon} has made is as durable as a {@link #commit}. */
    public void settle() {
        if (database.isEmbedded()) {
            inTransaction(handle -> durability.of(handle.getConnection()), Handover.none())
                    .settle();
        }
    }

    /** Reads, each statement what is committed by then: at the stores' isolation a transaction would add a round trip and nothing else. */
    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            return jdbi.withHandle(handle -> work.apply(tx(handle, Handover.none())));
        } catch (JdbiException e) {
            throw told(e);
        }
    }

    private JdbiException told(JdbiException failure) {
        return database.isEmbedded() ? Withheld.from(failure) : failure;
    }

    /** Whether a commit of the last half minute found no room on the disk under the database. */
    public boolean isFull() {
        return room.isFull();
    }

    /** The commits of this process, the wait for the disk included. */
    public Timing commits() {
        return commits;
    }

    /** Whether a newer hub has changed the database in a way this one cannot live with. */
    boolean isOutgrown() {
        return level < this.<Integer>read(tx -> tx.nodes().floor());
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        statistics.close();
        durability.close();
        pool.close();
    }

    /** What a commit made, and what it is to wait for. */
    private record Made<T>(Settling settling, T result) {}

    private <T> T inTransaction(HandleCallback<T, SQLException> work, Handover handover) {
        for (int attempt = 1; ; attempt++) {
            handover.begin();
            try {
                return jdbi.inTransaction(work);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (JdbiException e) {
                if (attempt == TRIES
                        || !(e.getCause() instanceof SQLException sql)
                        || !LOST_A_RACE.contains(String.valueOf(sql.getSQLState()))) {
                    throw told(e);
                }
            }
        }
    }

    private Tx tx(Handle handle, Handover handover) {
        return new Tx(handle, subscriptions, dues, database.isEmbedded(), handover);
    }

    private void requireDurable() throws SQLException {
        if (database.isEmbedded()) {
            return;
        }
        StoreDurability store =
                jdbi.<StoreDurability, SQLException>withHandle(handle -> StoreDurability.of(handle.getConnection()));
        List<Problem> problems = store.problems();
        if (!problems.isEmpty() && !database.forced()) {
            throw new ProblemException(problems);
        }
        Stream.concat(problems.stream(), store.warnings().stream()).forEach(problem -> LOG.warn("{}", problem));
    }

    /** A consistent copy of the embedded database, made while it works. */
    void backUp(Path file) throws SQLException {
        jdbi.useHandle(handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute("BACKUP TO '" + file.toString().replace("'", "''") + "'");
            }
        });
    }

    private static HikariDataSource connect(Database database) {
        try {
            return database.open();
        } catch (RuntimeException e) { // of the pool: also that no driver takes the address
            String said = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            boolean inUse = said.contains("90020") || said.contains("already in use");
            String why = Veiled.of(said) + NotOpened.network(e);
            throw new ProblemException(
                    Problem.of(
                            inUse ? LedgerCode.LEDGER_IN_USE : LedgerCode.LEDGER_UNREACHABLE,
                            "url",
                            database.place(),
                            "why",
                            database.isInFile() ? NotOpened.ofTheDisk(e).orElse(why) : why),
                    e);
        }
    }
}
