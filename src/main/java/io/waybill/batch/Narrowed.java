package io.waybill.batch;

import io.waybill.ledger.FileBook.Outcome;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
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
    public List<Taken> takeAll(List<Handed> handed) {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("the hub stops; the file goes on where it stands at the next start");
        }
        List<Optional<Taken>> answered = handed.stream().map(this::answered).toList();
        List<Handed> wanted = IntStream.range(0, handed.size())
                .filter(i -> answered.get(i).isEmpty())
                .mapToObj(handed::get)
                .toList();
        Iterator<Taken> taken = taker.takeAll(wanted).iterator();
        return answered.stream().map(answer -> answer.orElseGet(taken::next)).toList();
    }

    /** What is said of a document that is not handed on. */
    private Optional<Taken> answered(Handed handed) {
        Outcome found = looked == null ? null : looked.of(handed.document());
        if (looked != null && found != null && Outcomes.result(found).bad()) {
            return Optional.of(looked.told(found));
        }
        return preview.outside(handed.document(), handed.context(), scope)
                .map(problem -> Taken.rejected(null, List.of(problem)));
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }
}
