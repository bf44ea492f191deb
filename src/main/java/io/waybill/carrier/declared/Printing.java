package io.waybill.carrier.declared;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.ShipmentId;
import java.util.Map;
import java.util.Optional;

/** Labels that are asked for after the purchase. */
record Printing(Description description, Calls calls, Sales sales) {

    Fetched fetch(ShipmentId id, LabelRequest request) {
        Optional<Operation> label = description.operation(Verb.LABEL);
        if (label.isEmpty()) {
            return description.hook().isPresent()
                    ? new Fetched.NotYet("the carrier pushes it")
                    : new Fetched.Gone("this carrier prints no label twice");
        }
        Map<String, String> words = Map.of(
                "id", id.value(),
                "format", request.format(),
                "size", request.size(),
                "dpi", String.valueOf(request.dpi()));
        return calls.ask(label.get(), words).read(answer -> read(label.get(), answer, request), Fetched.NotYet::new);
    }

    private Fetched read(Operation operation, Answer.Read answer, LabelRequest request) {
        Said said = calls.said(operation, answer);
        if (said instanceof Said.Yes yes) {
            return sales.fetched(Replies.shaped(operation.reply(), yes.answer()), request);
        }
        return said instanceof Said.No no && no.kind().equals("refused")
                ? new Fetched.Gone(no.words())
                : new Fetched.NotYet(said.toString());
    }
}
