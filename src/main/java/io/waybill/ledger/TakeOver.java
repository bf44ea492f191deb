package io.waybill.ledger;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds nodes that are gone and frees what they had claimed; one of those that look does it. Not for several threads at once. */
final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final Ledger ledger;
    private final String node;
    private final Runnable takenOver;

    /** Who seemed gone at the last look, and in which epoch. */
    private Map<String, Long> missing = Map.of();

    /**
     * @param node who looks
     * @param takenOver told when one was found and its claims are free
     */
    TakeOver(Ledger ledger, String node, Runnable takenOver) {
        this.ledger = ledger;
        this.node = node;
        this.takenOver = takenOver;
    }

    /** Gone is who is missing at two looks: a session that broke by itself is soon there again. */
    void look() {
        var now = ledger.read(tx -> tx.nodes().gone(node));
        var gone = now.stream()
                .filter(row -> Objects.equals(missing.get(row.id()), row.epoch()))
                .toList();
        missing = now.stream().collect(Collectors.toMap(NodeBook.Row::id, NodeBook.Row::epoch));
        for (NodeBook.Row row : gone) {
            boolean mine = ledger.commit(tx -> {
                boolean buried = tx.nodes().bury(row);
                if (buried && row.run() != null) {
                    found(tx, row.id(), row.run());
                }
                return buried;
            });
            if (mine) {
                takenOver.run();
            }
        }
    }

    /** Frees what this run of a node had claimed. */
    static void found(Tx tx, String name, String run) {
        LOG.info("Node {} is gone, what it had claimed ({}) is taken over", name, release(tx, name, run));
    }

    /** @return what it had */
    static String release(Tx tx, String name, String run) {
        int purchases = tx.purchases().endLeasesOf(run);
        int deliveries = tx.outbox().endLeasesOf(run);
        int files = tx.files().endLeasesOf(name)
                + tx.invoiceFiles().endLeasesOf(name)
                + tx.bundles().endLeasesOf(name);
        return "%d purchases, %d deliveries, %d files".formatted(purchases, deliveries, files);
    }
}
