package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Shipment;
import java.util.Map;
import java.util.Optional;

/** Prepares a purchase, and makes it by the one call that costs money. */
record Purchasing(Description description, Calls calls, Sales sales, LookUp lookUp) {
    /** Whether nothing is asked of the carrier before: where a purchase is confirmed, what is confirmed is made first. */
    boolean preparesAlone() {
        return description.operation(Verb.CONFIRM).isEmpty();
    }

    /** With {@code confirm}, the free draft is made here: what is bought later is the draft of this number. */
    Prepared prepare(Shipment shipment, Ref ref) {
        requireTaken(shipment);
        ObjectNode tree = ShipmentTree.of(shipment, description, calls.words(ref), calls.open());
        byte[] create = Requests.body(description.needed(Verb.CREATE), tree);
        Optional<Operation> confirm = description.operation(Verb.CONFIRM);
        if (confirm.isEmpty()) {
            return new Prepared(ref, create);
        }
        String draft = new Drafts(description.needed(Verb.CREATE), calls, lookUp).make(create, ref);
        calls.requirePath(confirm.get(), calls.words(ref), draft);
        byte[] body = Requests.body(confirm.get(), tree.put("draft", draft));
        return new Prepared(ref, new Drafted(draft, body).bytes());
    }

    private void requireTaken(Shipment shipment) {
        Refusals.requireParcels(shipment, description.parcels());
        if (description.latin()) {
            Latin.require(shipment);
        }
        if (!description.labels().contains(shipment.label().format())) {
            throw Refusals.takesNot(shipment.label().format(), "/label/format", description.labels());
        }
    }

    Outcome buy(Prepared prepared) {
        Operation operation = description.purchase();
        Map<String, String> words = calls.words(prepared.ref());
        byte[] body = prepared.bytes();
        if (operation.verb() == Verb.CONFIRM) {
            Drafted drafted = Drafted.read(prepared.bytes());
            words.put("draft", drafted.id());
            body = drafted.body();
        }
        Sales inTime = sales.ofPurchase();
        return calls.buy(operation, words, body).outcome(answer -> outcome(operation, answer, prepared.ref(), inTime));
    }

    private Outcome outcome(Operation operation, Answer.Read answer, Ref ref, Sales inTime) {
        Said said = calls.said(operation, answer);
        if (said instanceof Said.Yes yes) {
            Reply sale = MappedReply.sale(operation.reply(), yes.answer());
            if (!Sales.isSold(sale)) {
                throw new IllegalArgumentException("it says " + sale.text("status"));
            }
            return inTime.bought(sale, ref, Papers.AS_IT_COMES, answer.body());
        }
        if (!(said instanceof Said.No no)) {
            return new Outcome.Unknown(said.told(), answer.body());
        }
        return switch (no.kind()) {
            case "refused" -> new Outcome.Refused(no.words(), no.code(), no.pointer(), answer.body());
            case "not-sent", "account" -> new Outcome.NotSent(no.words(), answer.retryAfter(), answer.body());
            case "duplicate" -> lookUp.within(inTime).soldBefore(no, ref, answer.body());
            default -> new Outcome.Unknown(no.told(), answer.body());
        };
    }
}
