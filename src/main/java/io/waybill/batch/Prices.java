package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.ledger.Namespaces;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prices documents without taking them in. */
public interface Prices {
    /**
     * What a document would cost by each way of choosing. Carriers are asked at once and waited for by who takes the
     * answer, so that many documents wait together.
     *
     * @param scope the namespaces it may be for
     */
    Supplier<Priced> of(Document document, Feed feed, Namespaces scope);

    /** How an account and a service are chosen. */
    enum Way {
        TODAY("today"),
        CHEAPEST("cheapest"),
        FASTEST("fastest"),
        BEST_VALUE("bestValue");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        /** As calls and settings say it. */
        public String word() {
            return word;
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Way::word).toList();
        }
    }

    /**
     * What one way chooses.
     *
     * @param days in transit, where the carrier says so
     */
    record Price(
            String account,
            String service,
            @Nullable Integer days,
            @Nullable Money total) {}

    /**
     * @param namespace it would be for, or null where that is not known or is outside the scope
     * @param skipped why its mapping leaves it out, or null
     * @param problems what is wrong with it
     * @param prices without the ways that found none
     */
    record Priced(
            @Nullable String namespace,
            @Nullable String orderId,
            @Nullable String skipped,
            List<Problem> problems,
            Map<Way, Price> prices) {

        public static Priced skipped(@Nullable String namespace, String why) {
            return new Priced(namespace, null, why, List.of(), Map.of());
        }

        public static Priced bad(@Nullable String namespace, @Nullable String orderId, List<Problem> problems) {
            return new Priced(namespace, orderId, null, problems, Map.of());
        }

        Optional<Money> total(Way way) {
            return Optional.ofNullable(prices.get(way)).map(Price::total);
        }
    }
}
