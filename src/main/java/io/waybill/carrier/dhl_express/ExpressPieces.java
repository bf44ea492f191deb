package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which parcel a label belongs to: the one DHL names; those it names none of belong to the others, in the order they come. What
 * is left over is the waybill that the courier takes, which some answers call a label too. One file for several parcels is
 * taken apart by its pages.
 */
final class ExpressPieces {
    private static final Logger LOG = LoggerFactory.getLogger(ExpressPieces.class);

    /** The parcel of a label that DHL names none of. */
    private static final int NONE = 0;

    private ExpressPieces() {}

    /** Empty when a parcel has no label of its own: another's would send it to the wrong place. */
    static List<Label.Document> assigned(List<Label.Document> labels, int parcels) {
        boolean isOneFile =
                labels.size() == 1 && parcels > 1 && labels.get(0).format().equals("PDF");
        List<Label.Document> left = isOneFile ? pages(labels.get(0), parcels) : new ArrayList<>(labels);
        List<Label.Document> all = new ArrayList<>();
        for (int parcel = 1; parcel <= parcels; parcel++) {
            Optional<Label.Document> own = named(left, parcel).or(() -> named(left, NONE));
            if (own.isEmpty()) {
                return List.of();
            }
            left.remove(own.get());
            all.add(as(own.get(), "shipping_label", parcel));
        }
        left.forEach(rest -> all.add(as(rest, "waybill", 0)));
        return all;
    }

    private static Optional<Label.Document> named(List<Label.Document> labels, int parcel) {
        return labels.stream().filter(label -> label.parcel() == parcel).findFirst();
    }

    private static List<Label.Document> pages(Label.Document label, int parcels) {
        List<Label.Document> all = new ArrayList<>();
        try {
            for (byte[] page : LabelImages.pages(label.bytes())) {
                all.add(new Label.Document(label.kind(), NONE, label.format(), label.size(), page));
            }
        } catch (RuntimeException unreadable) {
            LOG.warn("the labels of {} parcels cannot be taken apart: {}", parcels, unreadable.toString());
        }
        return all.size() < parcels ? new ArrayList<>(List.of(label)) : all;
    }

    private static Label.Document as(Label.Document document, String kind, int parcel) {
        return new Label.Document(kind, parcel, document.format(), document.size(), document.bytes());
    }
}
