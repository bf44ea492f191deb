package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Answer;
import io.waybill.carrier.FieldPaths;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What DHL says when it does not do what was asked: a {@code detail}, or several {@code additionalDetails}, each mostly with a
 * number before it and the path of a field within. The gateway's words have neither.
 */
final class ExpressErrors {
    private static final FieldPaths PATHS = FieldPaths.read(ExpressErrors.class);
    private static final Pattern CODE = Pattern.compile("^\\s*(\\d{3,6})\\s*:");
    private static final Pattern SERVICE = Pattern.compile("valueAddedServices/(\\d{1,2})");
    private static final Map<String, String> FIELDS = Map.of("998", "/options/shipDate");

    /** "Process failure": what became of the shipment is not said. */
    private static final Set<String> UNDECIDED = Set.of("999");

    private static final Set<Integer> REFUSED = Set.of(400, 422);

    private ExpressErrors() {}

    static boolean isError(Reply json) {
        return !messages(json).isEmpty();
    }

    /**
     * A purchase that was answered with an error.
     *
     * @throws RuntimeException when the answer holds none
     */
    static Outcome outcome(Answer.Read answer, Reply request) {
        if (answer.status() == 401 || answer.status() == 403) {
            return new Outcome.NotSent(
                    "HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
        }
        Reply json = Reply.of(answer.body());
        List<String> stated = messages(json);
        List<String> messages = stated.isEmpty() && REFUSED.contains(answer.status()) ? otherwise(json) : stated;
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("it tells no error of a shipment" + Reply.words(answer));
        }
        String words = String.join("; ", messages);
        List<String> codes = messages.stream().flatMap(ExpressErrors::code).toList();
        if (answer.isConflict()
                || Stream.concat(messages.stream(), Stream.of(json.text("detail"), json.text("title")))
                        .anyMatch(ExpressErrors::isUndecided)) {
            return new Outcome.Unknown(words, answer.body());
        }
        String status = json.text("status").isEmpty() ? String.valueOf(answer.status()) : json.text("status");
        return new Outcome.Refused(
                words,
                codes.isEmpty() ? status : codes.get(0),
                messages.stream()
                        .flatMap(message -> pointer(message, request).stream())
                        .findFirst()
                        .orElse(null),
                answer.body());
    }

    /** By any of its words, those beside a list too: what is above it may decide what the list does not. */
    private static boolean isUndecided(String message) {
        return code(message).anyMatch(UNDECIDED::contains) || NotNow.isSaid(message);
    }

    /** Whatever it says; never empty. */
    static String words(Answer.Read answer) {
        List<String> messages = messages(Reply.of(answer.body()));
        return messages.isEmpty() ? "HTTP " + answer.status() + Reply.words(answer) : String.join("; ", messages);
    }

    private static List<String> messages(Reply json) {
        List<String> several = Stream.of(json.list("additionalDetails"), json.list("reasons"))
                .flatMap(List::stream)
                .map(one -> one.json().isObject() ? one.text("msg") : one.text())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        String detail = json.text("detail");
        return several.isEmpty() && !detail.isEmpty() ? List.of(detail) : several;
    }

    /** Words of a refusal that stand where the document has them, and mostly nothing in them. */
    private static List<String> otherwise(Reply json) {
        List<String> several = json.list("errors").stream()
                .flatMap(one -> one.json().isObject()
                        ? Stream.of(one.text("message"), one.text("detail"), one.text("title"))
                                .filter(text -> !text.isEmpty())
                                .limit(1)
                        : Stream.of(one.text()))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return several.isEmpty()
                ? Stream.of(json.text("title"), json.text("message"))
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList()
                : several;
    }

    private static Stream<String> code(String message) {
        Matcher code = CODE.matcher(message);
        return code.find() ? Stream.of(code.group(1)) : Stream.empty();
    }

    /** The field of our order a message speaks of: by the path it names, else by its number. */
    private static Optional<String> pointer(String message, Reply request) {
        Matcher service = SERVICE.matcher(message);
        if (service.find()) {
            List<Reply> asked = request.list("valueAddedServices");
            int index = Integer.parseInt(service.group(1));
            return index < asked.size() ? ExpressOptions.field(asked.get(index).text("serviceCode")) : Optional.empty();
        }
        return PATHS.pointerIn(message)
                .or(() -> code(message)
                        .flatMap(code -> Stream.ofNullable(FIELDS.get(code)))
                        .findFirst());
    }
}
