package io.waybill.intake;

import io.waybill.ledger.ShipmentState;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What may happen to one order number: documents that come over any channel, a purchase, a cancellation. */
final class Arrivals {
    private Arrivals() {}

    /** What goes wrong while a document is taken in. */
    enum Trouble {
        NONE,
        /** Everything is written, and the commit does not happen. */
        BEFORE_THE_COMMIT,
        /** It is in, and nobody hears the answer. */
        AFTER_THE_COMMIT
    }

    /** How a document comes. */
    enum Way {
        API("local", "api"),
        FILE("erp", "file"),
        SQL("erp", "sql"),
        STRICT("strict", "file");

        final String source;
        final String channel;

        Way(String source, String channel) {
            this.source = source;
            this.channel = channel;
        }
    }

    /**
     * What one document says.
     *
     * @param reference null when it says nothing of it
     */
    record Paper(
            String line1, BigDecimal kilograms, @Nullable String reference) {
        Paper inShort() {
            return new Paper(line1, kilograms, null);
        }
    }

    sealed interface Step {
        /**
         * A document comes.
         *
         * @param paper 0, 1, 2, or 3 for the first one in short
         * @param otherwise its keys in another order, its numbers spelled otherwise, nulls where there was nothing
         * @param key the Idempotency-Key, or null
         */
        record Take(
                int paper,
                Way way,
                boolean otherwise,
                @Nullable String key,
                boolean reopen,
                Trouble trouble) implements Step {}

        /** It is bought as far as this. */
        record Buy(ShipmentState to) implements Step {}

        record Cancel() implements Step {}
    }

    static Arbitrary<List<Paper>> papers() {
        Arbitrary<Paper> paper = Combinators.combine(
                        Arbitraries.strings()
                                .withChars("aZ9 ß中'\"\\;=<%")
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        Arbitraries.bigDecimals()
                                .between(new BigDecimal("0.1"), new BigDecimal("30"))
                                .ofScale(2),
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8))
                .as((line, kilograms, reference) -> new Paper("1 " + line.strip(), kilograms, reference));
        return paper.list()
                .ofSize(3)
                .filter(papers -> IntStream.range(0, 3)
                                .mapToObj(i -> papers.get(i).line1())
                                .distinct()
                                .count()
                        == 3);
    }

    static Arbitrary<List<Step>> steps() {
        Arbitrary<Step> buy = Arbitraries.of(
                        ShipmentState.LABELLED, ShipmentState.REFUSED, ShipmentState.REVIEW, ShipmentState.BUYING)
                .map(Step.Buy::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, takes(true).map(take -> (Step) take)),
                        Tuple.of(1, buy),
                        Tuple.of(1, Arbitraries.of(new Step.Cancel())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    static Arbitrary<List<Step.Take>> rush() {
        return takes(false).list().ofMinSize(2).ofMaxSize(6);
    }

    private static Arbitrary<Step.Take> takes(boolean troubled) {
        Arbitrary<Trouble> trouble = troubled
                ? Arbitraries.frequency(
                        Tuple.of(4, Trouble.NONE),
                        Tuple.of(1, Trouble.BEFORE_THE_COMMIT),
                        Tuple.of(1, Trouble.AFTER_THE_COMMIT))
                : Arbitraries.just(Trouble.NONE);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Way.values()),
                        Arbitraries.of(true, false),
                        Arbitraries.of("k1", "k2").injectNull(0.6),
                        Arbitraries.frequency(Tuple.of(1, true), Tuple.of(2, false)),
                        trouble)
                .as((paper, way, otherwise, key, reopen, wrong) ->
                        new Step.Take(paper, way, otherwise, way == Way.API ? key : null, reopen && troubled, wrong));
    }
}
