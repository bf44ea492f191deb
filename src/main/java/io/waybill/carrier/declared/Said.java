package io.waybill.carrier.declared;

import io.waybill.carrier.Reply;
import org.jspecify.annotations.Nullable;

/** What a carrier's readable answer says. */
sealed interface Said {
    /** It was done. */
    record Yes(Reply answer) implements Said {}

    /** There is no such order: of a look-up only. */
    record Nothing(String words) implements Said {}

    /**
     * It was not.
     *
     * @param kind {@code refused | not-sent | unknown | duplicate | account | gone}
     * @param code the carrier's own, or empty
     * @param pointer into our order where the carrier named a field, or null
     */
    record No(
            String kind,
            String code,
            String words,
            @Nullable String pointer) implements Said {}

    /** For a person: the carrier's words, with its code where they lack it. */
    default String told() {
        if (this instanceof Nothing nothing) {
            return nothing.words();
        }
        if (!(this instanceof No no)) {
            return "done";
        }
        return no.code().isEmpty() || no.words().contains(no.code()) ? no.words() : no.code() + ": " + no.words();
    }

    /** No answer, or one that cannot be read. */
    static Said unreadable(String why) {
        return new No("unknown", "", why, null);
    }
}
