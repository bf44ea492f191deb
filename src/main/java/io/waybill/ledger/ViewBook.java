package io.waybill.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What each person looks for again and again. */
public final class ViewBook {
    private final Handle handle;

    ViewBook(Handle handle) {
        this.handle = handle;
    }

    /** @param filter what is looked for, a JSON object of text */
    public record Row(String id, String name, String filter) {}

    /** Theirs, by name. */
    public List<Row> of(String owner) {
        return handle.createQuery("SELECT id, name, filter FROM saved_view WHERE owner = :owner ORDER BY name")
                .bind("owner", owner)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /**
     * Keeps a view; one of the same name is replaced.
     *
     * @return its id
     */
    public String keep(String owner, String name, String filter) {
        handle.createUpdate("DELETE FROM saved_view WHERE owner = :owner AND name = :name")
                .bind("owner", owner)
                .bind("name", name)
                .execute();
        String id = Ids.next("view");
        handle.createUpdate("""
                        INSERT INTO saved_view (id, owner, name, filter, created_at)
                        VALUES (:id, :owner, :name, :filter, CURRENT_TIMESTAMP)""")
                .bind("id", id)
                .bind("owner", owner)
                .bind("name", name)
                .bind("filter", filter)
                .execute();
        return id;
    }

    /** False when this person has no such view. */
    public boolean forget(String owner, String id) {
        return handle.createUpdate("DELETE FROM saved_view WHERE owner = :owner AND id = :id")
                        .bind("owner", owner)
                        .bind("id", id)
                        .execute()
                == 1;
    }
}
