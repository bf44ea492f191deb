package io.waybill.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Equal hubs on one database, in this process. */
final class Cluster implements AutoCloseable {
    private final List<Works> nodes;

    /** @param accounts of one of them; the same carriers for all */
    Cluster(Database database, int nodes, Supplier<List<Account>> accounts) {
        this.nodes = Stream.generate(() -> new Works(database, accounts.get()))
                .limit(nodes)
                .toList();
    }

    /**
     * They take in by turns.
     *
     * @param turn any number
     */
    Taken take(int turn, ObjectNode order) {
        return nodes.get(turn % nodes.size()).take(order);
    }

    int ended() {
        return nodes.stream().mapToInt(works -> works.ended.get()).sum();
    }

    int delivered() {
        return nodes.stream().mapToInt(works -> works.delivered.get()).sum();
    }

    Ledger ledger() {
        return nodes.get(0).ledger;
    }

    @Override
    public void close() {
        nodes.forEach(Works::close);
    }
}
