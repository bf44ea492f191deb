package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Takes documents in until their batch is stopped, which is asked before and after each commit; of those behind that it says so. */
final class Stoppable implements Taker {
    private final Ledger ledger;
    private final Taker taker;
    private final Preview preview;
    private final KeptFiles files;
    private final BatchRow batch;
    private final Unrecorded unrecorded;

    Stoppable(Ledger ledger, Taker taker, Preview preview, KeptFiles files, BatchRow batch) {
        this.ledger = ledger;
        this.taker = taker;
        this.preview = preview;
        this.files = files;
        this.batch = batch;
        this.unrecorded = new Unrecorded(ledger, preview);
    }

    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        if (!Stop.isWanted(ledger, batch)) {
            return handed.stream()
                    .map(one -> unrecorded.of(one).orElseGet(() -> notTaken(one)))
                    .toList();
        }
        List<Fate> taken = taken(handed);
        if (!Stop.isWanted(ledger, batch)) {
            late(handed, taken);
        }
        return taken;
    }

    /** What a killed run of this batch had taken in is its own, and not known from elsewhere. */
    private List<Fate> taken(List<Handed> handed) {
        List<Fate> taken = new ArrayList<>(taker.takeAll(handed));
        for (int i = 0; i < taken.size(); i++) {
            Fate one = taken.get(i);
            if (one.result() == Fate.Result.DUPLICATE) {
                taken.set(i, unrecorded.of(handed.get(i)).orElse(one));
            }
        }
        return taken;
    }

    private Fate notTaken(Handed handed) {
        Problem why = Problem.of(BatchCode.STOPPED_BEFORE);
        String number = preview.number(handed.document(), handed.context());
        return new Fate(Fate.Result.NOT_TAKEN, number, null, why.code(), List.of(why));
    }

    /** Where this node stood still for so long that others have ended its file, the stop goes on for what was taken in all the same. */
    private void late(List<Handed> handed, List<Fate> taken) {
        List<Outcome> in = IntStream.range(0, taken.size())
                .filter(i -> isIn(taken.get(i)))
                .mapToObj(i -> Outcomes.of(handed.get(i).document(), taken.get(i)))
                .toList();
        if (in.isEmpty()) {
            return;
        }
        FileRow file = files.known(batch).orElseThrow();
        ledger.commitAll(tx -> tx.batches()
                .lock(batch.id(), Namespaces.ALL)
                .filter(now -> now.isStopped() && !tx.files().isHeldBy(file.id(), batch.node()))
                .ifPresent(now -> {
                    tx.outcomes().record(file.id(), in);
                    tx.batches().stopping(batch.id(), now.problems());
                }));
    }

    private static boolean isIn(Fate fate) {
        return fate.result() == Fate.Result.ACCEPTED || fate.result() == Fate.Result.REPLACED;
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }
}
