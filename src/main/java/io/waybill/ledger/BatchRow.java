package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file handed over by a call or a command.
 *
 * @param namespace its source's
 * @param size in bytes
 * @param format a word such as {@code csv} that overrules the mapping's own, or null
 * @param state {@code CHECKING}, {@code CHECKED}, {@code TAKING}, then {@code DONE} or {@code FAILED}; {@code STOPPING} and then
 *     {@code STOPPED} once a person has stopped it, of a look without {@code askedAt}
 * @param node whose data folder holds the file
 * @param visible the namespaces its orders may be for: separated by commas, or {@code *}
 * @param documents how many there are, or null before they were counted
 * @param nextDocument of the look at it: every document before it has been looked at
 * @param wish which rows are to be bought: {@code any}, {@code all} or {@code good}; null while only looked at
 * @param problems JSON of what stopped it, or null
 * @param askedAt when buying was asked for
 */
public record BatchRow(
        String id,
        String source,
        String namespace,
        String fileSha256,
        String name,
        long size,
        @Nullable String format,
        String state,
        String node,
        String createdBy,
        String visible,
        @Nullable Integer documents,
        int nextDocument,
        @Nullable String wish,
        @Nullable BigDecimal maxAmount,
        @Nullable String maxCurrency,
        @Nullable String problems,
        Instant createdAt,
        @Nullable Instant checkedAt,
        @Nullable Instant askedAt,
        @Nullable Instant finishedAt) {

    /** It is to end, or has ended, before its time. */
    public boolean isStopped() {
        return state.equals("STOPPING") || state.equals("STOPPED");
    }

    /** Only looked at so far. */
    public boolean isLooked() {
        return state.equals("CHECKING") || state.equals("CHECKED") || askedAt == null;
    }

    /** It is looked at by this node, or is until it has stopped that. */
    public boolean isLookOf(String looker) {
        boolean isStoppedLook = state.equals("STOPPING") && askedAt == null;
        return node.equals(looker) && (state.equals("CHECKING") || isStoppedLook);
    }

    /** The namespaces its orders may be for. */
    public Namespaces scope() {
        return visible.equals("*") ? Namespaces.ALL : Namespaces.of(Set.of(visible.split(",")));
    }

    /** How a scope is kept. */
    public static String visible(Namespaces scope) {
        return scope.all() ? "*" : String.join(",", scope.names());
    }
}
