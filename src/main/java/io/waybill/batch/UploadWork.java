package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.function.Predicate;

/** Looks at batches, takes them in, and ends those that are stopped. */
final class UploadWork implements AutoCloseable {
    private final Ledger ledger;
    private final String node;
    private final OpenWork work;
    private final LookWork looking;
    private final TakeWork taking;
    private final StopWork stops;

    UploadWork(
            Ledger ledger,
            Batch batch,
            Taker taker,
            Preview preview,
            KeptFiles files,
            CallingOff callingOff,
            String node,
            Predicate<String> gone) {
        this.ledger = ledger;
        this.node = node;
        this.work = new OpenWork("batch", this::open, this::step);
        this.looking = new LookWork(ledger, taker, preview, files, work::isStopping);
        this.taking = new TakeWork(ledger, batch, taker, preview, files, node, work::isStopping);
        Stopping stopping = new Stopping(ledger, callingOff, work::isStopping);
        this.stops = new StopWork(ledger, taking, files, stopping, new LeftBehind(ledger, files, node), node, gone);
    }

    void start() {
        work.start();
    }

    void wake() {
        work.wake();
    }

    private List<String> open() {
        return ledger.read(tx -> tx.batches().open(node)).stream()
                .map(BatchRow::id)
                .toList();
    }

    private void step(String id) {
        BatchRow row = ledger.read(tx -> tx.batches().find(id, Namespaces.ALL)).orElseThrow();
        try {
            if (!goOn(row)) {
                work.pause(id);
            }
        } catch (ProblemException e) {
            if (Batch.isInWork(e)) {
                throw e;
            }
            end(row, e.problems());
        }
    }

    /** @return false when it has to wait */
    private boolean goOn(BatchRow row) {
        if (!row.isStopped() && stops.isBefore(row)) {
            return false;
        }
        switch (row.state()) {
            case "CHECKING" -> looking.look(row);
            case "TAKING" -> taking.take(row);
            case "STOPPING" -> {
                return stops.end(row);
            }
            default -> {}
        }
        return true;
    }

    private void end(BatchRow row, List<Problem> problems) {
        ledger.commitAll(tx -> {
            if (tx.batches()
                    .lock(row.id(), Namespaces.ALL)
                    .filter(BatchRow::isStopped)
                    .isPresent()) {
                return; // it is ended as what is stopped
            }
            if (row.state().equals("CHECKING")) {
                tx.batches().checked(row.id(), "FAILED", Outcomes.json(problems));
            } else {
                tx.batches().finish(row.id(), node, "FAILED", Outcomes.json(problems));
            }
        });
    }

    @Override
    public void close() {
        work.close();
    }
}
