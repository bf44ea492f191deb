package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Feed;
import io.waybill.batch.Prices;
import io.waybill.batch.Taker;
import io.waybill.carrier.Choice;
import io.waybill.dispatch.Compared;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.format.Document;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Translated;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Order;
import io.waybill.problem.ProblemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prices a document as its order would be bought today, and as the other ways of choosing would. */
record SheetPrices(Intake intake, MappedIntake mapped, Dispatch dispatch) implements Prices {
    /** As the schema of an order says. */
    private static final int LONGEST_NAMESPACE = 64;

    @Override
    public Supplier<Priced> of(Document document, Feed feed, Namespaces scope) {
        String orderId = null;
        String namespace = null;
        try {
            if (!document.problems().isEmpty()) {
                throw new ProblemException(document.problems());
            }
            Translated translated = mapped.translate(feed.source(), document);
            orderId = id(translated.canonical());
            if (translated.skipped() != null) {
                // Only an order that is called off or waits was mapped.
                Priced skipped = Priced.skipped(
                        translated.stops() == null ? null : within(scope, feed, translated.canonical()),
                        translated.skipped());
                return () -> skipped;
            }
            mapped.outside(translated.canonical(), feed.source(), scope).ifPresent(problem -> {
                throw new ProblemException(translated.sourced().apply(List.of(problem)));
            });
            namespace = within(scope, feed, translated.canonical());
            Order order = order(translated, feed);
            Choice today = intake.choose(order);
            Supplier<Compared> compared = dispatch.rating().comparing(order, today);
            return () -> new Priced(order.namespace(), order.orderId(), null, List.of(), prices(compared.get()));
        } catch (ProblemException e) {
            Priced bad = Priced.bad(namespace, orderId == null ? number(document, feed) : orderId, e.problems());
            return () -> bad;
        }
    }

    private Order order(Translated translated, Feed feed) {
        try {
            return intake.toRate(feed.source(), translated.canonical());
        } catch (ProblemException e) {
            throw new ProblemException(translated.sourced().apply(e.problems()));
        }
    }

    /** The namespace of a row; null where its sheet may not be for it, or it can be none. */
    private @Nullable String within(Namespaces scope, Feed feed, JsonNode canonical) {
        String namespace = mapped.namespaceOf(feed.source(), canonical);
        return scope.has(namespace) && namespace.length() <= LONGEST_NAMESPACE ? namespace : null;
    }

    /** The number of a document that its mapping makes nothing of, where it can be read in spite of that. */
    private @Nullable String number(Document document, Feed feed) {
        return mapped.number(document, new Taker.Context(feed, "", null, null, null));
    }

    private static @Nullable String id(JsonNode tree) {
        String id = tree.path("orderId").asText("");
        return id.isEmpty() ? null : id;
    }

    private static Map<Way, Price> prices(Compared compared) {
        Map<Way, Price> prices = new EnumMap<>(Way.class);
        put(prices, Way.TODAY, compared.today());
        put(prices, Way.CHEAPEST, compared.cheapest());
        put(prices, Way.FASTEST, compared.fastest());
        put(prices, Way.BEST_VALUE, compared.best());
        return prices;
    }

    private static void put(Map<Way, Price> prices, Way way, @Nullable Quoted quoted) {
        if (quoted != null) {
            prices.put(
                    way,
                    new Price(
                            quoted.account(),
                            quoted.rate().service(),
                            quoted.rate().days(),
                            quoted.rate().total()));
        }
    }
}
