package io.waybill;

import io.waybill.edge.VerifyVerb;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.Ledger;

/** The webhooks that were taken in, in the ledger's inbox. */
record HookInbox(Ledger ledger) implements VerifyVerb.Inbox {
    @Override
    public boolean isKnown(String hook, String id) {
        return ledger.read(tx -> tx.inbox().find(source(hook), id)).isPresent();
    }

    @Override
    public void remember(String hook, String id, String bodySha256) {
        ledger.commitAll(tx -> {
            if (tx.inbox().find(source(hook), id).isEmpty()) {
                tx.inbox().put(source(hook), id, new InboxBook.Entry(bodySha256, null, "HOOK", null));
            }
        });
    }

    /** Apart from the Idempotency-Keys of the same source. */
    private static String source(String hook) {
        return "hook:" + hook;
    }
}
