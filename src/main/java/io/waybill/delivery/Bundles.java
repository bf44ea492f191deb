package io.waybill.delivery;

import io.waybill.ledger.BundleBook.Bundle;
import io.waybill.ledger.BundleBook.Open;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gathers the events of a sink and tells many of them in one file, each event once: what a file holds is settled before it is
 * written, it is written aside before that is recorded, and it gets its name after. Whatever stops in between goes on from there.
 */
public final class Bundles {
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** How long a closed bundle may wait for its file before a person is told that it cannot be written. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Ledger ledger;
    private final String node;
    private final Clock clock;
    private final Predicate<String> duties;

    /**
     * Of the only node there is.
     *
     * @param node this node's name, the same after a restart: what it left half done is its own again at once
     */
    public Bundles(Ledger ledger, String node, Clock clock) {
        this(ledger, node, clock, duty -> true);
    }

    /** @param duties whether a sink's bundles are this node's to close now */
    public Bundles(Ledger ledger, String node, Clock clock, Predicate<String> duties) {
        this.ledger = ledger;
        this.node = node;
        this.clock = clock;
        this.duties = duties;
    }

    /** Where files of bundles go. */
    public interface Place {
        /** Writes it aside, safe from a power cut; it replaces what an interrupted attempt left. */
        void write(Bundle bundle, List<String> contents) throws IOException;

        /** Gives it its name, if it still lies aside; where it does not, it has it, or its reader took it. */
        void publish(Bundle bundle) throws IOException;
    }

    /**
     * Gathers an event; one that is known already changes nothing, nor does one whose order was forgotten since.
     *
     * @param told the event, as it was delivered
     * @param content what is written of it
     */
    public void add(String sink, String eventId, String told, String content) {
        ledger.commit(tx ->
                !tx.outbox().isForgottenSince(eventId, told) && tx.bundles().add(sink, eventId, content));
    }

    /** Closes what is due and finishes everything that was closed. */
    public void finish(String sink, BundleRule rule, Place place) throws IOException {
        if (!duties.test("bundles-" + sink)) {
            return;
        }
        if (ledger.read(tx -> isDue(tx, sink, rule))) {
            ledger.commitAll(tx -> close(tx, sink, rule));
        }
        Optional<Bundle> next = claim(sink);
        while (next.isPresent()) {
            finish(next.get(), place);
            next = claim(sink);
        }
    }

    /** Asked once more when no other node can close any: this one may have stood still since. */
    private void close(Tx tx, String sink, BundleRule rule) {
        tx.bundles().lock(sink);
        if (isDue(tx, sink, rule)) {
            tx.bundles().close(sink, rule.most());
        }
    }

    private boolean isDue(Tx tx, String sink, BundleRule rule) {
        Open open = tx.bundles().open(sink);
        return rule.isDue(open.events(), open.oldest(), clock.instant());
    }

    private Optional<Bundle> claim(String sink) {
        return ledger.commit(tx -> tx.bundles().claim(sink, node, LEASE));
    }

    private void finish(Bundle bundle, Place place) throws IOException {
        if (!bundle.isReady() && !layAside(bundle, place)) {
            return;
        }
        lay(bundle, () -> place.publish(bundle));
        ledger.commitAll(tx -> {
            tx.bundles().done(bundle.id());
            tx.exceptions().closeBy(Fact.BUNDLED, bundle.sink());
        });
    }

    /** @return false when this node stood still so long that another finishes the bundle */
    private boolean layAside(Bundle bundle, Place place) throws IOException {
        Optional<List<String>> contents = ledger.read(tx -> tx.bundles().contents(bundle.id(), node));
        if (contents.isEmpty()) {
            return false;
        }
        lay(bundle, () -> place.write(bundle, contents.get()));
        return ledger.commit(tx -> tx.bundles().ready(bundle.id(), node));
    }

    private interface Laying {
        void run() throws IOException;
    }

    private void lay(Bundle bundle, Laying laying) throws IOException {
        try {
            laying.run();
        } catch (IOException | RuntimeException e) {
            if (clock.instant().isAfter(bundle.closedAt().plus(PATIENCE))) {
                tell(bundle, e);
            }
            throw e;
        }
    }

    /** Once: each try is told in the log. */
    private void tell(Bundle bundle, Exception why) {
        Problem problem = Problem.of(
                DeliveryCode.BUNDLE_UNWRITTEN,
                "sink",
                bundle.sink(),
                "number",
                bundle.numberValue(),
                "events",
                bundle.events(),
                "why",
                Outcomes.words(why));
        ledger.commitAll(tx -> {
            if (!tx.exceptions().isOpen(Reason.BUNDLE_UNWRITTEN, bundle.sink())) {
                tx.exceptions()
                        .open(
                                Reason.BUNDLE_UNWRITTEN,
                                bundle.sink(),
                                "",
                                null,
                                null,
                                bundle.sink(),
                                Json.text(List.of(problem)));
            }
        });
    }
}
