package io.waybill.ledger;

import io.waybill.text.Shortened;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Which shipments were handed over together, and in which paper. A shipment is in one manifest at most. */
public final class ManifestBook {
    /** What became of asking the carrier. */
    public enum State {
        /** About to be asked, or asked without an answer that could be read: to be asked again. */
        OPEN,
        CLOSED,
        /** The carrier said no; its shipments are free again. */
        REFUSED
    }

    /**
     * @param numberValue the carrier's, or null
     * @param words the carrier's when it said no to all or some of it, ours when nothing could be read
     */
    public record Row(
            String id,
            String account,
            LocalDate shipDay,
            State state,
            @Nullable String numberValue,
            @Nullable String words,
            String createdBy,
            Instant createdAt,
            int shipments,
            int papers) {}

    /** A page or a file of one manifest. */
    public record Paper(String format, byte[] bytes) {}

    private static final String COLUMNS = """
            SELECT m.id, m.account, m.ship_day, m.state, m.number_value, m.words, m.created_by, m.created_at,
                (SELECT COUNT(*) FROM shipment s WHERE s.manifest_id = m.id) AS shipments,
                (SELECT COUNT(*) FROM manifest_paper p WHERE p.manifest_id = m.id) AS papers
            FROM manifest m""";

    private static final String HAS_SHIPMENTS = "EXISTS (SELECT 1 FROM shipment s WHERE s.manifest_id = m.id)";

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final RecordMapper<Paper> PAPER = RecordMapper.of(Paper.class);

    private final Handle handle;

    ManifestBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * Labels of an account that were bought here of this carrier, were not scanned yet and are in no manifest, oldest first. Of an order
     * that was forgotten nobody knows any more where its parcel leaves and on which day.
     */
    public List<String> waiting(String account, String carrier, Namespaces scope, int limit) {
        return scope.filter(handle.createQuery(
                                """
                        SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_uid
                        WHERE s.account = :account AND s.carrier = :carrier AND s.state = 'LABELLED' AND s.manifest_id IS NULL
                            AND s.imported = FALSE AND (s.tracking_status IS NULL OR s.tracking_status = 'pending')
                            AND o.erased_at IS NULL
                            AND\s""" + scope.condition("o.namespace") + " ORDER BY s.bought_at, s.id LIMIT :limit")
                        .bind("account", account)
                        .bind("carrier", carrier)
                        .bind("limit", limit))
                .mapTo(String.class)
                .list();
    }

    /**
     * Writes down that these shall be handed over together.
     *
     * @return its id, or empty when another manifest has one of them
     */
    public Optional<String> open(String account, LocalDate day, String by, List<String> shipments) {
        String id = Ids.next("man");
        int taken = handle.createUpdate("""
                        UPDATE shipment SET manifest_id = :id
                        WHERE id IN (<shipments>) AND manifest_id IS NULL AND state = 'LABELLED'""")
                .bind("id", id)
                .bindList("shipments", shipments)
                .execute();
        if (taken != shipments.size()) {
            handle.createUpdate("UPDATE shipment SET manifest_id = NULL WHERE manifest_id = :id")
                    .bind("id", id)
                    .execute();
            return Optional.empty();
        }
        handle.createUpdate("""
                        INSERT INTO manifest (id, account, ship_day, state, created_by, created_at)
                        VALUES (:id, :account, :day, 'OPEN', :by, CURRENT_TIMESTAMP)""")
                .bind("id", id)
                .bind("account", account)
                .bind("day", day)
                .bind("by", by)
                .execute();
        return Optional.of(id);
    }

