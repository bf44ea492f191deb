package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes documents in, for good, before it returns. The spine's intake is one. */
public interface Taker {
    /**
     * Takes documents that follow each other in once, in one commit. What says nothing new of its order is a duplicate; what
     * was rejected is tried again. A document with {@link Document#problems} is rejected with them.
     *
     * @return what became of each, in their order
     * @throws RuntimeException when nothing can be said about one of them now: the database is gone, the disk is full; then
     *     none was taken
     */
    List<Fate> takeAll(List<Handed> handed);

    /**
     * {@link #takeAll} in two steps: what needs no transaction, as mapping and checking, is done now, on whichever thread;
     * the rest when it is asked for.
     */
    default Prepared<Fate> prepare(List<Handed> handed) {
        return new Prepared<>(Optional.empty(), () -> takeAll(handed));
    }

    /**
     * Documents that are mapped and checked.
     *
     * @param numbers of their orders, when all of them are orders; empty when whatever came before must be taken in first
     * @param commit takes them in
     */
    record Prepared<T>(Optional<Set<String>> numbers, Supplier<List<T>> commit) {
        /** Neither says anything of the other's orders: it does not matter which is taken in first. */
        boolean isApartFrom(Prepared<?> other) {
            return numbers.isPresent()
                    && other.numbers().isPresent()
                    && Collections.disjoint(numbers.get(), other.numbers().get());
        }

        /** The same with something done before or after. */
        public <R> Prepared<R> with(Function<Supplier<List<T>>, List<R>> way) {
            return new Prepared<>(numbers, () -> way.apply(commit));
        }
    }

    /** The same for one. */
    default Fate take(Document document, Context context) {
        return takeAll(List.of(new Handed(document, context))).get(0);
    }

    /** How many are best taken in together. */
    int TOGETHER = 256;

    /**
     * The same for any number, some in each commit, in their order; where some cannot be taken together each goes alone, so
     * that what one of them meets keeps none before it out.
     *
     * @param told hears of each as soon as it is durable
     */
    default void takeEach(List<Handed> handed, BiConsumer<Handed, Fate> told) {
        for (int from = 0; from < handed.size(); from += TOGETHER) {
            List<Handed> some = handed.subList(from, Math.min(handed.size(), from + TOGETHER));
            takeSome(some, () -> takeAll(some), told);
        }
    }

    /**
     * {@link #takeEach} of what goes into one commit.
     *
     * @param together takes all of them
     */
    default void takeSome(List<Handed> some, Supplier<List<Fate>> together, BiConsumer<Handed, Fate> told) {
        List<Fate> taken;
        try {
            taken = together.get();
        } catch (RuntimeException e) {
            if (some.size() < 2) {
                throw e;
            }
            some.forEach(one -> told.accept(one, takeAll(List.of(one)).get(0)));
            return;
        }
        for (int i = 0; i < taken.size(); i++) {
            told.accept(some.get(i), taken.get(i));
        }
    }

    /**
     * A document and where it comes from.
     *
     * @param changed when its system changed it last, as that says: it is left out where a newer one of the same key was taken in;
     *     null where that does not matter
     */
    record Handed(
            Document document, Context context, @Nullable Instant changed) {
        public Handed(Document document, Context context) {
            this(document, context, null);
        }
    }

    /** What is wrong with a file as a whole, told by its columns: those a mapping cannot do without, and those it may not leave unread. */
    default List<Problem> refuse(List<String> columns, Feed feed) {
        return List.of();
    }

    /** The columns of a file that its mapping leaves unread, whether it may or not. */
    default List<String> unread(List<String> columns, Feed feed) {
        return List.of();
    }

    /**
     * Where a document comes from.
     *
     * @param key its own within the source, the same each time it is handed over: of a file's document the file's sha256
     *     and its place, of an SQL row its primary key
     * @param fileId the ledger's id of the file, or null when it came alone
     * @param answers the id of the rejection a corrected document was handed back with, or null
     */
    record Context(
            Feed feed,
            String key,
            @Nullable String fileId,
            @Nullable String fileName,
            @Nullable String answers) {}
}
