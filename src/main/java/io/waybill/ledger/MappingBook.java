package io.waybill.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Every version of every mapping that ever served, as text. A row is never changed but for when it served last. */
public final class MappingBook {
    private static final String COLUMNS = "SELECT name, version, sha256, text FROM mapping_version WHERE name = :name ";

    private final Handle handle;

    MappingBook(Handle handle) {
        this.handle = handle;
    }

    /** @param sha256 of the text, in hex */
    public record Row(String name, int version, String sha256, String text) {}

    public Optional<Row> find(String name, int version) {
        return handle.createQuery(COLUMNS + "AND version = :version")
                .bind("name", name)
                .bind("version", version)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    /** The one that served last. */
    public Optional<Row> last(String name) {
        return all(name).stream().findFirst();
    }

    /** The one that served last first. */
    public List<Row> all(String name) {
        return handle.createQuery(COLUMNS + "ORDER BY loaded_at DESC, version DESC")
                .bind("name", name)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** Notes that it serves from now on; under a known number only the time is new. */
    public void serves(Row row) {
        int known = handle.createUpdate("UPDATE mapping_version SET loaded_at = CURRENT_TIMESTAMP"
                        + " WHERE name = :name AND version = :version AND sha256 = :sha256")
                .bindMethods(row)
                .execute();
        if (known == 0) {
            handle.createUpdate("INSERT INTO mapping_version (name, version, sha256, text, loaded_at)"
                            + " VALUES (:name, :version, :sha256, :text, CURRENT_TIMESTAMP)")
                    .bindMethods(row)
                    .execute();
        }
    }
}
