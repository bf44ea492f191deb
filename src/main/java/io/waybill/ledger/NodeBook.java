package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The nodes of one database, by name. Who lives is told by the locks of their sessions, on PostgreSQL. */
public final class NodeBook {
    /** A session lock, so that it goes with its session; the same key in {@link NodeSession}. */
    static final String KEY = "hashtextextended('waybill ' || %s, 0)";

    private static final String LOCK_OF_NODE = KEY.formatted("'node ' || n.id");

    private static final String HOLDS = """
            l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                      AND ((CAST(l.classid AS BIGINT) << 32) | CAST(l.objid AS BIGINT)) = %s""";

    private static final String HELD = "EXISTS (SELECT 1 FROM pg_locks l WHERE " + HOLDS.formatted(LOCK_OF_NODE) + ")";

    /** A session bears its node's name. */
    private static final String ELSEWHERE = """
            SELECT s.id
            FROM (SELECT pid, substr(application_name, length('waybill ') + 1) AS id FROM pg_stat_activity) s
                JOIN pg_locks l ON l.pid = s.pid AND %s
            WHERE NOT EXISTS (SELECT 1 FROM node n WHERE n.id = s.id AND n.run IS NOT NULL AND n.stopped_at IS NULL)
            ORDER BY s.id""".formatted(HOLDS.formatted(KEY.formatted("'node ' || s.id")));

    private static final String COLUMNS =
            "SELECT n.id, n.epoch, n.run, n.version, n.heartbeat_at, n.stopped_at FROM node n ";

    private final Handle handle;

    NodeBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A node.
     *
     * @param id its name
     * @param epoch how often it joined
     * @param run what it holds claims under, or null when it never joined
     */
    public record Row(
            String id,
            long epoch,
            @Nullable String run,
            @Nullable String version,
            Instant heartbeatAt,
            @Nullable Instant stoppedAt) {}

    /** Every node there ever was, by name. */
    public List<Row> all() {
        return handle.createQuery(COLUMNS + "ORDER BY n.id")
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    public Optional<Row> find(String name) {
        return handle.createQuery(COLUMNS + "WHERE n.id = :name")
                .bind("name", name)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    /** A name that is somebody's from now on. Fails when it is already. */
    public void name(String name) {
        handle.createUpdate("""
                INSERT INTO node (id, epoch, started_at, heartbeat_at, stopped_at)
                VALUES (:name, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""").bind("name", name).execute();
    }

    /**
     * A node joins, or joins again.
     *
     * @return the run under this name that neither left nor was found gone, if it is another
     */
    public Optional<String> join(String name, String run, String version) {
        Optional<Row> before = find(name);
        if (before.isEmpty()) {
            name(name);
        }
        handle.createUpdate("""
                UPDATE node SET started_at = CASE WHEN run = :run THEN started_at ELSE CURRENT_TIMESTAMP END,
                    epoch = epoch + 1, run = :run, version = :version, heartbeat_at = CURRENT_TIMESTAMP,
                    stopped_at = NULL
                WHERE id = :name""")
                .bind("name", name)
                .bind("run", run)
                .bind("version", version)
                .execute();
        return before.filter(row -> row.stoppedAt() == null).map(Row::run).filter(earlier -> !earlier.equals(run));
    }

    /** It lives. False when it was found gone meanwhile. */
    public boolean beat(String name, String run) {
        return handle.createUpdate("""
                UPDATE node SET heartbeat_at = CURRENT_TIMESTAMP
                WHERE id = :name AND run = :run AND stopped_at IS NULL""").bind("name", name).bind("run", run).execute() == 1;
    }

    public void leave(String name, String run) {
        handle.createUpdate("UPDATE node SET stopped_at = CURRENT_TIMESTAMP WHERE id = :name AND run = :run")
                .bind("name", name)
                .bind("run", run)
                .execute();
    }

    /** Those that did not leave and whose session is gone. */
    public List<Row> gone(String but) {
        return handle.createQuery(COLUMNS + "WHERE n.stopped_at IS NULL AND n.id <> :but AND NOT " + HELD)
                .bind("but", but)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** Whether a node lives no more, and did not leave or die but a moment ago; so is a name that nobody has. */
    public boolean isGone(String name, Duration patience) {
        return handle.createQuery(
                        "SELECT n.id FROM node n WHERE n.id = :name AND (n.stopped_at IS NULL OR n.stopped_at > "
                                + FromNow.by("ago") + " OR " + HELD + ")")
                .bind("name", name)
                .bind("ago", -FromNow.seconds(patience))
                .mapTo(String.class)
                .findOne()
                .isEmpty();
    }

    /** Those whose session lives. */
    public List<Row> alive() {
        return handle.createQuery(COLUMNS + "WHERE " + HELD + " ORDER BY n.id")
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** Nodes that live in this database and not in its tables: those of a hub in another schema, or one that joins at this moment. */
    public List<String> elsewhere() {
        return handle.createQuery(ELSEWHERE).mapTo(String.class).list();
    }

    /** Marks one as gone; false when it joined again, or another node is at it. Until the end of the transaction it cannot join. */
    public boolean bury(Row gone) {
        boolean free = handle.createQuery("SELECT pg_try_advisory_xact_lock(" + KEY.formatted("'node ' || :name") + ")")
                .bind("name", gone.id())
                .mapTo(Boolean.class)
                .one();
        return free
                && handle.createUpdate("""
                        UPDATE node SET stopped_at = CURRENT_TIMESTAMP
                        WHERE id = :name AND epoch = :epoch AND stopped_at IS NULL""")
                                .bind("name", gone.id())
                                .bind("epoch", gone.epoch())
                                .execute()
                        == 1;
    }

    /** The least migration a hub must know to work on this database. */
    public int floor() {
        return handle.createQuery("SELECT least FROM schema_floor")
                .mapTo(Integer.class)
                .one();
    }
}
