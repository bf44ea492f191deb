package io.waybill.intake;

import io.waybill.ledger.Channel;
import io.waybill.ledger.EventBook.News;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.OrderBook;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RejectionBook.Match;
import io.waybill.ledger.ShipmentBook.First;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order nobody knows yet, and how its first shipment starts. */
record NewOrder(Revision revision, Start start) {
    private static final int FIRST = 1;

    /** Writes orders that begin, each kind of row for all of them at once. @return their hub ids */
    static List<String> write(Tx tx, List<NewOrder> orders) {
        List<String> ids = tx.orders().insert(orders.stream().map(NewOrder::row).toList());
        List<First> firsts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            NewOrder order = orders.get(i);
            firsts.add(new First(ids.get(i), order.revision(), order.start().plan()));
        }
        List<String> shipments = tx.shipments().insert(firsts);
        List<StoryBook.Line> story = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            story.add(orders.get(i).received(ids.get(i), shipments.get(i)));
        }
        tx.story().tell(story);
        announce(tx, orders, ids, shipments);
        return ids;
    }

    private static void announce(Tx tx, List<NewOrder> orders, List<String> ids, List<String> shipments) {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            NewOrder order = orders.get(i);
            if (tx.events().isWanted(order.revision().namespace(), order.start().types())) {
                wanted.add(ids.get(i));
            }
        }
        Map<String, OrderRow> rows = tx.orders().of(wanted);
        List<News> news = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            OrderRow row = rows.get(ids.get(i));
            if (row != null) {
                news.addAll(orders.get(i).start().news(row, shipments.get(i)).toList());
            }
        }
        tx.events().begin(news);
    }

    /** Whether something is switched that may keep it out. */
    boolean isSwitched(Switches switches) {
        return switches.isShadow(source())
                || Channel.of(start.submission().channel())
                        .filter(channel -> switches.isGated(revision.namespace(), channel))
                        .isPresent();
    }

    String source() {
        return start.submission().source();
    }

    Named named() {
        return new Named(revision.namespace(), revision.orderId());
    }

    /** What it may answer of what was rejected. */
    Optional<Match> answers() {
        return Rejection.match(start.submission(), named());
    }

    /** What it came under; null when it came without a name. */
    @Nullable
    Key key() {
        Submission by = start.submission();
        return by.idempotencyKey() == null ? null : new Key(by.source(), by.idempotencyKey());
    }

    /** That it was taken in. */
    InboxBook.Entry entry(String id) {
        return new InboxBook.Entry(start.submission().bodySha256(), id, Taken.Result.ACCEPTED.name(), null);
    }

    private OrderBook.New row() {
        return new OrderBook.New(revision, start.types().size());
    }

    private StoryBook.Line received(String id, String shipment) {
        return new StoryBook.Line(
                id,
                shipment,
                "received",
                start.submission().actor(),
                start.detail(FIRST).toString());
    }
}
