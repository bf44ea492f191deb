package io.waybill.intake;

import io.waybill.ledger.NewestBook.Change;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents that came together, taken in by one transaction: new orders are written by kind of row, all others are decided
 * one by one, in their order. A number that is also named by what is no checked order is decided in its turn.
 */
record Together(NewOrders newOrders, List<Work> works) {
    /**
     * One of them.
     *
     * @param alone how it is decided by itself
     * @param order when it may be new
     * @param number of the order it names, or null
     * @param isBeside it is no order, and may name one by anything
     * @param change it is decided only when that is not older than what was taken in before; null where that does not matter
     */
    record Work(
            Function<Tx, Taken> alone,
            @Nullable NewOrder order,
            @Nullable String number,
            boolean isBeside,
            @Nullable Change change) {

        Work(Function<Tx, Taken> alone, @Nullable NewOrder order, @Nullable String number, boolean isBeside) {
            this(alone, order, number, isBeside, null);
        }

        Work of(@Nullable Change change) {
            return new Work(alone, order, number, isBeside, change);
        }
    }

    List<Taken> on(Tx tx) {
        Map<Change, Instant> older = older(tx);
        List<Work> newer =
                works.stream().filter(work -> !older.containsKey(work.change())).toList();
        Set<NewOrder> fresh = newOrders.write(tx, new Together(newOrders, newer).candidates());
        return works.stream()
                .map(work -> older.containsKey(work.change()) ? old(work, older) : taken(tx, work, fresh))
                .toList();
    }

    private Map<Change, Instant> older(Tx tx) {
        List<Change> changes =
                works.stream().flatMap(work -> Stream.ofNullable(work.change())).toList();
        return changes.isEmpty() ? new HashMap<>() : tx.newest().older(changes, tx.now());
    }

    private static Taken old(Work work, Map<Change, Instant> older) {
        Change change = Objects.requireNonNull(work.change());
        Problem why =
                Problem.of(IntakeCode.OLDER_THAN_KNOWN, "at", change.at(), "known", String.valueOf(older.get(change)));
        return new Taken(Taken.Result.SKIPPED, null, work.number(), List.of(why));
    }

    /** Of its orders, when it is nothing but orders. */
    Optional<Set<String>> numbers() {
        return works.stream().allMatch(work -> work.order() != null)
                ? Optional.of(works.stream()
                        .flatMap(work -> Stream.ofNullable(work.order()))
                        .map(order -> order.named().orderId())
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static Taken taken(Tx tx, Work work, Set<NewOrder> fresh) {
        NewOrder order = work.order();
        return order == null || !fresh.contains(order)
                ? work.alone().apply(tx)
                : new Taken(Taken.Result.ACCEPTED, order.id(), order.named().orderId(), List.of());
    }

    private List<NewOrder> candidates() {
        if (works.size() == 1 || works.stream().anyMatch(Work::isBeside)) {
            return List.of();
        }
        Set<String> others = new HashSet<>(works.stream()
                .filter(work -> work.order() == null)
                .map(Work::number)
                .filter(Objects::nonNull)
                .toList());
        return works.stream()
                .flatMap(work -> Stream.ofNullable(work.order()))
                .filter(order -> !others.contains(order.named().orderId()))
                .toList();
    }
}
