package io.waybill.intake;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Asked;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.AtOnce.Seat;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * T0 of documents that are new: neither their number nor the key they came under was ever seen. As many in one commit as
 * come while another is under way. Any other document is left alone, for {@link Admission} to decide.
 */
final class NewOrders {
    private final Originals originals;
    private final AtOnce atOnce;
    private final Gathering<Arriving, Begun> gathering;

    NewOrders(Ledger ledger, Originals originals, AtOnce atOnce) {
        this.originals = originals;
        this.atOnce = atOnce;
        this.gathering = new Gathering<>(ledger, this::take);
    }

    /** @param seat a worker that is kept for it; null when it waits its turn */
    private record Arriving(NewOrder order, @Nullable Seat seat) {}

    /**
     * What came of it.
     *
     * @param isWritten it is new, and on disk
     * @param isClaimed its intent is on disk with it
     */
    private record Begun(boolean isWritten, boolean isClaimed) {}

    /**
     * Takes the document in, and has it bought at once where it can be.
     *
     * @param waits called once it is on disk, when it waits its turn
     * @return whether the order is on disk; else the document is still to be decided
     */
    boolean take(NewOrder order, Runnable waits) {
        Optional<Seat> seat =
                order.isReady() ? atOnce.seat(order.order(), order.effective(), order.first()) : Optional.empty();
        Optional<Begun> begun = Optional.empty();
        try {
            begun = gathering.commit(new Arriving(order, seat.orElse(null)));
        } finally {
            if (begun.isEmpty()) {
                seat.ifPresent(Seat::doubt);
            } else if (!begun.get().isClaimed()) {
                seat.ifPresent(Seat::giveBack);
            }
        }
        boolean isWritten = begun.filter(Begun::isWritten).isPresent();
        if (isWritten) {
            Failpoint.AFTER_T0.here();
            begun.filter(Begun::isClaimed).flatMap(claimed -> seat).ifPresentOrElse(Seat::begin, waits);
        }
        return isWritten;
    }

    private List<Optional<Begun>> take(Tx tx, List<Arriving> arriving) {
        List<NewOrder> orders = arriving.stream().map(Arriving::order).toList();
        Asking asking = tx.together(() -> new Asking(KnownNames.ask(tx, orders), claims(tx, arriving)));
        List<NewOrder> fresh = asking.known().fresh(orders);
        Set<NewOrder> written = among(fresh);
        Map<NewOrder, Claim> claims = asking.claims().get();
        claims.keySet().retainAll(written);
        write(tx, fresh, claims);
        Failpoint.BEFORE_T0_COMMIT.here();
        return arriving.stream()
                .map(each -> Optional.of(new Begun(written.contains(each.order()), claims.containsKey(each.order()))))
                .toList();
    }

    private record Asking(KnownNames known, Asked<Map<NewOrder, Claim>> claims) {}

    /** Of those that have a worker, by the very orders. */
    private Asked<Map<NewOrder, Claim>> claims(Tx tx, List<Arriving> arriving) {
        Map<NewOrder, Seat> seats = new IdentityHashMap<>();
        arriving.forEach(each -> Optional.ofNullable(each.seat()).ifPresent(seat -> seats.put(each.order(), seat)));
        List<NewOrder> seated = List.copyOf(seats.keySet());
        Asked<List<Optional<Claim>>> found = seats.isEmpty()
                ? Asked.answered(List.of())
                : atOnce.claims(tx, seated.stream().map(seats::get).toList());
        return found.map(all -> {
            Map<NewOrder, Claim> claims = new IdentityHashMap<>();
            for (int i = 0; i < seated.size(); i++) {
                NewOrder order = seated.get(i);
                all.get(i).ifPresent(claim -> claims.put(order, claim));
            }
            return claims;
        });
    }

    /**
     * Writes what is new among them.
     *
     * @return the very orders; those that are missing are still to be decided
     */
    Set<NewOrder> write(Tx tx, List<NewOrder> orders) {
        List<NewOrder> fresh =
                orders.isEmpty() ? List.of() : KnownNames.ask(tx, orders).fresh(orders);
        write(tx, fresh, Map.of());
        return among(fresh);
    }

    private static Set<NewOrder> among(List<NewOrder> orders) {
        Set<NewOrder> same = Collections.newSetFromMap(new IdentityHashMap<>());
        same.addAll(orders);
        return same;
    }

    private void write(Tx tx, List<NewOrder> fresh, Map<NewOrder, Claim> claims) {
        if (fresh.isEmpty()) {
            return;
        }
        Map<Key, InboxBook.Entry> entries = new HashMap<>();
        List<DocumentBook.Original> kept = new ArrayList<>();
        for (NewOrder order : fresh) {
            originals.of(order.start().submission(), order.id()).ifPresent(kept::add);
            if (order.key() != null) {
                entries.put(order.key(), order.entry());
            }
        }
        tx.together(() -> {
            NewOrder.write(tx, fresh, claims);
            tx.originals().keep(kept);
            tx.inbox().put(entries);
        });
        NewOrder.announce(tx, fresh);
    }
}
