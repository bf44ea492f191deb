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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pictures in UPS's answers, as they were asked for. */
final class UpsLabels {
    private static final Logger LOG = LoggerFactory.getLogger(UpsLabels.class);

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

    /** With the papers that the answer tells beside the labels: they are to be printed too. */
    static Label withPapers(Label label, Reply results, LabelRequest wanted) {
        return with(label, papers(results, wanted));
    }

    /** The same of a label that came after its sale: UPS may tell some papers in the answer to the sale alone. */
    static Label withPapersOfSale(Label label, List<Label.Document> papers) {
        Set<String> there = label.documents().stream().map(Label.Document::kind).collect(Collectors.toSet());
        return with(
                label,
                papers.stream().filter(paper -> !there.contains(paper.kind())).toList());
    }

    private static Label with(Label label, List<Label.Document> papers) {
        return new Label(
                Stream.concat(label.documents().stream(), papers.stream()).toList());
    }

    /**
     * The forms of a shipment beyond customs, one PDF; the reports of parcels of high value, which the driver signs; and what a
     * thermal label has no room for when it is printed outside the US, a text with a box to sign.
     *
     * @param results of a sale, or of a look-up of its labels
     */
    static List<Label.Document> papers(Reply results, LabelRequest wanted) {
        Stream<Optional<Label.Document>> reports = Stream.concat(
                results.list("ControlLogReceipt").stream()
                        .map(report -> paper("receipt", report, "GraphicImage", wanted)),
                results.list("HighValueReport").stream()
                        .map(report -> paper("receipt", report.at("Image"), "GraphicImage", wanted)));
        Stream<Optional<Label.Document>> signed = Stream.concat(
                        results.list("PackageResults").stream().map(one -> one.at("ShippingLabel")),
                        results.list("LabelResults").stream().map(one -> one.at("LabelImage")))
                .map(image -> paper("waybill", image, "InternationalSignatureGraphicImage", wanted));
        return Stream.of(
                        results.list("Form").stream()
                                .map(form -> paper("commercial_invoice", form.at("Image"), "GraphicImage", wanted)),
                        reports,
                        signed)
                .flatMap(papers -> papers)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Label.Document> paper(String kind, Reply image, String field, LabelRequest wanted) {
        if (image.text(field).isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = converted(image.base64(field), wanted);
            boolean isPage = kind.equals("receipt") && LabelBytes.isHtml(bytes);
            String format = isPage ? "HTML" : LabelBytes.formatOf(bytes, wanted.format());
            if (format.isEmpty()) {
                throw new IllegalArgumentException("no paper by its bytes");
            }
            boolean isSheet = format.equals("PDF") || format.equals("HTML");
            return Optional.of(new Label.Document(kind, 0, format, isSheet ? "letter" : wanted.size(), bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("the {} beside a label cannot be read: {}", kind, unreadable.toString());
            return Optional.empty();
        }
    }
}
