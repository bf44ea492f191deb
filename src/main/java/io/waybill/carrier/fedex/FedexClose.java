package io.waybill.carrier.fedex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Manifests.Left;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code PUT /ship/v1/endofday/}, by FedEx's document of the Ground End of Day Close API v1: closes all Ground shipments of
 * the account and gives the manifest, a text. {@code POST} there prints those of a day again, three days back; that is
 * how a close whose answer was lost is told from one that did not happen.
 */
final class FedexClose {
    /** As many as the hub hands over at once; FedEx is not told which. */
    static final int MOST = 5_000;

    private FedexClose() {}

    /** Whether the close is about this service, by its code. */
    static boolean isGround(String service) {
        return FedexServices.isGround(service);
    }

    static byte[] request(String number, LocalDate day) {
        return RequestJson.bytes(about("GCDR", number, day));
    }

    static byte[] again(String number, LocalDate day) {
        return RequestJson.bytes(about("RGCDR", number, day).put("reprintOption", "BY_SHIP_DATE"));
    }

    private static ObjectNode about(String type, String number, LocalDate day) {
        ObjectNode out = RequestJson.object().put("closeReqType", type);
        out.set("accountNumber", FedexJson.value(number));
        out.put("groundServiceCategory", "GROUND").put("closeDate", day.toString());
        out.putObject("closeDocumentSpecification")
                .putArray("closeDocumentTypes")
                .add("MANIFEST");
        return out;
    }

    /** @param reprint asks for the manifests of the day, where this answer has none */
    static Closed closed(Answer.Read answer, List<ShipmentId> shipments, Supplier<Answer> reprint) {
        if (!answer.ok() && FedexErrors.isAboutTheCaller(answer)) {
            return new Closed.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        List<Label.Document> papers = papers(answer);
        if (!papers.isEmpty()) {
            return done(papers, shipments);
        }
        List<Label.Document> before = reprint.get().read(FedexClose::papers, silence -> List.of());
        if (named(before, shipments).isEmpty()) {
            return answer.ok() || FedexErrors.of(answer).isTransient()
                    ? new Closed.Unknown("it has no manifest" + Reply.words(answer))
                    : new Closed.Refused(FedexErrors.of(answer).words());
        }
        return done(before, shipments);
    }

    /** A manifest that names none of them lists no numbers at all, and leaves none out. */
    private static Closed done(List<Label.Document> papers, List<ShipmentId> shipments) {
        Set<ShipmentId> named = named(papers, shipments);
        List<Left> left = shipments.stream()
                .filter(one -> !named.isEmpty() && !named.contains(one))
                .map(one -> new Left(one, "FedEx's manifest does not name it"))
                .toList();
        return new Closed.Done("", papers, left);
    }

    private static Set<ShipmentId> named(List<Label.Document> papers, List<ShipmentId> shipments) {
        String text = papers.stream()
                .map(paper -> new String(paper.bytes(), ISO_8859_1))
                .collect(Collectors.joining("\n"))
                .replaceAll("(?<=\\d)[ -](?=\\d)", "");
        return shipments.stream().filter(one -> text.contains(one.value())).collect(Collectors.toSet());
    }

    private static List<Label.Document> papers(Answer.Read answer) {
        if (!answer.ok()) {
            return List.of();
        }
        return Reply.of(answer.body()).list("output", "closeDocuments").stream()
                .map(FedexClose::bytes)
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new Label.Document("manifest", 0, format(bytes), "letter", bytes))
                .toList();
    }

    private static byte[] bytes(Reply document) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        document.list("parts").stream()
                .filter(part -> !part.text("image").isEmpty())
                .forEach(part -> whole.writeBytes(part.base64("image")));
        return whole.toByteArray();
    }

    private static String format(byte[] bytes) {
        String known = LabelBytes.formatOf(bytes);
        return known.equals("PDF") || known.equals("PNG") ? known : "TXT";
    }
}
