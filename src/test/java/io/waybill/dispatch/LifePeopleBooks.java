package io.waybill.dispatch;

import static io.waybill.dispatch.LifeTables.expect;

/** What people are told when a walk is over: the exceptions, the stories and the audit log. */
final class LifePeopleBooks {
    private final LifeTables tables;
    private final LifeKnown known;

    LifePeopleBooks(LifeWorld world) {
        this.tables = world.tables();
        this.known = world.known();
    }

    /** What is open has its cause still. */
    void exceptions() {
        stillOpen("carrier-refused", "s.state NOT IN ('BOUGHT', 'LABELLED', 'VOIDING', 'VOIDED', 'CANCELLED')");
        stillOpen("purchase-unresolved", "s.state IN ('REVIEW', 'UNKNOWN', 'BUYING')");
        stillOpen("purchase-failed", "s.state IN ('READY', 'BUYING', 'UNKNOWN', 'REVIEW')");
        stillOpen("void-refused", "s.state IN ('LABELLED', 'VOIDING', 'BOUGHT')");
        stillOpen("label-overdue", "s.state = 'BOUGHT'");
        stillOpen("label-gone", "s.state = 'BOUGHT'");
        stillOpen("changed-late", "o.cancelled_at IS NULL AND s.state <> 'CANCELLED'");
        stillOpen("second-label", "s.state NOT IN ('VOIDED', 'CANCELLED')");
        stillOpen("orphan-label", "EXISTS (SELECT 1 FROM orphan p WHERE p.ref = x.subject_id AND p.state <> 'VOIDED')");
    }

    private void stillOpen(String reason, String cause) {
        tables.expectNone(reason + " is open though its cause is gone", """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM exception x JOIN shipment s ON s.id = x.shipment_uid
                JOIN orders o ON o.id = s.order_uid
                WHERE x.closed_at IS NULL AND x.reason = '%s' AND NOT (%s)""".formatted(reason, cause));
    }

    void waiting() {
        tables.expectNone("it waits and nobody says for what", """
                SELECT id FROM shipment WHERE state = 'HELD' AND hold_reason IS NULL AND waiting_for IS NULL""");
        tables.expectNone("called off and going on", """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE o.cancelled_at IS NOT NULL AND s.state NOT IN ('VOIDED', 'CANCELLED') AND NOT (s.state = 'LABELLED'
                AND EXISTS (SELECT 1 FROM exception x WHERE x.shipment_uid = s.id AND x.closed_at IS NULL))""");
    }

    void stories() {
        storyOf("VOIDED", "voided");
        storyOf("LABELLED", "labelled");
        storyOf("CANCELLED", "cancelled");
        storyOf("REFUSED", "refused");
    }

    private void storyOf(String state, String what) {
        tables.expectNone("no word of it in its story that it is " + what, """
                SELECT o.order_id || '-' || s.seq FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE s.state = '%s' AND s.imported = FALSE AND s.piece IS NULL AND NOT EXISTS
                (SELECT 1 FROM story t WHERE t.shipment_uid = s.id AND t.what = '%s')""".formatted(state, what));
    }

    void auditLog() {
        known.done().forEach((what, times) -> {
            String[] actAndUid = what.split(" ", -1);
            int told = tables.column(
                            "SELECT id FROM audit_log WHERE act = ? AND entity_id = ? AND actor <> ''", actAndUid)
                    .size();
            expect(
                    known.may(told, times),
                    "the audit log tells otherwise: " + told + " times of " + times + ": " + what);
        });
    }
}
