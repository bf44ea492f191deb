package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.ledger.Namespaces;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at documents without taking them in. */
public interface Preview {
    /**
     * What would become of a document, and what its label would cost. Carriers are asked at once and waited for by who takes
     * the answer, so that many documents wait together.
     *
     * @param scope the namespaces it may be for
     */
    Supplier<Foreseen> look(Document document, Taker.Context context, Namespaces scope);

    /** What is wrong when a document is for a namespace outside a scope. */
    Optional<Problem> outside(Document document, Taker.Context context, Namespaces scope);

    /** The order number of a document, where it can be read; or null. */
    default @Nullable String number(Document document, Taker.Context context) {
        return null;
    }

    /**
     * What this very document was taken in as, in an earlier run over its file that did not come to say so.
     *
     * @param since when its file was handed over
     */
    default Optional<Fate> takenBefore(Document document, Taker.Context context, Instant since) {
        return Optional.empty();
    }

    /**
     * @param fate what taking it in would answer
     * @param namespace it would be for, or null when it is no order
     * @param contentSha256 the same for two documents that say the same; null when it cannot be known
     * @param held it would wait for a weight, a date or a person, and is not priced
     * @param price null when it would not be bought, or no price came
     */
    record Foreseen(
            Fate fate,
            @Nullable String namespace,
            @Nullable String contentSha256,
            boolean held,
            @Nullable Price price) {}

    /** What the account that the rules choose asks for it. */
    record Price(String account, String carrier, String service, Money total) {}
}
