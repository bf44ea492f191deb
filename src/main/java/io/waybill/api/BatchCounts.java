package io.waybill.api;

import io.waybill.batch.Estimate;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.HeldReads;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the rows of batches stand. Whoever watches a long one asks every second, and all of its rows are counted for an answer. */
final class BatchCounts {
    private static final Set<String> BEFORE_LABELS = Set.of("HELD", "CHOOSING", "READY", "BUYING", "UNKNOWN");
    private static final Set<String> TO_COME = Set.of("CHOOSING", "READY", "BUYING", "UNKNOWN", "BOUGHT");
    private static final Set<String> AT_WORK = Set.of("CHECKING", "TAKING", "STOPPING");

    private final HeldReads<Moment, Estimate> looked;
    private final HeldReads<Moment, Stand> taken;
    private final HeldReads<Moment, Map<String, Integer>> stopped;

    BatchCounts(Ledger ledger) {
        looked = new HeldReads<>(ledger, estimate -> sum(estimate.counts()));
        taken = new HeldReads<>(ledger, stand -> sum(stand.results()));
        stopped = new HeldReads<>(ledger, BatchCounts::sum);
    }

    /** What is counted anew as soon as it is in another state. */
    private record Moment(String id, String state, @Nullable Instant since) {}

    /**
     * What has become of a file's documents.
     *
     * @param results how many ended in each result
     * @param states in which states the shipments of its orders stand
     * @param isUnderWay what it brought is still to be bought
     */
    record Stand(Map<String, Integer> results, Map<String, Integer> states, boolean isUnderWay) {
        private static Stand of(Tx tx, String file, Namespaces scope) {
            Map<String, Integer> states = tx.taken().states(file);
            boolean mayBe = !Collections.disjoint(states.keySet(), BEFORE_LABELS);
            return new Stand(
                    tx.taken().results(file), states, mayBe && tx.stopped().isUnderWay(file, scope));
        }
    }

    /** It is still taken in, or something of it is being bought without anybody's doing. */
    boolean areLabelsToCome(BatchRow batch, Optional<FileRow> file) {
        boolean isBought = batch.askedAt() != null && AT_WORK.contains(batch.state());
        return isBought
                || file.filter(taken -> !Collections.disjoint(
                                taken(batch, taken).states().keySet(), TO_COME))
                        .isPresent();
    }

    /** What the look at it found. */
    Estimate looked(BatchRow batch) {
        Moment moment = new Moment(batch.id(), batch.state(), batch.checkedAt());
        return looked.of(moment, tx -> Estimate.of(tx, batch));
    }

    /** The same for what it has become. */
    Stand taken(BatchRow batch, FileRow file) {
        return taken.of(
                new Moment(file.id(), batch.state(), file.finishedAt()), tx -> Stand.of(tx, file.id(), batch.scope()));
    }

    /** How many of its documents became what, of a batch that is stopped. */
    Map<String, Integer> stopped(BatchRow batch, FileRow file) {
        return stopped.of(
                new Moment(file.id(), batch.state(), file.finishedAt()),
                tx -> Map.copyOf(tx.stopped().became(file.id())));
    }

    static long sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
