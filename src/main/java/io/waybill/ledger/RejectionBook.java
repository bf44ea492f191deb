package io.waybill.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Documents that became no order, each until it becomes one. */
public final class RejectionBook {
    private static final String COLUMNS = """
            SELECT id, source, namespace, channel, order_id, file_id, ordinal, first_row, document_id, subject, problems
            FROM rejection
            """;

    private static final String INSERT = """
            INSERT INTO rejection (id, source, namespace, channel, order_id, file_id, ordinal, first_row,
                document_id, subject, problems, rejected_at)
            VALUES (:id, :source, :namespace, :channel, :orderId, :fileId, :ordinal, :firstRow,
                :documentId, :subject, :problems, CURRENT_TIMESTAMP)""";

    private static final String AGAIN = """
            UPDATE rejection SET order_id = :orderId, file_id = :fileId, ordinal = :ordinal, first_row = :firstRow,
                document_id = :documentId, subject = :subject, problems = :problems, rejected_at = CURRENT_TIMESTAMP
            WHERE id = :id""";

    private static final String AMONG = """
            SELECT id, subject, order_id FROM rejection WHERE subject = ANY(:subjects) AND closed_at IS NULL
            UNION SELECT id, subject, order_id FROM rejection WHERE id = ANY(:answers) AND closed_at IS NULL
            UNION SELECT r.id, r.subject, r.order_id
                FROM UNNEST(CAST(:namespaces AS VARCHAR ARRAY), CAST(:numbers AS VARCHAR ARRAY)) AS w(namespace, order_id)
                JOIN rejection r ON r.namespace = w.namespace AND r.order_id = w.order_id
                WHERE r.closed_at IS NULL""";

    /** Each way in by its own index. */
    private static final String ANSWERED = """
            WHERE closed_at IS NULL AND id IN (SELECT a.id FROM rejection a WHERE a.subject = :subject
                UNION SELECT b.id FROM rejection b WHERE b.id = :answers AND b.source = :source
                UNION SELECT c.id FROM rejection c WHERE c.namespace = :namespace AND c.order_id = :orderId)""";

    private static final String OPEN_AGAIN = """
            SELECT id FROM rejection WHERE subject = :subject AND source = :source AND closed_at IS NULL
            UNION SELECT id FROM rejection WHERE id = :answers AND source = :source AND closed_at IS NULL
            ORDER BY id LIMIT 1""";

    private static final String FILES = """
            SELECT r.id, r.namespace, r.order_id, r.rejected_at, f.name
                FROM rejection r LEFT JOIN inbound_file f ON f.id = r.file_id
                WHERE r.id = ANY(:ids)
            UNION SELECT r.id, r.namespace, r.order_id, r.rejected_at, f.name
                FROM UNNEST(CAST(:namespaces AS VARCHAR ARRAY), CAST(:numbers AS VARCHAR ARRAY)) AS w(namespace, order_id)
                JOIN rejection r ON r.namespace = w.namespace AND r.order_id = w.order_id
                LEFT JOIN inbound_file f ON f.id = r.file_id
                WHERE r.closed_at IS NULL
            ORDER BY rejected_at DESC, id DESC""";

    private static final RecordMapper<Filed> FILED = RecordMapper.of(Filed.class);
    private static final RecordMapper<Open> OPEN = RecordMapper.of(Open.class);

    private final Handle handle;

    RejectionBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A rejection.
     *
     * @param id its own, or null for one not written yet
     * @param documentId of the original as it came, or null where it could not even be read
     * @param subject what the document is known by each time it is handed over: {@code source/key}
     * @param problems JSON
     */
    public record Row(
            @Nullable String id,
            String source,
            String namespace,
            String channel,
            @Nullable String orderId,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable Long firstRow,
            @Nullable String documentId,
            String subject,
            String problems) {}

    /**
     * What a document has in common with rejections it may answer.
     *
     * @param answers the id it was handed back with
     */
    public record Match(
            String source,
            String namespace,
            String subject,
            @Nullable String answers,
            @Nullable String orderId) {}

