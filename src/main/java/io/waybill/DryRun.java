package io.waybill;

import io.waybill.batch.Fate;
import io.waybill.batch.Preview;
import io.waybill.batch.Taker;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.dispatch.Rating;
import io.waybill.format.Document;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Rehearsal;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at a document as intake would, asks the account that the rules choose for its price, and whether it would buy at all. */
record DryRun(MappedIntake mapped, Chooser chooser, Dispatch dispatch) implements Preview {
    private static final Rating.Price NOT_ASKED = new Rating.Price(null, List.of());

    @Override
    public Supplier<Foreseen> look(Document document, Taker.Context context, Namespaces scope) {
        Rehearsal rehearsal = mapped.rehearse(document, context, scope);
        Order order = rehearsal.order();
        if (order == null || !isBought(rehearsal)) {
            return () -> foreseen(rehearsal, NOT_ASKED);
        }
        Choice choice = chooser.choose(order, String.valueOf(order.namespace()));
        Optional<Problem> refusal = dispatch.rating().refusal(order, choice);
        if (refusal.isPresent()) {
            List<Problem> problems = mapped.sourced(List.of(refusal.get()), document, context);
            Fate refused = Fate.rejected(order.orderId(), problems);
            return () -> new Foreseen(refused, order.namespace(), null, false, null);
        }
        Supplier<Rating.Price> price = dispatch.rating().price(order, choice);
        return () -> foreseen(rehearsal, price.get());
    }

    private static Foreseen foreseen(Rehearsal rehearsal, Rating.Price found) {
        Order order = rehearsal.order();
        return new Foreseen(
                rehearsal.fate().noting(found.why()),
                order == null ? null : order.namespace(),
                rehearsal.contentSha256(),
                rehearsal.held(),
                price(found.quoted()));
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
    public Optional<Fate> takenBefore(Document document, Taker.Context context, Instant since) {
        return mapped.takenBefore(document, context, since);
    }

    private static boolean isBought(Rehearsal rehearsal) {
        Fate.Result result = rehearsal.fate().result();
        return !rehearsal.held() && (result == Fate.Result.ACCEPTED || result == Fate.Result.REPLACED);
    }

    private static @Nullable Price price(@Nullable Quoted quoted) {
        return quoted == null || quoted.rate().total() == null
                ? null
                : new Price(
                        quoted.account(),
                        quoted.carrier(),
                        quoted.rate().service(),
                        quoted.rate().total());
    }
}
