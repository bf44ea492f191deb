package io.waybill.carrier.declared;

import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;

/** The free half of a purchase of two calls. */
record Drafts(Operation create, Calls calls, LookUp lookUp) {

    /**
     * The number of the draft: the one just made, or the one a prepare before this one made.
     *
     * @throws RefusedException when the carrier takes no such shipment
     * @throws IllegalStateException when there is no draft now; nothing was bought
     */
    String make(byte[] body, Ref ref) {
        Said said = calls.change(create, calls.words(ref), body)
                .read(answer -> calls.said(create, answer), Said::unreadable);
        if (said instanceof Said.Yes yes) {
            return MappedReply.sale(create.reply(), yes.answer()).required("id");
        }
        if (said instanceof Said.No no && no.kind().equals("refused")) {
            throw new RefusedException(no.words(), no.pointer());
        }
        boolean known = said instanceof Said.No no && no.kind().equals("duplicate");
        String id = known ? lookUp.of(ref).id() : "";
        if (id.isEmpty()) {
            throw new IllegalStateException("no draft: " + said.told());
        }
        return id;
    }
}
