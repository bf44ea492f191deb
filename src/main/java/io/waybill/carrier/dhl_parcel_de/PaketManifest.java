package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Label;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Manifests.Left;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daily close: {@code POST /manifests} for these shipments, then the day's paper. DHL closes by itself in the evening too. */
final class PaketManifest {
    private static final Logger LOG = LoggerFactory.getLogger(PaketManifest.class);
    private static final int NUMBERS = 30;

    /** DHL takes thirty numbers, and a shipment has four at most. */
    static final int MOST = NUMBERS / PaketNumbers.MOST;

    private PaketManifest() {}

    static byte[] request(List<ShipmentId> shipments, String profile) {
        ObjectNode out = RequestJson.object().put("profile", profile);
        ArrayNode numbers = out.putArray("shipmentNumbers");
        shipments.forEach(shipment -> PaketNumbers.of(shipment).forEach(numbers::add));
        return RequestJson.bytes(out);
    }

    /** @param paper asks for the day's paper, once something was closed, now or before */
    static Closed closed(Answer.Read answer, List<ShipmentId> shipments, Supplier<Answer> paper, Downloads downloads) {
        Reply json = Reply.of(answer.body());
        if (PaketErrors.isAboutTheCaller(answer)) {
            return new Closed.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        List<Reply> items = json.list("items");
        if (items.isEmpty()) {
            Reply status = json.at("status").json().isObject() ? json.at("status") : json;
            String words = PaketErrors.said(status);
            return answer.ok() || words.isEmpty() || NotNow.isSaid(words)
                    ? new Closed.Unknown("it names no shipment" + Reply.words(answer))
                    : new Closed.Refused(words);
        }
        Map<String, Reply> byNumber = items.stream()
                .collect(Collectors.toMap(item -> item.text("shipmentNo"), item -> item, (one, other) -> one));
        Predicate<String> closed = number -> why(byNumber.get(number)).isEmpty();
        if (items.stream().noneMatch(item -> isClosed(item) || isClosedBefore(item))) {
            return decided(shipments, closed, byNumber, List.of());
        }
        Optional<Reply> day = day(paper.get());
        if (day.isEmpty() && items.stream().noneMatch(PaketManifest::isClosed)) {
            return new Closed.Unknown("closed before, and the day's paper cannot be read" + Reply.words(answer));
        }
        Set<String> named = day.stream()
                .flatMap(said -> said.list("items").stream())
                .map(one -> one.text("shipmentNo"))
                .collect(Collectors.toSet());
        return decided(
                shipments,
                closed.or(named::contains),
                byNumber,
                day.map(said -> papers(said, downloads)).orElse(List.of()));
    }

    private static Closed decided(
            List<ShipmentId> shipments,
            Predicate<String> closed,
            Map<String, Reply> byNumber,
            List<Label.Document> papers) {
        List<Left> left = new ArrayList<>();
        for (ShipmentId shipment : shipments) {
            PaketNumbers.of(shipment).stream()
                    .filter(closed.negate())
                    .map(number -> why(byNumber.get(number)))
                    .findFirst()
                    .ifPresent(why -> left.add(new Left(shipment, why)));
        }
        if (left.size() < shipments.size()) {
            return new Closed.Done("", papers, left);
        }
        String words = left.stream().map(Left::words).distinct().collect(Collectors.joining("; "));
        boolean isTold = shipments.stream()
                .flatMap(shipment -> PaketNumbers.of(shipment).stream())
                .filter(closed.negate())
                .allMatch(number -> isTold(byNumber.get(number)));
        return isTold ? new Closed.Refused(words) : new Closed.Unknown(words);
    }

    /** Whether it is said that it was closed or that it was not: neither where DHL failed over it, or could not just now. */
    private static boolean isTold(@Nullable Reply item) {
        if (item == null || PaketErrors.isNotNow(item)) {
            return false;
        }
        int status = PaketErrors.status(item);
        return status > 0 && status < 500;
    }

    /** Why a number is not in the manifest; empty when it is. */
    private static String why(@Nullable Reply item) {
        if (item == null) {
            return "DHL does not name it";
        }
        String words = words(item);
        return isClosed(item) ? "" : words.isEmpty() ? "HTTP " + PaketErrors.status(item) : words;
    }

    private static String words(Reply item) {
        return item.text("sstatus", "detail").isEmpty()
                ? item.text("sstatus", "title")
                : item.text("sstatus", "detail");
    }

    private static boolean isClosed(Reply item) {
        int status = PaketErrors.status(item);
        return status >= 200 && status < 300 && !isClosedBefore(item);
    }

    /** Told in a warning: by this hub, whose answer was lost, or by DHL in the evening. The day's paper names what was. */
    private static boolean isClosedBefore(Reply item) {
        String words = words(item).toLowerCase(Locale.ROOT);
        return words.contains("already") || words.contains("bereits");
    }

    private static Optional<Reply> day(Answer answer) {
        return answer.read(
                said -> said.ok() ? Optional.of(Reply.of(said.body())) : unread("HTTP " + said.status()),
                PaketManifest::unread);
    }

    private static Optional<Reply> unread(String why) {
        LOG.warn("the manifest of a daily close cannot be read: {}", why);
        return Optional.empty();
    }

    /** What is closed is closed, whether its paper can be read or not; one that cannot hides no other. */
    private static List<Label.Document> papers(Reply day, Downloads downloads) {
        return day.list("manifest").stream()
                .flatMap(json -> PaketLabels.document(json, "manifest", 0, "A4", downloads).stream())
                .filter(paper -> paper.format().equals("PDF"))
                .toList();
    }
}
