package io.waybill.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Questions many callers ask at one time, each about something of its own: those that come while some are answered are
 * answered together, by as many statements as one of them alone.
 *
 * @param <K> what a question is about
 * @param <V> its answer
 */
public final class SharedReads<K, V> {
    private final Ledger ledger;
    private final BiFunction<Tx, List<K>, Map<K, V>> read;
    private final Gathering<K, V> gathering;

    /** @param read answers several questions; one without an answer has none */
    public SharedReads(Ledger ledger, BiFunction<Tx, List<K>, Map<K, V>> read) {
        this.ledger = ledger;
        this.read = read;
        this.gathering = new Gathering<>(asked -> {
            Map<K, V> answers = answers(asked);
            return asked.stream()
                    .map(one -> Optional.ofNullable(answers.get(one)))
                    .toList();
        });
    }

    /**
     * What is committed by now, at the earliest; empty when there is no answer. A question that found none with others is
     * asked alone, and meets what is wrong by itself.
     */
    public Optional<V> ask(K about) {
        return gathering
                .commit(about)
                .or(() -> Optional.ofNullable(answers(List.of(about)).get(about)));
    }

    private Map<K, V> answers(List<K> asked) {
        return ledger.read(tx -> read.apply(tx, asked));
    }
}
