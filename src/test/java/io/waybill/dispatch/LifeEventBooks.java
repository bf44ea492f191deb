package io.waybill.dispatch;

import static io.waybill.dispatch.LifeTables.expect;

/** What sinks and stories were told, held at every moment against what is. */
final class LifeEventBooks {
    private final LifeTables tables;
    private final LifeKnown known;

    LifeEventBooks(LifeWorld world) {
        this.tables = world.tables();
        this.known = world.known();
    }

    void check() {
        labels();
        sequences();
        revisions();
        expect(
                tables.column("SELECT order_id FROM orders")
                        .containsAll(known.orders().keySet()),
                "an order is lost: " + known.orders().keySet());
    }

    private void labels() {
        told("labelled and not told once", "order.labelled", "s.labelled_at IS NOT NULL AND s.imported = FALSE", "= 1");
        told("told of a label that is none", "order.labelled", "s.labelled_at IS NULL", "= 0");
        told(
                "labelled elsewhere and not told once",
                "order.labelled",
                "s.imported = TRUE AND s.state <> 'VOIDED'",
                "= 1");
        told("voided and not told once", "shipment.voided", "s.state = 'VOIDED' AND s.imported = FALSE", "= 1");
        told("told of a void that is none", "shipment.voided", "s.state <> 'VOIDED'", "= 0");
    }

    /** No shipment of a kind was told of otherwise. */
    private void told(String what, String type, String which, String times) {
        tables.expectNone(what, """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE %s AND NOT (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = '%s'
                    AND e.payload LIKE '%%"shipmentId":"' || s.id || '"%%') %s""".formatted(which, type, times));
    }

    private void sequences() {
        tables.expectNone("a sequence with a gap", """
                SELECT o.order_id FROM outbox e JOIN orders o ON o.id = e.entity_id
                GROUP BY o.order_id, e.entity_id, e.sink HAVING COUNT(*) <> MAX(e.sequence) OR MIN(e.sequence) <> 1""");
        tables.expectNone("an exception told otherwise than it is", """
                SELECT o.order_id FROM orders o WHERE
                (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'exception.opened')
                - (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'exception.closed')
                <> (SELECT COUNT(*) FROM exception x WHERE x.order_uid = o.id AND x.closed_at IS NULL)""");
        tables.expectNone("called off and told otherwise", """
                SELECT o.order_id FROM orders o WHERE o.cancelled_at IS NOT NULL AND
                COALESCE((SELECT MAX(e.sequence) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'order.cancelled'), 0)
                < COALESCE((SELECT MAX(e.sequence) FROM outbox e WHERE e.entity_id = o.id
                    AND e.type IN ('order.accepted', 'order.held')), 0)""");
    }

    private void revisions() {
        for (String[] row : tables.rows("""
                SELECT o.order_id, o.revision, (SELECT COUNT(*) FROM story t WHERE t.order_uid = o.id AND t.what = 'packed'),
                (SELECT COUNT(*) FROM story t WHERE t.order_uid = o.id AND t.what IN ('received', 'revised')) FROM orders o""", 4)) {
            revisions(row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2]), Integer.parseInt(row[3]));
        }
    }

    private void revisions(String order, int revision, int packed, int taken) {
        int sent = known.revisions(order);
        String all = order + " is at revision " + revision + ", " + packed + " times packed, " + taken
                + " times taken in by its story, and by its senders " + sent;
        expect(known.may(taken, sent), "not each revision is told: " + all);
        expect(taken + packed == revision || isFromOutside(order), "a revision too many: " + all);
    }

    private boolean isFromOutside(String order) {
        return tables.has("""
                SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE o.order_id = ? AND s.imported = TRUE""", order);
    }
}
