package io.waybill.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Order.Identifier;
import io.waybill.order.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What other systems call an order that comes from several: each brings its own number, and takes no other's away. */
final class OtherNames {
    private final Tx tx;
    private final Submission submission;

    OtherNames(Tx tx, Submission submission) {
        this.tx = tx;
        this.submission = submission;
    }

    /** A source said what was known already: what its system calls the order is known from now on, too. */
    void learn(OrderRow known, Order said) {
        Order before = Stored.order(known.effective());
        List<Identifier> news = except(said.identifiers(), systems(before.identifiers()));
        if (!news.isEmpty()) {
            Order after = with(before, before.identifiers(), news);
            tx.orders().alsoKnownAs(known, new Orders().write(after).toString(), after.identifiers());
        }
    }

    /** A revision, with what the systems of other sources call the order. */
    Order keep(OrderRow known, Order revision) {
        List<Identifier> before = Stored.order(known.effective()).identifiers();
        boolean bySameSource =
                submission.isEdit() || tx.revisions().contentSource(known).equals(submission.source());
        List<Identifier> others =
                bySameSource ? except(before, systems(Stored.said(known).identifiers())) : before;
        return with(revision, revision.identifiers(), except(others, systems(revision.identifiers())));
    }

    private static Set<String> systems(List<Identifier> identifiers) {
        return identifiers.stream().map(Identifier::system).collect(Collectors.toSet());
    }

    private static List<Identifier> except(List<Identifier> all, Set<String> systems) {
        return all.stream().filter(one -> !systems.contains(one.system())).toList();
    }

    private static Order with(Order order, List<Identifier> own, List<Identifier> others) {
        if (others.isEmpty()) {
            return order;
        }
        List<Identifier> all = new ArrayList<>(own);
        all.addAll(others);
        ObjectNode tree = (ObjectNode) new Orders().write(order);
        tree.set("identifiers", Stored.tree(all));
        return Json.mapper().convertValue(tree, Order.class);
    }
}
