package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.dispatch.ForgottenSales.Seen;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RestoreBook.Restored;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a purchase that was found under none of its refs, by the {@link IdempotencyClass} of its carrier: A is sent the same
 * request again, B is believed where its account is proven, and a person decides the rest.
 */
final class ClassRules {
    private final Ledger ledger;
    private final Recording recording;
    private final NextLook next;
    private final ForgottenSales forgotten;

    ClassRules(Ledger ledger, Recording recording, NextLook next, ForgottenSales forgotten) {
        this.ledger = ledger;
        this.recording = recording;
        this.next = next;
        this.forgotten = forgotten;
    }

    /**
     * @param open the attempt whose outcome is not known
     * @param last of the shipment
     * @param impossible when a carrier that was asked has no look-up
     * @param untold why nobody can say which of the sales that were found is this one
     */
    void notFound(
            Account account,
            ShipmentRow row,
            AttemptRow open,
            AttemptRow last,
            boolean impossible,
            Optional<String> untold) {
        IdempotencyClass kind = account.carrier().idempotency();
        Duration early = untilBelievable(account, last);
        if (kind == IdempotencyClass.A && open.ref().equals(last.ref())) {
            sendAgain(account, row, last, untold);
        } else if (untold.isPresent()) {
            recording.unsettled().review(open, row.fence(), untold.get());
        } else if (kind == IdempotencyClass.B && !impossible && !early.isNegative() && !early.isZero()) {
            recording.unsettled().stillUnknown(open, row.fence(), "looked up too early to believe it", early);
        } else if (kind == IdempotencyClass.B && !impossible && (account.lookUpProven() || account.isBilledOnScan())) {
            recording.unsold().notFound(open, row.fence());
        } else {
            String why = impossible ? "this carrier has no look-up" : "looked up and not found";
            recording.unsettled().review(open, row.fence(), why);
        }
    }

    /** A restart ends leases early; what a look-up does not find then may still be on its way. */
    private Duration untilBelievable(Account account, AttemptRow last) {
        return Duration.between(ledger.read(tx -> tx.now()), last.createdAt().plus(account.settle()));
    }

    /**
     * The same key and bytes: a class A carrier answers with the label it sold, or sells it now, once. Where it said before that it
     * sold one, its no is about the request, whose day may be over, and undoes no sale: a person decides.
     */
    private void sendAgain(Account account, ShipmentRow row, AttemptRow last, Optional<String> untold) {
        Optional<String> off = ledger.read(tx -> off(tx, account, row));
        if (off.isPresent()) {
            next.later(last, row, off.get() + ", so the request is not sent again", account.settle());
            return;
        }
        Optional<OfRestore> lost = ledger.read(tx -> ofRestore(tx, row));
        if (lost.isPresent() && isPutOff(lost.get(), account, row, last)) {
            return;
        }
        Outcome outcome = account.carrier().buy(new Prepared(Refs.of(last), last.requestBytes()));
        if (outcome instanceof Outcome.Bought sale) {
            recording.bought(account, last, row.fence(), sale);
        } else if (outcome instanceof Outcome.Refused no && untold.isPresent()) {
            recording
                    .unsettled()
                    .review(last, row.fence(), untold.get() + "; the same request is answered: " + no.words());
        } else if (outcome instanceof Outcome.Refused no) {
            recording.unsold().refused(last, row.fence(), no);
        } else if (outcome instanceof Outcome.NotSent unsent) {
            next.later(last, row, unsent.why(), account.settle(), unsent.retryAfter());
        } else if (outcome instanceof Outcome.Unknown unknown) {
            next.later(last, row, unknown.why(), account.settle());
        }
    }

    /** The order of a purchase that was in doubt in the backup already. */
    private record OfRestore(Restored restore, OrderRow order) {}

    /** Empty once its shipment has been looked up since. */
    private static Optional<OfRestore> ofRestore(Tx tx, ShipmentRow row) {
        return tx.restores()
                .open()
                .filter(restore -> !tx.restores().isLookedUp(restore.id(), row.id()))
                .flatMap(restore ->
                        tx.orders().find(row.orderUid(), Namespaces.ALL).map(order -> new OfRestore(restore, order)));
    }

    /**
     * In the lost time it may have been bought under a later ref, also elsewhere: then it is ready again, to be adopted. Where
     * another account could not tell, a person decides.
     */
    private boolean isPutOff(OfRestore lost, Account account, ShipmentRow row, AttemptRow last) {
        List<Account> everybody = forgotten.whoMayHaveSold(account, lost.order());
        Duration early = ForgottenSales.untilBelievable(ledger.read(Tx::now), lost.restore(), everybody);
        if (early.compareTo(Duration.ZERO) > 0) {
            String why = "too soon after the restore to believe what is not found elsewhere";
            recording.unsettled().stillUnknown(last, row.fence(), why, early);
            return true;
        }
        Seen seen = forgotten.search(lost.order(), row, everybody);
        if (seen.silence().isPresent()) {
            next.later(last, row, seen.silence().get().why(), account.settle());
            return true;
        }
        if (!seen.sales().isEmpty() || seen.untold().isPresent()) {
            recording.unsold().notFound(last, row.fence());
            return true;
        }
        Optional<String> unproven = everybody.stream()
                .filter(other -> !other.name().equals(account.name()))
                .flatMap(other -> seen.unproven(other).map(why -> other.name() + ": " + why).stream())
                .findFirst();
        unproven.ifPresent(why -> recording.unsettled().review(last, row.fence(), why));
        return unproven.isPresent();
    }

    /** What somebody switched off, so that nothing may be bought. */
    private static Optional<String> off(Tx tx, Account account, ShipmentRow row) {
        if (tx.stops().isStopped(account.name())) {
            return Optional.of("the account is off");
        }
        return tx.orders()
                .find(row.orderUid(), Namespaces.ALL)
                .map(OrderRow::namespace)
                .filter(tx.rollout().off(Stage.LABELS)::contains)
                .map(namespace -> "the labels of " + namespace + " are switched off");
    }
}