    /**
     * The carrier took them in, all but {@code left}, which are free again. That is a fact also when another asker was refused
     * meanwhile. Nothing when it was closed before.
     *
     * @param taken all but those
     * @param words what is said of those that are left, or null
     */
    public void closed(
            String id,
            String number,
            List<Paper> papers,
            List<String> taken,
            List<String> left,
            @Nullable String words) {
        String told = number.isEmpty() ? null : number;
        if (!end(id, State.CLOSED, told, words, State.OPEN)) { // waits for a refusal that is being written
            if (!end(id, State.CLOSED, told, words, State.REFUSED)) {
                return;
            }
            takeBack(id, taken);
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO manifest_paper (manifest_id, ordinal, format, bytes) VALUES (:id, :ordinal, :format, :bytes)");
        for (int i = 0; i < papers.size(); i++) {
            batch.bind("id", id)
                    .bind("ordinal", i + 1)
                    .bind("format", papers.get(i).format())
                    .bind("bytes", papers.get(i).bytes())
                    .add();
        }
        batch.execute();
        if (!left.isEmpty()) {
            handle.createUpdate("UPDATE shipment SET manifest_id = NULL WHERE manifest_id = :id AND id IN (<left>)")
                    .bind("id", id)
                    .bindList("left", left)
                    .execute();
        }
    }

    /** Those a refusal had set free, and no other manifest has since. */
    private void takeBack(String id, List<String> shipments) {
        if (!shipments.isEmpty()) {
            handle.createUpdate(
                            "UPDATE shipment SET manifest_id = :id WHERE id IN (<shipments>) AND manifest_id IS NULL")
                    .bind("id", id)
                    .bindList("shipments", shipments)
                    .execute();
        }
    }

    /**
     * The carrier said no to all of them.
     *
     * @param words why, or null
     */
    public void refused(String id, @Nullable String words) {
        if (end(id, State.REFUSED, null, words, State.OPEN)) {
            handle.createUpdate("UPDATE shipment SET manifest_id = NULL WHERE manifest_id = :id")
                    .bind("id", id)
                    .execute();
        }
    }

    /** Nothing could be read: it stays open. */
    public void unread(String id, String why) {
        handle.createUpdate("UPDATE manifest SET words = :why WHERE id = :id AND state = 'OPEN'")
                .bind("why", Shortened.to(1_000, why))
                .bind("id", id)
                .execute();
    }

    private boolean end(String id, State state, @Nullable String number, @Nullable String words, State from) {
        return handle.createUpdate("""
                                UPDATE manifest SET state = :state, number_value = :number, words = :words,
                                    closed_at = CURRENT_TIMESTAMP
                                WHERE id = :id AND state = :from""")
                        .bind("state", state.name())
                        .bind("from", from.name())
                        .bind("number", number)
                        .bind("words", words == null ? null : Shortened.to(1_000, words))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Whoever does not see all of its shipments does not see it. */
    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE m.id = :id AND " + isWithin(scope))
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    /** The one a shipment was handed over with, or is to be. */
    public Optional<Row> ofShipment(String shipment) {
        return handle.createQuery(
                        COLUMNS + " WHERE m.id = (SELECT s.manifest_id FROM shipment s WHERE s.id = :shipment)")
                .bind("shipment", shipment)
                .map(ROW)
                .findOne();
    }

    /**
     * Newest first. One without shipments, as when the carrier said no, may have been for any namespace of its account.
     *
     * @param served the namespaces of the account
     * @param before only those that were made before this one; null for the newest
     */
    public List<Row> of(String account, Namespaces scope, Namespaces served, @Nullable String before, int limit) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE m.account = :account AND " + isWithin(scope)
                                + (scope.covers(served) ? "" : " AND " + HAS_SHIPMENTS)
                                + (before == null ? "" : " AND m.id < :before")
                                + " ORDER BY m.id DESC LIMIT :limit")
                        .bind("account", account)
                        .bind("before", before)
                        .bind("limit", limit))
                .map(ROW)
                .list();
    }

    private static String isWithin(Namespaces scope) {
        return "NOT EXISTS (SELECT 1 FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.manifest_id = m.id AND NOT ("
                + scope.condition("o.namespace") + "))";
    }

    /** The shipments in it. */
    public List<String> shipments(String id) {
        return handle.createQuery("SELECT id FROM shipment WHERE manifest_id = :id ORDER BY bought_at, id")
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    public Optional<Paper> paper(String id, int ordinal) {
        return handle.createQuery(
                        "SELECT format, bytes FROM manifest_paper WHERE manifest_id = :id AND ordinal = :ordinal")
                .bind("id", id)
                .bind("ordinal", ordinal)
                .map(PAPER)
                .findOne();
    }
}
