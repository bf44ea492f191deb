package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.FieldPaths;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What USPS says when it does not do what was asked. There are three families: {@code error} with its {@code errors}, each
 * of which may name a field of the request; the {@code error} and {@code error_description} of OAuth; and the {@code fault}
 * of the gateway, which speaks of the caller, of USPS itself, or of a request that does not fit its document.
 */
record UspsErrors(List<Fault> errors) {
    private static final FieldPaths PATHS = FieldPaths.read(UspsErrors.class);
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final Set<Integer> DECIDED = Set.of(BAD_REQUEST, 422);
    private static final Set<Integer> ABOUT_CALLER = Set.of(401, 402, FORBIDDEN);

    /** Codes of faults: tokens, keys and quotas. */
    private static final List<String> FAULTS_OF_CALLER = List.of("oauth.", "keymanagement.", "policies.ratelimit.");

    /** The code of a fault: the request is not as the document has it. Every other fault may hide a sale. */
    private static final String FAULT_OF_REQUEST = "steps.oasvalidation.";

    /** @param parameter what of the request it speaks of, or empty */
    record Fault(String code, String words, String parameter) {}

    /** @throws RuntimeException when the answer holds no error of any family */
    static UspsErrors of(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        Reply error = json.at("error");
        List<Fault> listed = Stream.concat(error.list("errors").stream(), json.list("errors").stream())
                .map(UspsErrors::error)
                .filter(one -> !one.words().isEmpty())
                .toList();
        if (!listed.isEmpty()) {
            return new UspsErrors(listed);
        }
        List<Fault> found = Stream.of(
                        new Fault(error.text("code"), error.text("message"), ""),
                        new Fault(json.text("error"), json.text("error_description"), ""),
                        new Fault(json.text("fault", "detail", "errorcode"), json.text("fault", "faultstring"), ""))
                .filter(one -> !one.words().isEmpty())
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("it tells no error" + Reply.words(answer));
        }
        return new UspsErrors(found);
    }

    /** Whether it is USPS that says no, and not somebody on the way. */
    static boolean isTold(Answer.Read answer) {
        try {
            return !of(answer).errors().isEmpty();
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** An answer of 2xx with an error in it. */
    static boolean isToldInSuccess(Answer.Read answer) {
        return UspsLabelReply.isJson(answer.body())
                && Reply.of(answer.body()).at("error").json().isObject();
    }

    private static Fault error(Reply one) {
        String words = Stream.of(one.text("detail"), one.text("message"), one.text("title"), one.text())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String parameter = one.text("source", "parameter");
        return new Fault(one.text("code"), words, parameter.isEmpty() ? one.text("source") : parameter);
    }

    /** A purchase that was answered with errors. */
    static Outcome outcome(Answer.Read answer) {
        if (isAboutTheCaller(answer)) {
            return new Outcome.NotSent(
                    "HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
        }
        UspsErrors errors = of(answer);
        return isDecision(answer, errors)
                ? new Outcome.Refused(errors.words(), errors.code(), errors.pointer(), answer.body())
                : new Outcome.Unknown(errors.words(), answer.body());
    }

    /** The account, its money, one of its tokens or its quota is at fault; the same shipment may be bought once that is mended. */
    static boolean isAboutTheCaller(Answer.Read answer) {
        if (ABOUT_CALLER.contains(answer.status())) {
            return true;
        }
        Reply json = Reply.of(answer.body());
        boolean oauth = json.at("error").json().isTextual()
                && json.at("error_description").isPresent();
        List<Fault> told = of(answer).errors();
        boolean isPayers = told.stream().anyMatch(error -> error.parameter().contains("Authorization"))
                || (told.stream().anyMatch(UspsErrors::saysNoMoney)
                        && told.stream().noneMatch(UspsErrors::isOfTheKey));
        return oauth || isPayers || FAULTS_OF_CALLER.stream().anyMatch(fault(json)::startsWith);
    }

    /** Who may pay was settled when the token of the payment was made, and is settled anew. */
    static boolean isAboutThePayer(Answer.Read answer) {
        return answer.status() == FORBIDDEN
                || (answer.status() == BAD_REQUEST
                        && of(answer).errors().stream()
                                .anyMatch(error -> error.parameter().contains("Authorization")));
    }

    /** The gateway's word, which is about no label. */
    static boolean isOfTheGateway(Answer.Read answer) {
        return Reply.of(answer.body()).at("fault").isPresent();
    }

    /** It may be done a moment later, whatever else is said. */
    boolean saysTryAgain() {
        return errors.stream().anyMatch(UspsErrors::saysTryAgain);
    }

    private static boolean saysTryAgain(Fault error) {
        return error.words().toLowerCase(Locale.ROOT).contains("try again") || NotNow.isSaid(error.words());
    }

    /** Something may have been sold under it. */
    private static boolean isOfTheKey(Fault error) {
        String said = error.words().toLowerCase(Locale.ROOT);
        return error.parameter().contains("Idempotency")
                || said.contains("idempotency")
                || said.contains("duplicate request");
    }

    private static boolean saysNoMoney(Fault error) {
        String said = error.words().toLowerCase(Locale.ROOT);
        return said.contains("insufficient fund") || said.contains("insufficient balance");
    }

    private static String fault(Reply json) {
        return json.text("fault", "detail", "errorcode").toLowerCase(Locale.ROOT);
    }

    /**
     * Whether nothing was sold. Not when the key is at fault, for something may have been sold under it; nor when USPS says
     * to try again.
     */
    private static boolean isDecision(Answer.Read answer, UspsErrors errors) {
        Reply json = Reply.of(answer.body());
        boolean byUsps = !json.at("fault").isPresent() || fault(json).startsWith(FAULT_OF_REQUEST);
        return byUsps
                && (answer.ok() || DECIDED.contains(answer.status()))
                && errors.errors().stream().noneMatch(error -> isOfTheKey(error) || saysTryAgain(error));
    }

    /** The first one's. */
    String code() {
        return errors.get(0).code();
    }

    String words() {
        return errors.stream().map(Fault::words).distinct().collect(Collectors.joining("; "));
    }

    /** The field of our order that one of them speaks of: USPS names its own beside the words or in them. Null when none is known. */
    @Nullable
    String pointer() {
        return errors.stream()
                .flatMap(error -> pointer(error).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> pointer(Fault error) {
        return PATHS.pointer(error.parameter().replaceFirst("^(\\$|body|request)[./]", ""))
                .or(() -> PATHS.pointerIn(error.words()));
    }
}
