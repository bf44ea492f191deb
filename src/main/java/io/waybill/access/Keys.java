package io.waybill.access;

import io.waybill.ledger.KeyBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys as they were read last, by the sha256 of their secret. */
record Keys(Map<String, Key> bySha256) {
    /** A key that is not revoked; it may have expired since. */
    record Key(String id, Caller caller, Optional<Instant> expiresAt) {}

    /** A revoked key leaves no way in, but still counts as a key: revoking the last one does not open the door. */
    static Keys of(List<KeyBook.Row> rows) {
        Map<String, Key> keys = new HashMap<>();
        rows.forEach(row -> keys.put(row.secretSha256(), row.revokedAt() == null ? key(row) : revoked(row)));
        return new Keys(keys);
    }

    boolean isEmpty() {
        return bySha256.isEmpty();
    }

    Optional<Key> find(String sha256, Instant now) {
        return Optional.ofNullable(bySha256.get(sha256))
                .filter(key -> key.expiresAt().map(now::isBefore).orElse(true));
    }

    /** The caller behind a key that is in force. */
    Optional<Caller> byId(String id, Instant now) {
        return bySha256.values().stream()
                .filter(key -> key.id().equals(id)
                        && key.expiresAt().map(now::isBefore).orElse(true))
                .map(Key::caller)
                .findFirst();
    }

    private static Key key(KeyBook.Row row) {
        Set<Scope> scopes = row.scopeWords().stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
        Caller caller = new Caller(
                row.name(),
                Optional.ofNullable(row.source()),
                scopes,
                row.seen(),
                row.person(),
                Optional.of(row.id()),
                Optional.empty());
        return new Key(row.id(), caller, Optional.ofNullable(row.expiresAt()));
    }

    private static Key revoked(KeyBook.Row row) {
        return new Key(row.id(), Caller.ANYONE, Optional.of(Instant.MIN));
    }
}
