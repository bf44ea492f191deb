package io.waybill.ledger;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file whose prices are compared.
 *
 * @param namespace its source's
 * @param size in bytes
 * @param format a word such as {@code csv} that overrules the mapping's own, or null
 * @param most how many of its orders are compared
 * @param state {@code COMPARING}, then {@code DONE} or {@code FAILED}
 * @param node whose data folder holds the file
 * @param visible the namespaces its orders may be for: separated by commas, or {@code *}
 * @param documents how many it holds, or null before they were counted
 * @param nextDocument every document before it has been priced
 * @param problems JSON of what stopped it, or null
 */
public record ComparedSheet(
        String id,
        String source,
        String namespace,
        String fileSha256,
        String name,
        long size,
        @Nullable String format,
        int most,
        String state,
        String node,
        String createdBy,
        String visible,
        @Nullable Integer documents,
        int nextDocument,
        @Nullable String problems,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public static final String COMPARING = "COMPARING";
    public static final String DONE = "DONE";
    public static final String FAILED = "FAILED";

    /** The namespaces its orders may be for. */
    public Namespaces scope() {
        return visible.equals("*") ? Namespaces.ALL : Namespaces.of(Set.of(visible.split(",")));
    }

    /** Whether it holds more orders than are compared. */
    public boolean isLonger() {
        return documents != null && documents > most;
    }
}
