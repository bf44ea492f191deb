package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.ledger.FileBook.Outcome;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what whoever handed the file over may ship, and leaves alone what a look found to be bad.
 *
 * @param looked what was found, where only the good documents are wanted; null where all are
 */
record Narrowed(
        Taker taker,
        Preview preview,
        Namespaces scope,
        @Nullable Outcomes looked,
        BooleanSupplier stopping) implements Taker {
    @Override
    public Taken take(Document document, Context context) {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("the hub stops; the file goes on where it stands at the next start");
        }
        Outcome found = looked == null ? null : looked.of(document);
        if (looked != null && found != null && Outcomes.result(found).bad()) {
            return looked.told(found);
        }
        Optional<Problem> outside = preview.outside(document, context, scope);
        return outside.isPresent() ? Taken.rejected(null, List.of(outside.get())) : taker.take(document, context);
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }
}
