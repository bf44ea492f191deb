package io.waybill.carrier.dhl_express;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Label;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.net.URLEncoder;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code get-image}: what DHL scanned and filed of a shipment, once it was picked up. */
final class ExpressPapers {
    private static final Map<String, String> KINDS = Map.of(
            "waybill", "waybill",
            "commercial-invoice", "commercial_invoice",
            "dhl-issued-proforma-invoice", "commercial_invoice",
            "customs-entry", "customs_declaration",
            "transport-accompanying-document", "customs_declaration",
            "generic-entry-summary", "customs_declaration");

    private ExpressPapers() {}

    static String path(ShipmentId id, String number, YearMonth month) {
        return "/shipments/" + URLEncoder.encode(id.value(), UTF_8) + "/get-image?shipperAccountNumber="
                + URLEncoder.encode(number, UTF_8)
                + "&typeCode=waybill&typeCode=commercial-invoice&typeCode=customs-entry&pickupYearAndMonth=" + month
                + "&encodingFormat=pdf&allInOnePDF=false&compressedPackage=false";
    }

    /**
     * Those that can be read.
     *
     * @throws IllegalStateException when DHL says neither what it has nor that it has nothing
     */
    static List<Label.Document> papers(Answer.Read answer) {
        if (!answer.ok()) {
            if (ExpressLookUp.isNotFound(answer)) {
                return List.of();
            }
            throw new IllegalStateException(ExpressErrors.words(answer));
        }
        Reply json = Reply.of(answer.body());
        if (!json.at("documents").isPresent()) {
            throw new IllegalStateException(ExpressErrors.words(answer));
        }
        return json.list("documents").stream()
                .flatMap(one -> ExpressLabels.document(one, one.text("encodingFormat"), kind(one), 0, "A4").stream())
                .toList();
    }

    private static String kind(Reply json) {
        return KINDS.getOrDefault(json.text("typeCode").toLowerCase(Locale.ROOT), "");
    }
}
