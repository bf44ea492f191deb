package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which parcel a label belongs to: the one DHL names, else by the order they come in. What is left over is the waybill that the
 * courier takes, which some answers call a label too. One file for several parcels is taken apart by its pages.
 */
final class ExpressPieces {
    private ExpressPieces() {}

    /** @param labels at least one */
    static List<Label.Document> assigned(List<Label.Document> labels, int parcels) {
        List<Label.Document> left = new ArrayList<>(labels);
        if (labels.size() == 1 && parcels > 1 && labels.get(0).format().equals("PDF")) {
            left = pages(labels.get(0), parcels);
        }
        List<Label.Document> all = new ArrayList<>();
        for (int parcel = 1; parcel <= parcels && !left.isEmpty(); parcel++) {
            Label.Document own = named(left, parcel).orElse(left.get(0));
            left.remove(own);
            all.add(as(own, "shipping_label", parcel));
        }
        left.forEach(rest -> all.add(as(rest, "waybill", 0)));
        return all;
    }

    private static Optional<Label.Document> named(List<Label.Document> labels, int parcel) {
        return labels.stream().filter(label -> label.parcel() == parcel).findFirst();
    }

    private static List<Label.Document> pages(Label.Document label, int parcels) {
        List<byte[]> pages = LabelImages.pages(label.bytes());
        if (pages.size() < parcels) {
            return new ArrayList<>(List.of(label));
        }
        List<Label.Document> all = new ArrayList<>();
        pages.forEach(page -> all.add(new Label.Document(label.kind(), 0, label.format(), label.size(), page)));
        return all;
    }

    private static Label.Document as(Label.Document document, String kind, int parcel) {
        return new Label.Document(kind, parcel, document.format(), document.size(), document.bytes());
    }
}
