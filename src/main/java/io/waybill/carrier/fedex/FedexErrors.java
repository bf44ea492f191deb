package io.waybill.carrier.fedex;

import io.waybill.carrier.Answer;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What FedEx says when it does not do what was asked: {@code errors}, each with a code of words and dots, a message and
 * parameters; the gateway's codes among them speak of the caller, or of FedEx itself, and not of the shipment.
 */
record FedexErrors(List<Fault> errors) {
    private static final Set<String> ABOUT_CALLER = Set.of(
            "NOT.AUTHORIZED.ERROR",
            "FORBIDDEN.ERROR",
            "NOT.FOUND.ERROR",
            "LOGIN.REAUTHENTICATE.ERROR",
            "UNAUTHORIZED.USAGE",
            "SHIPMENT.USER.UNAUTHORIZED");
    private static final Set<String> TRANSIENT = Set.of("INTERNAL.SERVER.ERROR", "SERVICE.UNAVAILABLE.ERROR");

    /** FedEx's own system, of whatever interface: {@code SHIPMENT.SYSTEM.UNAVAILABLE}. */
    private static final Pattern SYSTEM = Pattern.compile("SYSTEM\\..*|.+\\.SYSTEM\\.(UNAVAILABLE|UNEXPECTED)\\b.*");

    /** @param parameters keys and values, which may name a field of the request */
    record Fault(String code, String words, List<String> parameters) {
        String told() {
            return words.isEmpty() ? code : words;
        }
    }

    /** @throws RuntimeException when the answer holds no error */
    static FedexErrors of(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        List<Fault> found = Stream.of(
                        json.list("errors"), json.list("output", "errors"), json.list("output", "cxsErrors"))
                .flatMap(List::stream)
                .map(FedexErrors::error)
                .filter(error -> !error.told().isEmpty())
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("it tells no error" + Reply.words(answer));
        }
        return new FedexErrors(found);
    }

    static Fault error(Reply one) {
        List<String> parameters = one.list("parameterList").stream()
                .flatMap(parameter -> Stream.of(parameter.text("key"), parameter.text("value")))
                .toList();
        return new Fault(one.text("code"), one.text("message"), parameters);
    }

    /** A purchase that was answered with errors. */
    static Outcome outcome(Answer.Read answer) {
        if (isAboutTheCaller(answer)) {
            return new Outcome.NotSent(
                    "HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
        }
        FedexErrors errors = of(answer);
        if (errors.isTransient() || answer.isConflict()) {
            return new Outcome.Unknown(errors.words(), answer.body());
        }
        return new Outcome.Refused(errors.words(), errors.code(), errors.pointer(), answer.body());
    }

    /** The account, its token or its rights are at fault; the same shipment may be bought once that is mended. */
    static boolean isAboutTheCaller(Answer.Read answer) {
        return answer.status() == 401
                || answer.status() == 403
                || of(answer).errors().stream().map(Fault::code).anyMatch(ABOUT_CALLER::contains);
    }

    boolean isTransient() {
        return errors.stream()
                .anyMatch(error -> TRANSIENT.contains(error.code())
                        || SYSTEM.matcher(error.code()).matches()
                        || NotNow.isSaid(error.words()));
    }

    /** {@code TRACKING.TRACKINGNUMBER.NOTFOUND} and its like; {@code NOT.FOUND.ERROR} is the address that was called. */
    boolean isNothingFound() {
        return errors.stream().map(Fault::code).allMatch(FedexErrors::isNotFound);
    }

    static boolean isNotFound(String code) {
        return code.endsWith("NOTFOUND");
    }

    /** The first one's. */
    String code() {
        return errors.get(0).code();
    }

    String words() {
        return errors.stream().map(Fault::told).distinct().collect(Collectors.joining("; "));
    }

    /** The field of our order that one of them speaks of, or null. */
    @Nullable
    String pointer() {
        return errors.stream()
                .map(FedexPointers::of)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
