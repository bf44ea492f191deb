package io.waybill.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Deliveries that a hub had when it ended. One of them may be why: it is then delivered by itself, with no other of its batch, and counted before
 * it begins. The count stands in {@code last_error}, as a person reads it; any outcome replaces it.
 */
public final class CutShort {
    /** So many ends in a row are no chance. */
    public static final int MOST = 5;

    private static final String WORDS = "the hub ended before it was over, times in a row: ";

    /** For SQL: whether it was; never null. */
    static final String IS = "COALESCE(last_error, '') LIKE '" + WORDS + "%'";

    /** For SQL: this word, unless it tells of some already. */
    static final String ONCE_MORE =
            "CASE WHEN last_error LIKE '" + WORDS + "%' THEN last_error ELSE '" + words(1) + "' END";

    /** For SQL: what is begun anew by a person's word, or nothing when it was never cut short. */
    static final String ANEW = "WHEN last_error LIKE '" + WORDS + "%' THEN '" + words(1) + "'";

    private CutShort() {}

    /** How often in a row it was; 0 of one whose last attempt came to an outcome. */
    public static int times(@Nullable String lastError) {
        return lastError != null && lastError.startsWith(WORDS)
                ? Integer.parseInt(lastError.substring(WORDS.length()))
                : 0;
    }

    /** What is kept of one that was. */
    static String words(int times) {
        return WORDS + times;
    }
}
