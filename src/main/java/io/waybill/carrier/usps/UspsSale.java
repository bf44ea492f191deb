package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what comes of a label request. */
final class UspsSale {
    private static final Logger LOG = LoggerFactory.getLogger(UspsSale.class);

    private UspsSale() {}

    /** @param request the {@code LabelRequest} it answers */
    static Outcome outcome(Answer.Read answer, Reply request) {
        if (UspsLabelReply.isRefusal(answer)) {
            return UspsErrors.outcome(answer);
        }
        UspsLabelReply reply = UspsLabelReply.of(answer);
        return bought(reply, label(reply, UspsImage.asked(request.at("imageInfo"))), answer)
                .warned(Stream.concat(
                        reply.metadata().list("extraServices").stream()
                                .flatMap(extra -> extra.list("warnings").stream())
                                .map(one -> (one.text("warningCode") + " " + one.text("warningDescription")).strip()),
                        UspsCharges.unpriced(reply.metadata())));
    }

    static Outcome.Bought bought(UspsLabelReply reply, Optional<Label> label, Answer.Read answer) {
        String number = reply.number();
        return new Outcome.Bought(
                new ShipmentId(number),
                List.of(new ExternalNumber("tracking", 1, number)),
                PriceParts.ofSale(() -> UspsCharges.ofSale(reply.metadata())),
                label,
                answer.body());
    }

    /** What cannot be read, or was cut on the way, is printed again later: the label is sold whatever its picture. */
    static Optional<Label> label(UspsLabelReply reply, LabelRequest wanted) {
        List<Label.Document> papers = new ArrayList<>();
        reply.image("labelImage", "returnLabelImage")
                .flatMap(bytes -> document("shipping_label", 1, bytes, wanted))
                .ifPresent(papers::add);
        if (papers.isEmpty()) {
            return Optional.empty();
        }
        reply.image("receiptImage", "returnReceiptImage")
                .flatMap(bytes -> document("receipt", 0, bytes, wanted))
                .ifPresent(papers::add);
        return Optional.of(new Label(papers));
    }

    static Optional<Label.Document> document(String kind, int parcel, byte[] bytes, LabelRequest wanted) {
        String format = LabelBytes.formatOf(bytes, wanted.format());
        if (!LabelBytes.isWhole(bytes, wanted.format())) {
            LOG.warn(
                    "the {} cannot be read: {} bytes of {}",
                    kind,
                    bytes.length,
                    format.isEmpty() ? "no label" : format);
            return Optional.empty();
        }
        byte[] asked = asked(bytes, format, wanted);
        return Optional.of(
                new Label.Document(kind, parcel, LabelBytes.formatOf(asked, wanted.format()), wanted.size(), asked));
    }

    /** A picture as a page where a page was asked for; one that cannot be drawn stays as it came. */
    private static byte[] asked(byte[] bytes, String format, LabelRequest wanted) {
        boolean picture = format.equals("GIF") || format.equals("PNG");
        try {
            return picture && wanted.format().equals("PDF") ? LabelImages.pdf(bytes, wanted.size()) : bytes;
        } catch (RuntimeException noPicture) {
            LOG.warn("a {} cannot be drawn: {}", format, noPicture.toString());
            return bytes;
        }
    }
}
