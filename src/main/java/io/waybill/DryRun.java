package io.waybill;

import io.waybill.batch.Preview;
import io.waybill.batch.Taken;
import io.waybill.batch.Taker;
import io.waybill.carrier.Chooser;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.format.Document;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Rehearsal;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at a document as intake would, and asks the account that the rules choose for its price. */
record DryRun(MappedIntake mapped, Chooser chooser, Dispatch dispatch) implements Preview {
    @Override
    public Supplier<Foreseen> look(Document document, Taker.Context context, Namespaces scope) {
        Rehearsal rehearsal = mapped.rehearse(document, context, scope);
        Order order = rehearsal.order();
        Supplier<Optional<Quoted>> price = isBought(rehearsal) && order != null
                ? dispatch.rating().price(order, chooser.choose(order, String.valueOf(order.namespace())))
                : Optional::empty;
        return () -> new Foreseen(
                rehearsal.taken(),
                order == null ? null : order.namespace(),
                rehearsal.contentSha256(),
                rehearsal.held(),
                price.get().map(DryRun::price).orElse(null));
    }

    @Override
    public Optional<Problem> outside(Document document, Taker.Context context, Namespaces scope) {
        return mapped.outside(document, context, scope);
    }

    @Override
    public @Nullable String number(Document document, Taker.Context context) {
        return mapped.number(document, context);
    }

    @Override
    public Optional<Taken> takenBefore(Document document, Taker.Context context, Instant since) {
        return mapped.takenBefore(document, context, since);
    }

    private static boolean isBought(Rehearsal rehearsal) {
        Taken.Result result = rehearsal.taken().result();
        return !rehearsal.held() && (result == Taken.Result.ACCEPTED || result == Taken.Result.REPLACED);
    }

    private static @Nullable Price price(Quoted quoted) {
        return quoted.rate().total() == null
                ? null
                : new Price(
                        quoted.account(),
                        quoted.carrier(),
                        quoted.rate().service(),
                        quoted.rate().total());
    }
}
