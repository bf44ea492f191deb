package io.waybill.ledger;

import io.waybill.text.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Label bytes and the papers that go with them. */
public final class LabelBook {
    private static final String KEEP = """
            INSERT INTO document (id, shipment_uid, kind, parcel, format, page_size, bytes, sha256, created_at, prints)
            VALUES (:id, :shipment, :kind, :parcel, :format, :size, :bytes, :sha, CURRENT_TIMESTAMP, 0)""";

    private static final String KNOWN = """
            SELECT shipment_uid AS shipment, kind, parcel, format, page_size FROM document
            WHERE shipment_uid = ANY(:ids)""";

    private static final String BACK = """
            UPDATE document SET bytes = :bytes, sha256 = :sha, created_at = CURRENT_TIMESTAMP, erased_at = NULL
            WHERE shipment_uid = :shipment AND kind = :kind AND parcel = :parcel AND format = :format
                AND page_size = :size AND bytes IS NULL""";

    private static final RecordMapper<Place> PLACE = RecordMapper.of(Place.class);

    private final Handle handle;

    LabelBook(Handle handle) {
        this.handle = handle;
    }

    /** @param parcel 1-based, 0 for the whole shipment */
    public record Paper(String kind, int parcel, String format, String pageSize, byte[] bytes) {}

    /** A paper, whose it is, and its SHA-256. */
    public record Kept(String shipment, Paper paper, String sha256) {
        public Kept(String shipment, Paper paper) {
            this(shipment, paper, Sha256.of(paper.bytes()));
        }

        /** How its bytes are named where they do not stand themselves. */
        public String digest() {
            return "sha256:" + sha256;
        }

        private Place place() {
            return new Place(shipment, paper.kind(), paper.parcel(), paper.format(), paper.pageSize());
        }
    }

    /** What there is one paper of. */
    record Place(String shipment, String kind, int parcel, String format, String pageSize) {}

    /** Keeps each paper once; the same kind, parcel, format and size of a shipment again changes nothing. */
    public void keep(List<Kept> papers) {
        if (papers.isEmpty()) {
            return;
        }
        Set<Place> taken = Trips.of(handle).isToServer() ? new HashSet<>() : taken(papers);
        Sql kept = Sql.of(handle, KEEP);
        for (Kept each : papers) {
            if (taken.add(each.place())) {
                bound(kept.bind("id", Ids.next("doc")), each).add();
            }
        }
        kept.writeNew();
    }

    /**
     * The same of what was printed once more: a paper whose bytes were {@linkplain ErasureBook#forget dropped} has them again,
     * and is kept as long as a new one. That its order was not forgotten is for the caller to see to.
     */
    public void keepAgain(List<Kept> papers) {
        Sql back = Sql.of(handle, BACK);
        papers.forEach(each -> bound(back, each).add());
        back.executeBatch();
        keep(papers);
    }

    private static Sql bound(Sql sql, Kept each) {
        Paper paper = each.paper();
        return sql.bind("shipment", each.shipment())
                .bind("kind", paper.kind())
                .bind("parcel", paper.parcel())
                .bind("format", paper.format())
                .bind("size", paper.pageSize())
                .bind("bytes", paper.bytes())
                .bind("sha", each.sha256());
    }

    private Set<Place> taken(List<Kept> papers) {
        Set<String> shipments = papers.stream().map(Kept::shipment).collect(Collectors.toSet());
        return new HashSet<>(Sql.of(handle, KNOWN).bindArray("ids", shipments).list(PLACE));
    }

    /** The shipping label of one parcel; its return label where it has no other. */
    public Optional<Paper> label(String shipment, int parcel, String format) {
        return handle.createQuery("""
                        SELECT kind, parcel, format, page_size, bytes FROM document
                        WHERE shipment_uid = :shipment AND kind IN ('shipping_label', 'return_label')
                            AND parcel = :parcel
                            AND format = :format AND bytes IS NOT NULL
                        ORDER BY kind DESC, created_at LIMIT 1""")
                .bind("shipment", shipment)
                .bind("parcel", parcel)
                .bind("format", format)
                .map(ConstructorMapper.of(Paper.class))
                .findOne();
    }

    /** Everything printable of a shipment, its labels first. */
    public List<Paper> of(String shipment) {
        return handle.createQuery("""
                        SELECT kind, parcel, format, page_size, bytes FROM document
                        WHERE shipment_uid = :shipment AND bytes IS NOT NULL
                        ORDER BY CASE WHEN kind LIKE '%label' THEN 0 ELSE 1 END, kind, parcel, created_at""")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(Paper.class))
                .list();
    }

    /** How often the label of a parcel was printed at a station. */
    public int prints(String shipment, int parcel) {
        return handle.createQuery("SELECT COALESCE(MAX(prints), 0) FROM document WHERE shipment_uid = :shipment"
                        + " AND parcel = :parcel AND kind IN ('shipping_label', 'return_label')")
                .bind("shipment", shipment)
                .bind("parcel", parcel)
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Counts that it was printed once more, in whatever format.
     *
     * @return how often by now
     */
    public int printed(String shipment, int parcel) {
        handle.createUpdate("UPDATE document SET prints = prints + 1 WHERE shipment_uid = :shipment"
                        + " AND parcel = :parcel AND kind IN ('shipping_label', 'return_label')")
                .bind("shipment", shipment)
                .bind("parcel", parcel)
                .execute();
        return prints(shipment, parcel);
    }

    /** Which parcels have a label, or had one that is not kept any more, in whatever format. */
    public List<Integer> parcels(String shipment) {
        return handle.createQuery("SELECT DISTINCT parcel FROM document WHERE shipment_uid = :shipment"
                        + " AND kind IN ('shipping_label', 'return_label') ORDER BY parcel")
                .bind("shipment", shipment)
                .mapTo(Integer.class)
                .list();
    }

    /** Which parcels have a label in this format. */
    public List<Integer> parcels(String shipment, String format) {
        return handle.createQuery("""
                        SELECT DISTINCT parcel
                        FROM document
                        WHERE shipment_uid = :shipment AND kind IN ('shipping_label', 'return_label')
                            AND format = :format AND bytes IS NOT NULL
                        ORDER BY parcel""")
                .bind("shipment", shipment)
                .bind("format", format)
                .mapTo(Integer.class)
                .list();
    }
}
