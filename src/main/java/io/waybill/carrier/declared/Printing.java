package io.waybill.carrier.declared;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        Answer answer = calls.ask(label.get(), words);
        Optional<String> elsewhere = answer instanceof Answer.Read said ? said.location() : Optional.empty();
        return elsewhere.isPresent()
                ? at(elsewhere.get(), request)
                : answer.read(said -> read(label.get(), said, request), Fetched.NotYet::new);
    }

    /** The label whose address stands in what was answered to the purchase, or to the look-up that found it; of no other shipment. */
    Optional<Fetched> reread(ShipmentId id, byte[] answer, LabelRequest request) {
        return Stream.concat(Stream.of(description.purchase()), description.operation(Verb.FIND).stream())
                .flatMap(operation -> sale(operation, answer).stream())
                .filter(sale -> sale.text("id").equals(id.value()))
                .flatMap(sale -> sales.reread(sale, request).stream())
                .findFirst();
    }

    /** Empty where it was another call that was answered so. */
    private static Optional<Reply> sale(Operation operation, byte[] answer) {
        try {
            return Optional.of(
                    MappedReply.sale(operation.reply(), operation.reads().tree(answer)));
        } catch (RuntimeException anothers) {
            return Optional.empty();
        }
    }

    /** A call that sends on to the file. */
    private Fetched at(String address, LabelRequest request) {
        return sales.fileAt(address, request)
                .<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet("no label can be read where the carrier sends on to"));
    }

    /** The label itself, whatever was promised, or what is said of it. What is gone is voided and bought again, so that only its own word says so. */
    private Fetched read(Operation operation, Answer.Read answer, LabelRequest request) {
        Optional<Label> file = answer.ok() ? sales.file(answer.body(), request) : Optional.empty();
        if (file.isPresent()) {
            return new Fetched.Ready(file.get());
        }
        Said said = calls.said(operation, answer);
        if (said instanceof Said.Yes yes && operation.reply() != null) {
            return sales.fetched(MappedReply.label(operation.reply(), yes.answer()), request);
        }
        if (said instanceof Said.Yes) {
            return new Fetched.NotYet("it is no label by its bytes" + Reply.words(answer));
        }
        return said instanceof Said.No no && no.kind().equals("gone")
                ? new Fetched.Gone(said.told())
                : new Fetched.NotYet(said.told());
    }
}
