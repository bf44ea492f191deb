package io.waybill.carrier.ups;

import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pictures in UPS's answers, as they were asked for. */
final class UpsLabels {
    private static final Logger LOG = LoggerFactory.getLogger(UpsLabels.class);
    private static final String INVOICE = "commercial_invoice";

    private UpsLabels() {}

    /** One document a package, in their order; empty when one of them is missing or no label. */
    static Optional<Label> of(List<Reply> images, LabelRequest wanted) {
        SortedMap<Integer, Reply> byParcel = new TreeMap<>();
        images.forEach(image -> byParcel.put(byParcel.size() + 1, image));
        return of(byParcel, wanted);
    }

    /** The same of packages whose place among the parcels is known. */
    static Optional<Label> of(SortedMap<Integer, Reply> images, LabelRequest wanted) {
        List<Label.Document> documents = new ArrayList<>();
        for (Map.Entry<Integer, Reply> image : images.entrySet()) {
            Optional<Label.Document> document = document(image.getValue(), image.getKey(), wanted);
            if (document.isEmpty()) {
                return Optional.empty();
            }
            documents.add(document.get());
        }
        return documents.isEmpty() ? Optional.empty() : Optional.of(new Label(documents));
    }

    private static Optional<Label.Document> document(Reply image, int parcel, LabelRequest wanted) {
        try {
            byte[] bytes = converted(image.base64("GraphicImage"), wanted);
            String format = LabelBytes.formatOf(bytes, wanted.format());
            if (format.isEmpty()) {
                throw new IllegalArgumentException("no label by its bytes");
            }
            return Optional.of(new Label.Document("shipping_label", parcel, format, wanted.size(), bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("the label of parcel {} cannot be read: {}", parcel, unreadable.toString());
            return Optional.empty();
        }
    }

    private static byte[] converted(byte[] bytes, LabelRequest wanted) {
        String is = LabelBytes.formatOf(bytes);
        boolean picture = is.equals("GIF") || is.equals("PNG");
        if (picture && wanted.format().equals("PDF")) {
            return LabelImages.pdf(bytes, wanted.size());
        }
        return picture && wanted.format().equals("PNG") ? LabelImages.png(bytes) : bytes;
    }

    /** With the forms of a shipment beyond customs, one PDF, where the answer tells them too. */
    static Label withForms(Label label, Reply results) {
        List<Label.Document> papers = new ArrayList<>(label.documents());
        for (Reply form : results.list("Form")) {
            form(form.at("Image")).ifPresent(papers::add);
        }
        return new Label(papers);
    }

    /** The same of a label that came after its sale: UPS may tell the forms in the answer to the sale alone. */
    static Label withFormsOfSale(Label label, Reply results) {
        boolean isThere = label.documents().stream().anyMatch(one -> one.kind().equals(INVOICE));
        return isThere ? label : withForms(label, results);
    }

    private static Optional<Label.Document> form(Reply image) {
        try {
            byte[] bytes = image.base64("GraphicImage");
            String format = LabelBytes.formatOf(bytes);
            return format.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Label.Document(INVOICE, 0, format, "letter", bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("a form cannot be read: {}", unreadable.toString());
            return Optional.empty();
        }
    }
}
