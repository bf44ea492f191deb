package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Manifests.Left;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    /** @param paper asks for the day's paper, once something was closed */
    static Closed closed(Answer.Read answer, List<ShipmentId> shipments, Supplier<Answer> paper) {
        Reply json = Reply.of(answer.body());
        if (PaketErrors.isAboutTheCaller(answer)) {
            return new Closed.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        List<Reply> items = json.list("items");
        if (items.isEmpty()) {
            Reply status = json.at("status").json().isObject() ? json.at("status") : json;
            String words = PaketErrors.said(status);
            return answer.ok() || words.isEmpty()
                    ? new Closed.Unknown("it names no shipment" + Reply.words(answer))
                    : new Closed.Refused(words);
        }
        Map<String, Reply> byNumber = items.stream()
                .collect(Collectors.toMap(item -> item.text("shipmentNo"), item -> item, (one, other) -> one));
        List<Left> left = new ArrayList<>();
        for (ShipmentId shipment : shipments) {
            PaketNumbers.of(shipment).stream()
                    .map(number -> why(byNumber.get(number)))
                    .filter(why -> !why.isEmpty())
                    .findFirst()
                    .ifPresent(why -> left.add(new Left(shipment, why)));
        }
        if (left.size() == shipments.size()) {
            return new Closed.Refused(left.stream().map(Left::words).distinct().collect(Collectors.joining("; ")));
        }
        return new Closed.Done("", papers(paper.get()), left);
    }

    /** Why a number is not in the manifest; empty when it is. What was closed before is told in a warning. */
    private static String why(@org.jspecify.annotations.Nullable Reply item) {
        if (item == null) {
            return "DHL does not name it";
        }
        String words = item.text("sstatus", "detail").isEmpty()
                ? item.text("sstatus", "title")
                : item.text("sstatus", "detail");
        int status = PaketErrors.status(item);
        boolean closed =
                status >= 200 && status < 300 && !words.toLowerCase(Locale.ROOT).contains("already");
        return closed ? "" : words.isEmpty() ? "HTTP " + status : words;
    }

    /** What is closed is closed, whether its paper can be read or not. */
    private static List<Label.Document> papers(Answer answer) {
        return answer.read(
                said -> Reply.of(said.body()).list("manifest").stream()
                        .map(json -> json.base64("b64"))
                        .filter(bytes -> LabelImages.formatOf(bytes).equals("PDF"))
                        .map(bytes -> new Label.Document("manifest", 0, "PDF", "A4", bytes))
                        .toList(),
                why -> {
                    LOG.warn("the manifest of a daily close cannot be read: {}", why);
                    return List.of();
                });
    }
}
