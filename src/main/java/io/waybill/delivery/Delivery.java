package io.waybill.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutboxBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox into the sinks: each event at least once under a stable id, an order's events in sequence within
 * one sink, every sink by its own workers.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long FLUSH_PAUSE_MS = 50;
    private static final Duration DRAIN = Duration.ofSeconds(35);

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Sinks sinks;
    private final List<SinkLine> lines;
    private volatile KeptFor kept = KeptFor.FOR_EVER;

    /**
     * @param owner this run of this node, different from every earlier one
     * @param sinkOf the sink under a name
     */
    public Delivery(Ledger ledger, String owner, Sinks sinks, Function<String, Sink> sinkOf) {
        this(ledger, owner, sinks, sinkOf, POLL);
    }

    Delivery(Ledger ledger, String owner, Sinks sinks, Function<String, Sink> sinkOf, Duration poll) {
        this.ledger = ledger;
        this.outcomes = new Outcomes(ledger, owner);
        this.sinks = sinks;
        this.lines = sinks.all().stream()
                .map(sink -> new SinkLine(sink, sinkOf.apply(sink.name()), ledger, outcomes, poll))
                .toList();
    }

    /**
     * Starts every sink's workers. What an earlier run of a single node had begun is due again. The log says of which sinks
     * the settings know no more, though they are owed something.
     */
    public void start() {
        warnOfGone();
        if (ledger.database().isEmbedded()) {
            ledger.commit(tx -> tx.outbox().endLeases(outcomes.owner()));
        }
        lines.forEach(SinkLine::start);
        Map<String, SinkLine> byName =
                lines.stream().collect(Collectors.toMap(line -> line.settings().name(), line -> line));
        sinks.handTo(sink -> Optional.ofNullable(byName.get(sink)).flatMap(SinkLine::room));
    }

    private void warnOfGone() {
        Set<String> known = lines.stream().map(line -> line.settings().name()).collect(Collectors.toSet());
        ledger.<List<DeliveryBook.Backlog>>read(tx -> tx.deliveries().backlog()).stream()
                .filter(owed -> !known.contains(owed.sink()))
                .map(owed -> Problem.of(
                        DeliveryCode.SINK_GONE,
                        "sink",
                        owed.sink(),
                        "waiting",
                        owed.waiting(),
                        "parked",
                        owed.parked()))
                .forEach(gone -> LOG.warn("{}", gone));
    }

    /** Something was committed: look now rather than at the next poll. */
    public void wake() {
        lines.forEach(SinkLine::wake);
    }

    /** Goes on until no sink is owed anything that is due, but no longer than this. */
    public void flush(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (System.nanoTime() < deadline && lines.stream().anyMatch(SinkLine::isOwed)) {
                wake();
                Thread.sleep(FLUSH_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins no delivery any more and waits for those that had begun. */
    public void stop() {
        lines.forEach(SinkLine::stopClaiming);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        try {
            for (SinkLine line : lines) {
                line.drain(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a sink took is removed this long after; empty is never. It only says so of what is gone. */
    public void keeps(Optional<Duration> age) {
        kept = new KeptFor(age);
    }

    /** How long what a sink took is kept; empty is for ever. */
    public Optional<Duration> kept() {
        return kept.age();
    }

    /**
     * What is wrong where there is no delivery under an id.
     *
     * @param never where there was none, as far as anybody knows
     */
    public Problem absent(String id, Instant now, Problem never) {
        return kept.absent(id, now).orElse(never);
    }

    /**
     * Sends an event again, at once, under its id.
     *
     * @param actor the person or key that asks
     * @throws ProblemException {@code delivery-not-replayed} when there is no such delivery in scope, or it is being sent now;
     *     {@code delivery-not-kept} when there is none and its id is older than what is kept; {@code delivery-without-sink} when
     *     no setting names its sink
     */
    public void replay(String id, Namespaces scope, String actor) {
        if (!ledger.commit(tx -> replay(tx, id, scope, actor))) {
            throw new ProblemException(notReplayed(id, scope));
        }
        wake();
    }

    private boolean replay(Tx tx, String id, Namespaces scope, String actor) {
        Optional<DeliveryBook.Row> row = tx.deliveries().find(id, scope);
        boolean again = row.isPresent() && tx.outbox().replay(id);
        if (again) {
            requireSink(row.get());
            tx.audit()
                    .record(
                            actor,
                            "delivery.replay",
                            id,
                            row.get().namespace(),
                            row.get().sink());
        }
        return again;
    }

    private void requireSink(DeliveryBook.Row row) {
        if (!sinks.names().contains(row.sink())) {
            throw new ProblemException(
                    Problem.of(DeliveryCode.DELIVERY_WITHOUT_SINK, "delivery", row.id(), "sink", row.sink()));
        }
    }

    private Problem notReplayed(String id, Namespaces scope) {
        Problem never = Problem.of(DeliveryCode.DELIVERY_NOT_REPLAYED, "delivery", id);
        return ledger.read(tx -> tx.deliveries().find(id, scope).isPresent() ? never : absent(id, tx.now(), never));
    }

    /**
     * Gives up an event that is parked or waits, as for a sink there is no more: it is never sent again. Once more changes nothing.
     *
     * @param actor the person or key that decides
     * @throws ProblemException {@code delivery-not-discarded} when there is no such delivery in scope, its sink took it or it is
     *     being sent now; {@code delivery-not-kept} when there is none and its id is older than what is kept
     */
    public void discard(String id, String reason, Namespaces scope, String actor) {
        Optional<Problem> problem = ledger.commit(tx -> {
            Optional<DeliveryBook.Row> row = tx.deliveries().find(id, scope);
            Problem never = Problem.of(DeliveryCode.DELIVERY_NOT_DISCARDED, "delivery", id);
            if (row.isEmpty()) {
                return Optional.of(absent(id, tx.now(), never));
            }
            if (tx.outbox().discard(id)) {
                discarded(tx, row.get(), reason, actor);
                return Optional.empty();
            }
            boolean isOver = tx.deliveries()
                    .find(id, scope)
                    .filter(now -> now.state().equals("DISCARDED"))
                    .isPresent();
            return isOver ? Optional.empty() : Optional.of(never);
        });
        problem.ifPresent(told -> {
            throw new ProblemException(told);
        });
    }

    /** Why is kept where it can be forgotten: with its order unless that was before, and only of what is of none for auditors. */
    private static void discarded(Tx tx, DeliveryBook.Row row, String reason, String actor) {
        ObjectNode what =
                Json.mapper().createObjectNode().put("sink", row.sink()).put("event", row.type());
        ObjectNode why = what.deepCopy().put("reason", reason);
        Optional<OrderRow> order = tx.orders().find(row.entityId(), Namespaces.ALL);
        order.ifPresent(its -> {
            ObjectNode told = tx.erasure().isErased(its.id()) ? what : why;
            tx.story().tell(its.id(), null, "delivery discarded", actor, told.toString());
        });
        ObjectNode audited = order.isPresent() ? what : why;
        tx.audit().record(actor, "delivery.discarded", row.id(), row.namespace(), audited.toString());
        tx.exceptions().closeBy(Fact.DISCARDED, row.id());
    }

    /**
     * A sink as the settings have it.
     *
     * @param namespaces whose events it takes
     * @param events the types it takes
     */
    public record Configured(String name, Set<String> namespaces, Set<String> events) {}

    /** Those that take events of any of these namespaces, as the settings list them. */
    public List<Configured> sinks(Namespaces scope) {
        return lines.stream()
                .map(SinkLine::settings)
                .filter(sink -> sink.namespaces().stream().anyMatch(scope::has))
                .map(sink -> new Configured(sink.name(), sink.namespaces(), sink.events()))
                .toList();
    }

    /**
     * Tries a sink now, on the caller's thread: the newest event of these namespaces it was told, once more under its id,
     * so that whoever takes each event once takes nothing new; a {@code hub.test} where nothing was told yet, or nothing that is kept. The words of
     * whoever refuses it are only answered: they may quote a recipient, and nothing is erased from the audit log.
     *
     * @throws ProblemException {@code sink-not-found}; {@code sink-nothing-yet} where only a real event can be mapped
     */
    public Trial test(String name, Namespaces scope, String actor) {
        SinkLine line = lines.stream()
                .filter(each -> each.settings().name().equals(name)
                        && each.settings().namespaces().stream().anyMatch(scope::has))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(DeliveryCode.SINK_NOT_FOUND, "sink", name)));
        OutboxBook.Claim told = ledger.read(
                tx -> tx.outbox().newest(name, scope).orElseGet(() -> Trial.event(tx, line.settings(), scope)));
        Event event = new Event(told.id(), told.type(), told.namespace(), told.subject(), told.payload());
        Trial trial = Trial.of(line.sink(), event);
        ledger.commitAll(tx -> tx.audit()
                .record(actor, "sink.tested", name, event.namespace(), trial.why() == null ? "taken" : "refused"));
        return trial;
    }
}
