package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Found;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Shipments that were made and need not be bought. Each has our ref for its reference; where one was made before that says
 * something else, as when an order was changed in between, the next has {@code .2} behind it, and so on.
 *
 * @param read a shipment by its reference
 * @param rerate a shipment by its id: its prices are asked for once more
 * @param create with this body
 */
record EasyPostDraft(Function<String, Answer> read, Function<String, Answer> rerate, Function<byte[], Answer> create) {
    private static final int MOST = 9;

    /**
     * The one to buy.
     *
     * @throws RefusedException when EasyPost does not take it
     * @throws IllegalStateException when EasyPost gives no answer that can be read; nothing was bought
     */
    Reply of(ObjectNode asked, Ref ref, String service) {
        for (int number = 1; number <= MOST; number++) {
            String reference = reference(ref, number);
            Optional<Reply> known = known(reference, answer -> answer.status() == 404);
            if (known.isEmpty()) {
                return made(asked.deepCopy().put("reference", reference));
            }
            if (!EasyPostSale.isBought(known.get())
                    && EasyPostEcho.isOf(asked, known.get().json())) {
                Optional<Reply> priced = EasyPostRates.hasService(known.get(), service)
                        ? known
                        : rerated(known.get().required("id"), reference);
                if (priced.isPresent()) {
                    return priced.get();
                }
            }
        }
        throw new IllegalStateException(
                "EasyPost has " + MOST + " shipments of " + ref.value() + ", and none is this one");
    }

    /** With the prices of now; a carrier that gave none before may have been away for a while. Empty when EasyPost does not ask for them. */
    private Optional<Reply> rerated(String id, String reference) {
        boolean isDone =
                rerate.apply(id).<Boolean>readOrThrow(Answer.Read::ok, "EasyPost asks for no price of " + id + " now");
        return isDone ? known(reference, answer -> answer.status() == 404) : Optional.empty();
    }

    /** Whichever of them was bought and not given back. */
    Found find(Ref ref) {
        for (int number = 1; number <= MOST; number++) {
            try {
                Optional<Reply> known = known(reference(ref, number), EasyPostDraft::saysNotFound);
                if (known.isEmpty()) {
                    return new Found.Nothing();
                }
                if (EasyPostSale.isBought(known.get()) && !EasyPostRefund.isGivenBack(known.get())) {
                    byte[] raw = RequestJson.bytes(known.get().json());
                    return new Found.Sold(EasyPostSale.bought(known.get(), raw));
                }
            } catch (RuntimeException unreadable) {
                return new Found.Unreachable(String.valueOf(unreadable.getMessage()));
            }
        }
        return new Found.Nothing();
    }

    private static String reference(Ref ref, int number) {
        return number == 1 ? ref.value() : ref.value() + "." + number;
    }

    /** @param isUnknown what is believed to say that there is no such shipment: another one costs nothing, not finding a bought one does */
    private Optional<Reply> known(String reference, Predicate<Answer.Read> isUnknown) {
        return read.apply(reference)
                .readOrThrow(
                        answer ->
                                isUnknown.test(answer) ? Optional.empty() : Optional.of(EasyPostSale.shipment(answer)),
                        "EasyPost does not tell whether it knows " + reference);
    }

    /** In words, and not by the status alone. */
    private static boolean saysNotFound(Answer.Read answer) {
        return answer.status() == 404 && !EasyPostError.of(answer).words().isEmpty();
    }

    private Reply made(ObjectNode shipment) {
        ObjectNode body = RequestJson.object();
        body.set("shipment", shipment);
        Answer answer = create.apply(RequestJson.bytes(body));
        if (answer instanceof Answer.Read said && said.status() / 100 == 4 && said.status() != 429) {
            EasyPostError error = EasyPostError.of(said);
            if (!error.isAboutTheCaller() && !error.isUnclear()) {
                throw new RefusedException(error.words(), error.pointer());
            }
        }
        return answer.readOrThrow(EasyPostSale::shipment, "EasyPost made no shipment");
    }
}
