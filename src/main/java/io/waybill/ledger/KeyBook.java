package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The keys callers sign in with: only their sha256, never the secret. A row is never deleted. */
public final class KeyBook {
    private final Handle handle;

    KeyBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param person true when the key belongs to a person, who then has a role
     * @param secretSha256 lower-case hex
     * @param scopes comma-separated
     * @param source the source its orders come from; null is any
     * @param namespaces comma-separated, or {@code *} for all
     */
    public record Row(
            String id,
            String name,
            boolean person,
            @Nullable String role,
            String secretSha256,
            String scopes,
            @Nullable String source,
            String namespaces,
            Instant createdAt,
            @Nullable String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {
        public List<String> scopeWords() {
            return List.of(scopes.split(","));
        }

        public Namespaces seen() {
            return namespaces.equals("*") ? Namespaces.ALL : Namespaces.of(Set.of(namespaces.split(",")));
        }
    }

    public void insert(Row row) {
        handle.createUpdate("""
                        INSERT INTO api_key (id, name, person, role, secret_sha256, scopes, source, namespaces,
                                             created_at, created_by, expires_at)
                        VALUES (:id, :name, :person, :role, :secretSha256, :scopes, :source, :namespaces,
                                :createdAt, :createdBy, :expiresAt)""").bindMethods(row).execute();
    }

    /** Every key there ever was, oldest first. */
    public List<Row> all() {
        return handle.createQuery("""
                        SELECT id, name, person, role, secret_sha256, scopes, source, namespaces,
                               created_at, created_by, expires_at, revoked_at, last_used_at
                        FROM api_key ORDER BY created_at, id""").map(ConstructorMapper.of(Row.class)).list();
    }

    /** True when the key was there and not yet revoked. */
    public boolean revoke(String id) {
        return handle.createUpdate("""
                                UPDATE api_key SET revoked_at = CURRENT_TIMESTAMP
                                WHERE id = :id AND revoked_at IS NULL""").bind("id", id).execute() > 0;
    }

    public void used(String id) {
        handle.createUpdate("UPDATE api_key SET last_used_at = CURRENT_TIMESTAMP WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
