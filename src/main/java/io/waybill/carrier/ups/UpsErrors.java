package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What UPS says when it does not do what was asked. There are several families: {@code response.errors} of the REST
 * interfaces, {@code errors} without it, the {@code Fault} of the older ones, and the gateway's {@code fault} and {@code
 * error}, which speak of the caller and not of the shipment.
 */
record UpsErrors(List<Fault> errors) {
    private static final CodeTable FIELDS = CodeTable.read(UpsErrors.class, "errors.csv", "");
    private static final Set<String> TRANSIENT = Set.of("10004", "20001", "120001", "190001", "300000");

    /** @param code UPS's own, or empty */
    record Fault(String code, String words) {}

    /** @throws RuntimeException when the answer holds no error of any family */
    static UpsErrors of(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        List<Fault> found = Stream.of(
                        json.list("response", "errors").stream().map(UpsErrors::error),
                        json.list("errors").stream().map(UpsErrors::error),
                        json.list("Fault", "detail", "Errors", "ErrorDetail").stream()
                                .map(detail -> new Fault(
                                        detail.text("PrimaryErrorCode", "Code"),
                                        detail.text("PrimaryErrorCode", "Description"))))
                .flatMap(family -> family)
                .filter(error -> !error.words().isEmpty() || !error.code().isEmpty())
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("it tells no error");
        }
        return new UpsErrors(found);
    }

    private static Fault error(Reply one) {
        return new Fault(one.text("code"), one.text("message"));
    }

    /**
     * An answer of 2xx that is an error and nothing else.
     *
     * @param response what it would be if it were none: {@code VoidShipmentResponse}
     */
    static boolean isToldInSuccess(Answer.Read answer, String response) {
        Reply json = Reply.of(answer.body());
        return !json.at(response).isPresent()
                && !(json.list("response", "errors").isEmpty()
                        && json.list("errors").isEmpty());
    }

    /**
     * A purchase that was answered with 4xx.
     *
     * @param request the {@code ShipmentRequest} it answers
     */
    static Outcome outcome(Answer.Read answer, Reply request) {
        if (isAboutTheCaller(answer)) {
            return new Outcome.NotSent(
                    "HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
        }
        UpsErrors errors = of(answer);
        if (errors.isTransient() || answer.isConflict()) {
            return new Outcome.Unknown(errors.words(), answer.body());
        }
        return new Outcome.Refused(errors.words(), errors.code(), errors.pointer(request), answer.body());
    }

    /** The account, its token or its quota is at fault and nothing else; the same shipment may be bought once that is mended. */
    static boolean isAboutTheCaller(Answer.Read answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return true;
        }
        Reply json = Reply.of(answer.body());
        List<String> codes = Stream.concat(json.list("response", "errors").stream(), json.list("errors").stream())
                .map(error -> error.text("code"))
                .toList();
        return (codes.stream().anyMatch(code -> code.startsWith("250") || code.startsWith("251"))
                        && codes.stream().noneMatch(TRANSIENT::contains))
                || (json.at("fault").isPresent() && !isLostOnTheWay(json.at("fault")));
    }

    /** The gateway had handed the call on, and got no answer that it could give back. */
    private static boolean isLostOnTheWay(Reply fault) {
        return fault.text("detail", "errorcode").startsWith("messaging.") || NotNow.isSaid(fault.text("faultstring"));
    }

    /** By any of them: what UPS could not do just now may have been done, whatever else is wrong. */
    boolean isTransient() {
        return errors.stream().anyMatch(error -> TRANSIENT.contains(error.code()) || NotNow.isSaid(error.words()));
    }

    /** The first one's. */
    String code() {
        return errors.get(0).code();
    }

    String words() {
        return errors.stream()
                .map(error -> error.words().isEmpty() ? error.code() : error.words())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** The field of our order that one of the codes speaks of, or null. */
    private @Nullable String pointer(Reply request) {
        return errors.stream()
                .map(Fault::code)
                .filter(FIELDS.codes()::contains)
                .map(FIELDS::word)
                .map(pointer -> inOrder(pointer, request))
                .findFirst()
                .orElse(null);
    }

    /** Of a return the shipper is whom it goes to; and of several goods UPS does not say which one it means. */
    private static String inOrder(String pointer, Reply request) {
        Reply shipment = request.at("Shipment");
        if (pointer.startsWith("/shipFrom") && shipment.at("ReturnService").isPresent()) {
            return pointer.replaceFirst("/shipFrom", "/shipTo");
        }
        boolean several = shipment.list("ShipmentServiceOptions", "InternationalForms", "Product")
                        .size()
                > 1;
        return several && pointer.startsWith("/items/") ? "/items" : pointer;
    }
}
