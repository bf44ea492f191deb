package io.waybill.rollout;

import io.waybill.ledger.BoughtBook.Bought;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShadowBook.LiveOnly;
import io.waybill.ledger.ShadowBook.Pair;
import io.waybill.ledger.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source brought that was only looked at, beside what the live channels, or labels imported from another portal,
 * brought under the same order numbers. Page by page, so that memory stays small.
 */
public final class Comparison {
    private static final int PAGE = 200;

    /** Most documents that are looked at at once, from {@code since} on. */
    static final int MOST = 20_000;

    private final Ledger ledger;
    private final Namespaces scope;
    private final Duration kept;

    /**
     * @param scope whose documents are compared
     * @param kept how long documents are kept
     */
    Comparison(Ledger ledger, Namespaces scope, Duration kept) {
        this.ledger = ledger;
        this.scope = scope;
        this.kept = kept;
    }

    /** Hears of every document and order, in the order they came. */
    public interface Hearer {
        void pair(Pairing pairing);

        /** No live channel knows the number, by now. */
        void onlyShadow(Pair pair);

        /** Nothing an order could be made of. */
        void noOrder(Pair pair);

        void onlyLive(LiveOnly order);
    }

    /** @return false when there is more than is looked at at once */
    boolean tell(String source, String namespace, Instant since, Hearer hearer) {
        Instant first = null;
        int seen = 0;
        String after = "";
        List<Pair> page;
        do {
            String from = after;
            page = ledger.read(tx -> tx.shadows().pairs(source, scope, since, from, PAGE));
            if (first == null && !page.isEmpty()) {
                first = page.get(0).receivedAt();
            }
            tell(page, hearer);
            seen += page.size();
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == PAGE && seen < MOST);
        boolean complete = begin(source, first)
                .map(begin -> tellLiveOnly(source, namespace, later(begin, since), hearer))
                .orElse(true);
        return complete && page.size() < PAGE;
    }

    /**
     * Since when it is looked at: from its switch on, where that is on, or from an earlier document; empty when neither is.
     * What came before the documents that are kept is not known.
     */
    private Optional<Instant> begin(String source, @Nullable Instant first) {
        Optional<Switch> on = ledger.<Optional<Switch>>read(tx -> tx.rollout()
                        .forDocuments(Set.of(), Set.of(source))
                        .get()
                        .shadow(source))
                .filter(Switch::isOn);
        return Stream.concat(on.map(Switch::changedAt).stream(), Stream.ofNullable(first))
                .min(Comparator.naturalOrder())
                .map(begin -> later(begin, ledger.read(tx -> tx.now()).minus(kept)));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    private void tell(List<Pair> page, Hearer hearer) {
        List<String> orders = page.stream()
                .filter(pair -> pair.orderUid() != null)
                .map(pair -> String.valueOf(pair.orderUid()))
                .toList();
        Map<String, Bought> bought = ledger.read(tx -> tx.bought().of(orders));
        for (Pair pair : page) {
            if (pair.effective() == null) {
                hearer.noOrder(pair);
            } else if (pair.orderUid() == null) {
                hearer.onlyShadow(pair);
            } else {
                hearer.pair(Pairing.of(pair, bought.get(pair.orderUid())));
            }
        }
    }

    private boolean tellLiveOnly(String source, String namespace, Instant since, Hearer hearer) {
        int seen = 0;
        String after = "";
        List<LiveOnly> page;
        do {
            String from = after;
            page = ledger.read(tx -> tx.shadows().liveOnly(source, namespace, since, from, PAGE));
            page.forEach(hearer::onlyLive);
            seen += page.size();
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == PAGE && seen < MOST);
        return page.size() < PAGE;
    }
}
