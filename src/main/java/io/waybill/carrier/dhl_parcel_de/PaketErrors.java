package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.Answer;
import io.waybill.carrier.FieldPaths;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What DHL says when it does not do what was asked, under any status: of each shipment its {@code validationMessages} of state Error and
 * its {@code sstatus}, a {@code message} with a {@code propertyPath}, or a status of the whole call.
 */
record PaketErrors(String code, List<Message> messages) {
    private static final FieldPaths PATHS = FieldPaths.read(PaketErrors.class);
    private static final Set<Integer> CALLER = Set.of(401, 403);
    private static final Set<Integer> BUSY = Set.of(408, 429);

    /** @param path of a field, from the shipment on; or empty */
    record Message(int shipment, String path, String words) {
        String told() {
            return path.isEmpty() ? words : path + ": " + words;
        }

        Optional<String> pointer() {
            String field = path.replaceFirst("^\\$?\\.?", "").replaceFirst("(?i)^shipments?(\\[\\d+]|/\\d+)?[./]", "");
            return path.isEmpty() ? Optional.empty() : PATHS.pointer("shipments/" + shipment + "/" + field);
        }
    }

    /** The account, its login or its rights are at fault; the same shipment may be bought once that is mended. */
    static boolean isAboutTheCaller(Answer.Read answer) {
        return CALLER.contains(answer.status());
    }

    /** The same of one shipment in an answer. */
    static boolean isAboutTheCaller(Reply item) {
        return CALLER.contains(status(item));
    }

    /** @throws RuntimeException when DHL decided nothing of a shipment */
    static PaketErrors of(Answer.Read answer, Reply json) {
        List<Message> messages = messages(answer, json);
        if (messages.isEmpty() || !(answer.ok() || answer.status() == 400 || answer.status() == 422)) {
            throw new IllegalArgumentException("it tells no error of a shipment" + Reply.words(answer));
        }
        return new PaketErrors(code(answer, json), messages);
    }

    /** The same, or these words where it tells none. */
    static PaketErrors orElse(Answer.Read answer, Reply json, String words) {
        List<Message> messages = messages(answer, json);
        return new PaketErrors(code(answer, json), messages.isEmpty() ? List.of(new Message(0, "", words)) : messages);
    }

    private static List<Message> messages(Answer.Read answer, Reply json) {
        List<Message> messages = new ArrayList<>();
        List<Reply> items = json.json().isArray() ? json.list() : json.list("items");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).text("shipmentNo").isEmpty()) {
                messages.addAll(ofItem(items.get(i), i));
            }
        }
        if (messages.isEmpty() && !answer.ok()) {
            Reply status = json.at("status").json().isObject() ? json.at("status") : json;
            String words = said(status);
            if (!words.isEmpty()) {
                messages.add(new Message(0, "", words));
            }
        }
        return messages.stream().distinct().toList();
    }

    /** The words of a status, the longest told first. */
    static String said(Reply status) {
        return Stream.of("detail", "message", "title")
                .map(field -> status.text(field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether nothing is said against a shipment. */
    static boolean isSilent(Reply item) {
        return ofItem(item, 0).isEmpty();
    }

    /** Whether it may have been sold: nothing is said against it, or only that it could not be done just now. */
    static boolean isOpen(Reply item) {
        return isSilent(item) || isNotNow(item);
    }

    /** Whether it could not be done just now, by its status or in words. */
    static boolean isNotNow(Reply item) {
        return BUSY.contains(status(item)) || ofItem(item, 0).stream().anyMatch(one -> NotNow.isSaid(one.words()));
    }

    /** Its errors; where it is refused without any, the warnings say why. */
    private static List<Message> ofItem(Reply item, int index) {
        List<Message> messages = validated(item, index, one -> !isWarning(one));
        if (messages.isEmpty() && !item.text("message").isEmpty()) {
            messages = List.of(new Message(index(item, index), item.text("propertyPath"), item.text("message")));
        }
        if (messages.isEmpty() && saysNo(item)) {
            messages = validated(item, index, PaketErrors::isWarning);
        }
        if (messages.isEmpty() && saysNo(item)) {
            String words = said(item.at("sstatus"));
            messages = List.of(new Message(index, "", words.isEmpty() ? "HTTP " + status(item) : words));
        }
        return messages;
    }

    /** What is said of a shipment that was sold: it was, so that errors are no more than warnings of it. */
    static List<String> warnings(Reply item) {
        return validated(item, 0, one -> true).stream().map(Message::told).toList();
    }

    private static boolean isWarning(Reply message) {
        return message.text("validationState").equalsIgnoreCase("warning");
    }

    private static List<Message> validated(Reply item, int index, Predicate<Reply> wanted) {
        return item.list("validationMessages").stream()
                .filter(wanted)
                .filter(one -> !one.text("validationMessage").isEmpty())
                .map(one -> new Message(index, one.text("property"), one.text("validationMessage")))
                .toList();
    }

    /** The list of what a schema finds wrong has no order of shipments. */
    private static int index(Reply item, int otherwise) {
        java.util.regex.Matcher own =
                java.util.regex.Pattern.compile("shipments\\[(\\d{1,2})]").matcher(item.text("propertyPath"));
        return own.find()
                ? Integer.parseInt(own.group(1))
                : item.text("propertyPath").isEmpty() ? otherwise : 0;
    }

    /** Whether its status alone refuses a shipment. One of 500 and above decides nothing: it may have been sold. */
    static boolean saysNo(Reply item) {
        return status(item) >= 400 && status(item) < 500;
    }

    /** Of one shipment in an answer; 0 when it has none. The document calls it {@code sstatus} (sic). */
    static int status(Reply item) {
        Reply status = item.at("sstatus").isPresent() ? item.at("sstatus") : item.at("status");
        String code = status.text("status").isEmpty() ? status.text("statusCode") : status.text("status");
        return code.matches("\\d{1,4}") ? Integer.parseInt(code) : 0;
    }

    private static String code(Answer.Read answer, Reply json) {
        return json.list("items").stream()
                .map(PaketErrors::status)
                .filter(status -> status >= 400)
                .findFirst()
                .map(String::valueOf)
                .orElse(String.valueOf(answer.status()));
    }

    String words() {
        return messages.stream().map(Message::told).distinct().collect(Collectors.joining("; "));
    }

    /** The field of our order that one of them speaks of, or null. */
    @Nullable
    String pointer() {
        return messages.stream()
                .flatMap(message -> message.pointer().stream())
                .findFirst()
                .orElse(null);
    }
}
