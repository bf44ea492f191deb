package io.waybill.dispatch;

import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.Asked;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Gathering;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.Related;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Tx;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * T2 of sales nobody else has decided, which are nearly all: as many in one commit as come while another is under way.
 * Any other sale is left alone, for {@link Recording} to decide by itself.
 */
final class Sales {
    private final Looks looks;
    private final Outside outside;
    private final Consumer<Standing> sold;
    private final Gathering<Sale, Standing> gathering;

    /** @param sold told where the order of each sale stands once that is on disk */
    Sales(Ledger ledger, Looks looks, Outside outside, Consumer<Standing> sold) {
        this.sold = sold;
        this.looks = looks;
        this.outside = outside;
        this.gathering = new Gathering<>(ledger, this::record);
    }

    /** @return whether it is on disk; if not, it is still to be decided */
    boolean record(Sale sale) {
        Optional<Standing> recorded = outside.gathers() ? gathering.commit(sale) : gathering.commitNow(sale);
        recorded.ifPresent(sold);
        return recorded.isPresent();
    }

    /** Those that are plain, in the transaction given. */
    List<Optional<Standing>> record(Tx tx, List<Sale> sales) {
        Known known = tx.together(() -> new Known(
                tx.orders().lock(sales.stream().map(sale -> sale.order().id()).collect(Collectors.toSet())),
                tx.orphans().among(sales.stream().map(Sale::number).collect(Collectors.toSet())),
                Sale.settles(tx, sales)));
        Map<String, Sale> plain =
                plain(sales, known.orders().get(), known.orphans().get());
        Set<String> won = won(tx, List.copyOf(plain.values()));
        Related related = write(
                tx,
                plain.values().stream()
                        .filter(sale -> won.contains(sale.attempt().ref()))
                        .toList(),
                known.settled().get());
        Failpoint.BEFORE_T2_COMMIT.here();
        return sales.stream()
                .map(sale -> Optional.ofNullable(plain.get(sale.attempt().ref()))
                        .filter(done -> won.contains(done.attempt().ref()))
                        .map(done -> new Standing(done.order(), related)))
                .toList();
    }

    private static Related write(Tx tx, List<Sale> won, List<ExceptionBook.Row> settled) {
        Set<String> subjects = won.stream().flatMap(Sale::subjects).collect(Collectors.toSet());
        return Sale.write(
                tx,
                won,
                settled.stream()
                        .filter(row -> subjects.contains(row.subjectId()))
                        .toList());
    }

    /**
     * @param orders locked
     * @param orphans of their numbers
     * @param settled exceptions, should all of them be theirs
     */
    private record Known(
            Asked<Map<String, OrderRow>> orders, Asked<Set<String>> orphans, Asked<List<ExceptionBook.Row>> settled) {}

    /** Labels that were never taken for orphans, by ref. */
    private static Map<String, Sale> plain(List<Sale> sales, Map<String, OrderRow> orders, Set<String> orphans) {
        Map<String, Sale> plain = new LinkedHashMap<>();
        for (Sale sale : sales) {
            OrderRow order = orders.get(sale.order().id());
            if (order != null && !orphans.contains(sale.number())) {
                plain.put(sale.attempt().ref(), sale.of(order));
            }
        }
        return plain;
    }

    /** @return the refs of those whose shipments are theirs now */
    private Set<String> won(Tx tx, List<Sale> sales) {
        List<Boolean> sold = tx.purchases()
                .sold(
                        sales.stream()
                                .map(sale -> sale.edge(sale.attempt().fence()))
                                .toList(),
                        looks);
        return IntStream.range(0, sales.size())
                .filter(sold::get)
                .mapToObj(i -> sales.get(i).attempt().ref())
                .collect(Collectors.toCollection(HashSet::new));
    }
}
