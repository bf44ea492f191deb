package io.waybill;

import io.waybill.api.Metering;
import io.waybill.api.Shedding;
import io.waybill.edge.VerifyVerb;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.Ledger;
import io.waybill.problem.ProblemException;

/** The webhooks that were taken in, in the ledger's inbox, and how many more a source may send now. */
record HookInbox(Ledger ledger, Shedding shedding, Metering metering) implements VerifyVerb.Inbox {
    @Override
    public boolean isKnown(String hook, String id) {
        return ledger.read(tx -> tx.inbox().find(source(hook), id)).isPresent();
    }

    @Override
    public void count(String hook) {
        shedding.count(hook).ifPresent(away -> {
            metering.shed(away.problem().code());
            throw new ProblemException(away.problem());
        });
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