    /** Records a rejection once: one rejected again under the same subject, or handed back still wrong, keeps its id. */
    public String keep(Row row, Match match) {
        Optional<String> known = open(match.source(), match.subject(), match.answers());
        String id = known.orElseGet(() -> Ids.next("rej"));
        handle.createUpdate(known.isPresent() ? AGAIN : INSERT)
                .bindMethods(row)
                .bind("id", id)
                .execute();
        return id;
    }

    /** Closes every rejection this document answers: it is an order now. Answers with what was closed. */
    public List<Row> close(Match match, @Nullable String replacedBy) {
        List<Row> open = handle.createQuery(COLUMNS + ANSWERED)
                .bindMethods(match)
                .map(ConstructorMapper.of(Row.class))
                .list();
        open.forEach(row -> handle.createUpdate(
                        "UPDATE rejection SET closed_at = CURRENT_TIMESTAMP, replaced_by = :by WHERE id = :id")
                .bind("by", replacedBy)
                .bind("id", row.id())
                .execute());
        return open;
    }

    /** Which of these documents may answer one that is open. */
    public Asked<Set<Match>> among(Collection<Match> documents) {
        if (documents.isEmpty()) {
            return Asked.answered(Set.of());
        }
        List<Match> numbered =
                documents.stream().filter(each -> each.orderId() != null).toList();
        return Sql.of(handle, AMONG)
                .bindArray("subjects", all(documents, Match::subject))
                .bindArray("answers", all(documents, Match::answers))
                .bindArray("namespaces", numbered.stream().map(Match::namespace).toList())
                .bindArray(
                        "numbers",
                        numbered.stream()
                                .map(each -> String.valueOf(each.orderId()))
                                .toList())
                .ask(OPEN)
                .map(open -> documents.stream()
                        .filter(document -> open.stream().anyMatch(one -> one.isAnsweredBy(document)))
                        .collect(Collectors.toSet()));
    }

    /**
     * The file in which a document came that was rejected.
     *
     * @param id of the rejection
     * @param name of the file, as it was called where it lay; null of what came in none
     */
    public record Filed(
            String id,
            String namespace,
            @Nullable String orderId,
            @Nullable String name) {
        public boolean isOf(String of, @Nullable String number) {
            return orderId != null && orderId.equals(number) && namespace.equals(of);
        }
    }

    /** The files of these rejections, newest first: by their own ids, or by the numbers of their orders, where they are open. */
    public List<Filed> files(Collection<String> ids, List<String> namespaces, List<String> numbers) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return Sql.of(handle, FILES)
                .bindArray("ids", ids)
                .bindArray("namespaces", namespaces)
                .bindArray("numbers", numbers)
                .list(FILED);
    }

    /** One that a document may answer. */
    record Open(String id, String subject, @Nullable String orderId) {
        boolean isAnsweredBy(Match document) {
            return subject.equals(document.subject())
                    || id.equals(document.answers())
                    || (orderId != null && orderId.equals(document.orderId()));
        }
    }

    private static List<String> all(Collection<Match> matches, Function<Match, @Nullable String> part) {
        return matches.stream().map(part).filter(Objects::nonNull).distinct().toList();
    }

    /** The newest still open under an exception's subject: the rejection's own id, or the order whose number it has. */
    public Optional<Row> newest(String namespace, String id, @Nullable String orderId) {
        return handle.createQuery(COLUMNS + """
                        WHERE closed_at IS NULL AND namespace = :namespace AND id IN
                            (SELECT a.id FROM rejection a WHERE a.id = :id
                             UNION SELECT b.id FROM rejection b WHERE b.namespace = :namespace AND b.order_id = :orderId)
                        ORDER BY rejected_at DESC, id DESC LIMIT 1""")
                .bind("namespace", namespace)
                .bind("id", id)
                .bind("orderId", orderId)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    private Optional<String> open(String source, String subject, @Nullable String answers) {
        return handle.createQuery(OPEN_AGAIN)
                .bind("source", source)
                .bind("subject", subject)
                .bind("answers", answers)
                .mapTo(String.class)
                .findOne();
    }
}
