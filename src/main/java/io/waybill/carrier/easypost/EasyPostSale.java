package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a shipment, bought or not. */
final class EasyPostSale {
    private EasyPostSale() {}

    /** @param lookUp asks for the shipment, where it was bought before */
    static Outcome outcome(Answer.Read answer, Supplier<Answer> lookUp) {
        if (answer.ok() && !EasyPostError.isToldInSuccess(answer)) {
            return bought(shipment(answer), answer.body());
        }
        if (answer.status() == 401 || answer.status() == 402 || answer.status() == 403) {
            return notSent(answer);
        }
        EasyPostError error = EasyPostError.of(answer);
        if (error.isBoughtBefore()) {
            return boughtBefore(error, lookUp.get(), answer.body());
        }
        if (error.isAboutTheCaller()) {
            return notSent(answer);
        }
        if (error.isUnclear()) {
            return new Outcome.Unknown(error.words(), answer.body());
        }
        return new Outcome.Refused(error.words(), error.code(), error.pointer(), answer.body());
    }

    /**
     * It was sold: a look-up that fails in whatever way leaves only open what. Nothing of it is left once it was refunded, and a shipment
     * is bought but once.
     */
    private static Outcome boughtBefore(EasyPostError error, Answer lookUp, byte[] body) {
        return lookUp.<Outcome>read(
                said -> {
                    Reply shipment = shipment(said);
                    return isBought(shipment) && EasyPostRefund.isGivenBack(shipment)
                            ? new Outcome.Refused(error.words() + "; it was refunded", error.code(), null, said.body())
                            : bought(shipment, said.body());
                },
                silence -> new Outcome.Unknown(error.words() + "; " + silence, body));
    }

    private static Outcome notSent(Answer.Read answer) {
        return new Outcome.NotSent("HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
    }

    /** @throws IllegalArgumentException when it is none */
    static Reply shipment(Answer.Read answer) {
        if (!answer.ok()) {
            throw new IllegalArgumentException(EasyPostError.of(answer).words());
        }
        Reply json = Reply.of(answer.body());
        Reply shipment = json.at("shipment").json().isObject() ? json.at("shipment") : json;
        shipment.required("id");
        return shipment;
    }

    static boolean isBought(Reply shipment) {
        return shipment.at("postage_label").json().isObject()
                || !shipment.text("tracking_code").isEmpty();
    }

    /** @throws IllegalArgumentException when it is not bought */
    static Outcome.Bought bought(Reply shipment, byte[] raw) {
        if (!isBought(shipment)) {
            throw new IllegalArgumentException("the shipment has neither label nor tracking code");
        }
        ShipmentId id = new ShipmentId(shipment.required("id"));
        return new Outcome.Bought(id, numbers(shipment), EasyPostCharges.ofSale(shipment), Optional.empty(), raw)
                .warned(Stream.concat(EasyPostRates.saidBeside(shipment), EasyPostRefund.saidBeside(shipment)));
    }

    static List<ExternalNumber> numbers(Reply shipment) {
        List<ExternalNumber> numbers = new ArrayList<>();
        numbers.add(new ExternalNumber("shipment", 0, shipment.required("id")));
        String tracking = shipment.text("tracking_code");
        if (!tracking.isEmpty()) {
            numbers.add(new ExternalNumber("tracking", 1, tracking));
        }
        return numbers;
    }
}
