package io.waybill;

import io.waybill.edge.Positions;
import io.waybill.intake.Sources;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where polled sources stand, in the ledger. */
record SourcePositions(Ledger ledger, Sources sources) implements Positions {
    @Override
    public Optional<Instant> of(String source) {
        return ledger.read(tx -> tx.positions().of(source));
    }

    @Override
    public void move(String source, Instant to) {
        ledger.commitAll(tx -> tx.positions().move(source, to));
    }

    @Override
    public Optional<Long> number(String source) {
        return ledger.read(tx -> tx.positions().number(source));
    }

    @Override
    public void moveNumber(String source, long to) {
        ledger.commitAll(tx -> tx.positions().moveNumber(source, to));
    }

    @Override
    public void silent(String source, Problem why) {
        open(Reason.SOURCE_SILENT, source, why);
    }

    @Override
    public void heard(String source) {
        ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.SOURCE_READ, source));
    }

    @Override
    public void unmarked(String source, Problem why) {
        open(Reason.MARK_FAILED, source, why);
    }

    @Override
    public void marked(String source) {
        ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.MARKED, source));
    }

    private void open(Reason reason, String source, Problem why) {
        String told = Json.text(List.of(why));
        String namespace = sources.get(source).namespace();
        ledger.commitAll(tx -> tx.exceptions().open(reason, source, namespace, null, null, source, told));
    }
}
