package io.waybill.intake;

import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RevisionBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Lets an order wait that its system took back, and go on once the system says it again as it was. */
record Holding(Tx tx, Checking checking, Submission submission, Revising revising) {
    /** It waits from now on, unless it does by its system's word already: then a person may have let it go. */
    Taken hold(OrderRow known) {
        Optional<Problem> repeated = new Repeated(tx, submission).of(known);
        if (repeated.isPresent()) {
            return Taken.of(Result.SKIPPED, known, repeated.get());
        }
        if (TakenBack.of(tx, known).isPresent()) {
            return Taken.of(Result.DUPLICATE, known);
        }
        Draft waits = checking.known(tx, known, TakenBack.waiting(known), RevisionBook.HOLD);
        return revising.of(known, new Before(tx, submission).counted(known), waits);
    }

    /** One that its system took back comes again: it goes on as it was, where it waits still. */
    Optional<Taken> letGo(OrderRow known, List<ShipmentRow> shipments) {
        return submission.isEdit() || !isOpenForChange(shipments)
                ? Optional.empty()
                : TakenBack.of(tx, known)
                        .map(content -> checking.known(tx, known, content, RevisionBook.LET_GO))
                        .map(again -> revising.of(known, shipments, again));
    }

    private static boolean isOpenForChange(List<ShipmentRow> shipments) {
        return shipments.stream().map(ShipmentRow::state).allMatch(state -> state.isOver() || state.isOpenForChange());
    }
}
