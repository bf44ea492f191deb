package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.ChosenBy;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks a document, fills in what its source has for all of its orders, and says how it is admitted. Writes nothing. */
record Checking(Orders orders, Sources sources, Planner planner, Spending spending, Originals originals) {

    /** @throws ProblemException with every bad field, and what else nobody here can serve */
    Draft draft(Submission submission, SourceSettings source) {
        try {
            return checked(submission, source);
        } catch (ProblemException refused) {
            throw new ProblemException(submission.sourced(refused.problems()));
        }
    }

    private Draft checked(Submission submission, SourceSettings source) {
        if (!submission.isEdit()) { // an order that is in stays what it is for
            source.requireBrings(submission.canonical());
        }
        JsonNode canonical = submission.canonical();
        try {
            Order given = submission.isEdit() ? orders.readKept(canonical) : orders.read(canonical);
            Order effective = Defaults.apply(given, source, null);
            Plan plan = planner.plan(effective, null, false);
            return new Draft(given, withSender(effective, source), canonical, plan, null);
        } catch (ProblemException refused) {
            throw new ProblemException(new Unserved(source, planner).beside(refused.problems(), canonical));
        }
    }

    /**
     * Why nobody buys for what could be written of an order that its mapping refuses.
     *
     * @param wrong what the mapping found; empty is answered where that, or anything else that is wrong, leaves open who would buy
     */
    Optional<Problem> unsold(String name, JsonNode written, List<Problem> wrong) {
        SourceSettings source = sources.get(name);
        if (!source.bringsFor(source.namespaceOf(written))) {
            return Optional.empty();
        }
        List<Problem> all =
                Stream.concat(wrong.stream(), orders.check(written).stream()).toList();
        return ChosenBy.of(written, all).flatMap(order -> planner.unsold(Defaults.apply(order, source, null)));
    }

    /**
     * An order that is in, and is to say something else by nobody's word but its own.
     *
     * @param channel of the revision
     * @throws ProblemException {@code unknown-source}; when no account can take it
     */
    Draft known(Tx tx, OrderRow order, ObjectNode content, String channel) {
        ObjectNode named = content.deepCopy().put("namespace", order.namespace());
        Order given = orders.readKept(named);
        SourceSettings source = sources.get(tx.revisions().contentSource(order));
        Order effective = withSender(Defaults.apply(given, source, null), source);
        return new Draft(given, effective, content, planner.plan(effective, null, false), channel);
    }

    /** The same of an order that is to be rated and not to be taken in; it must have its weights. */
    Order toRate(SourceSettings source, JsonNode canonical) {
        source.requireBrings(canonical);
        Order order = Defaults.apply(orders.read(canonical), source, null);
        List<Problem> missing = Missing.in(order.parcels()).stream()
                .map(pointer -> Problem.of(OrderCode.MISSING_FIELD, "field", pointer.substring(1))
                        .at(pointer))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
        return withSender(order, source);
    }

    private static Order withSender(Order order, SourceSettings source) {
        if (order.shipFrom() == null) {
            throw new ProblemException(source.noSender());
        }
        return order;
    }

    /**
     * Checked here, admitted in the transaction.
     *
     * @throws ProblemException with every bad field; nothing is kept of it
     */
    Function<Tx, Taken> admission(Submission submission) {
        SourceSettings source = sources.get(submission.source());
        return admission(submission, source, draft(submission, source));
    }

    /** Admitted in the transaction, or only looked at, as is switched in it. */
    Function<Tx, Taken> admission(Submission submission, SourceSettings source, Draft draft) {
        return tx -> {
            String namespace = String.valueOf(draft.effective().namespace());
            Switches switches = tx.rollout()
                    .forDocuments(List.of(namespace), List.of(source.name()))
                    .get();
            if (switches.isShadow(source.name()) && !submission.isEdit()) {
                return new Shadow(tx, submission, namespace).keep(draft);
            }
            Taken admitted = new Admission(tx, this, submission, source, switches).admit(draft);
            if (!submission.isEdit() && isKept(admitted)) {
                originals.keep(tx, submission, admitted.orderUid());
            }
            LateChange.tell(tx, submission, admitted);
            return admitted;
        };
    }

    /** Lets an order wait, whatever is thought of changes of it. */
    Taken hold(Tx tx, Submission submission, OrderRow known) {
        SourceSettings source = sources.get(submission.source());
        Revising revising = new Revising(tx, planner, submission, source);
        return new Holding(tx, this, submission, revising).hold(known);
    }

    private static boolean isKept(Taken admitted) {
        return admitted.result() == Taken.Result.ACCEPTED || admitted.result() == Taken.Result.REPLACED;
    }
}
