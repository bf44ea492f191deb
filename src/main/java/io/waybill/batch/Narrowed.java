package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes in what whoever handed the file over may ship, and leaves alone what a look found to be bad. */
final class Narrowed implements Taker {
    private final Taker taker;
    private final Preview preview;
    private final Namespaces scope;
    private final @Nullable Outcomes looked;
    private final BooleanSupplier stopping;

    /** What is known of the documents handed over last: those that fail together come again one by one. */
    private final Map<Integer, Optional<Outcome>> known = new HashMap<>();

    /** @param looked what was found, where only the good documents are wanted; null where all are */
    Narrowed(Taker taker, Preview preview, Namespaces scope, @Nullable Outcomes looked, BooleanSupplier stopping) {
        this.taker = taker;
        this.preview = preview;
        this.scope = scope;
        this.looked = looked;
        this.stopping = stopping;
    }

    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("the hub stops; the file goes on where it stands at the next start");
        }
        forgetBefore(handed);
        List<Optional<Fate>> answered = handed.stream().map(this::answered).toList();
        List<Handed> wanted = IntStream.range(0, handed.size())
                .filter(i -> answered.get(i).isEmpty())
                .mapToObj(handed::get)
                .toList();
        Iterator<Fate> taken = taker.takeAll(wanted).iterator();
        return answered.stream().map(answer -> answer.orElseGet(taken::next)).toList();
    }

    /** What is said of a document that is not handed on. */
    private Optional<Fate> answered(Handed handed) {
        if (looked != null) {
            Optional<Outcome> bad = found(looked, handed.document())
                    .filter(outcome -> Outcomes.result(outcome).bad());
            if (bad.isPresent()) {
                return bad.map(looked::told);
            }
        }
        return preview.outside(handed.document(), handed.context(), scope)
                .map(problem -> Fate.rejected(null, List.of(problem)));
    }

    /** Outcomes are asked for in rising order. */
    private Optional<Outcome> found(Outcomes outcomes, Document document) {
        return known.computeIfAbsent(document.ordinal(), first -> Optional.ofNullable(outcomes.of(document)));
    }

    /** Those before the first of these do not come again. */
    private void forgetBefore(List<Handed> handed) {
        handed.stream()
                .mapToInt(one -> one.document().ordinal())
                .min()
                .ifPresent(first -> known.keySet().removeIf(before -> before < first));
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }
}
