package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code postage_label}: addresses of the label in the format it was made in, and in those it was converted to; and {@code forms}. */
final class EasyPostLabels {
    private static final Logger LOG = LoggerFactory.getLogger(EasyPostLabels.class);
    private static final Set<String> FORMATS = Set.of("PDF", "PNG", "ZPL", "EPL2");
    private static final Map<String, String> ADDRESSES =
            Map.of("PDF", "label_pdf_url", "ZPL", "label_zpl_url", "EPL2", "label_epl2_url");

    private EasyPostLabels() {}

    /**
     * {@code label_format}.
     *
     * @throws io.waybill.carrier.RefusedException for a format or size EasyPost does not make
     */
    static String format(LabelRequest label) {
        if (!FORMATS.contains(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS);
        }
        if (!label.size().equals("4x6")) {
            throw Refusals.takesNot(label.size(), "/label/size", "4x6");
        }
        return label.format();
    }

    /** @param convert asks for the label in another format */
    static Fetched fetched(Reply shipment, LabelRequest wanted, Function<String, Answer> convert, Downloads downloads) {
        if (!EasyPostSale.isBought(shipment)) {
            return new Fetched.NotYet("the shipment is not bought");
        }
        Optional<Label.Document> label = label(shipment, wanted, downloads)
                .or(() -> convert.apply(wanted.format())
                        .read(
                                answer -> label(EasyPostSale.shipment(answer), wanted, downloads),
                                silence -> Optional.empty()));
        if (label.isEmpty()) {
            return new Fetched.NotYet("EasyPost has no label as " + wanted.format());
        }
        List<Label.Document> all = new ArrayList<>(label.stream().toList());
        shipment.list("forms").forEach(form -> paper(form, downloads).ifPresent(all::add));
        return new Fetched.Ready(new Label(all), EasyPostSale.numbers(shipment), List.of());
    }

    /** In the wanted format, or as a picture that can be made a PDF. */
    private static Optional<Label.Document> label(Reply shipment, LabelRequest wanted, Downloads downloads) {
        Reply label = shipment.at("postage_label");
        String own = label.text(ADDRESSES.getOrDefault(wanted.format(), "label_url"));
        String address = own.isEmpty() ? label.text("label_url") : own;
        if (address.isEmpty() || (own.isEmpty() && !mayBe(label.text("label_file_type"), wanted.format()))) {
            return Optional.empty();
        }
        byte[] bytes = downloads.read(address);
        String format = LabelBytes.formatOf(bytes, own.isEmpty() ? label.text("label_file_type") : wanted.format());
        boolean isPicture = format.equals("PNG") || format.equals("GIF");
        if (isPicture && wanted.format().equals("PDF")) {
            return Optional.of(document("PDF", LabelImages.pdf(bytes, wanted.size()), wanted));
        }
        return format.equals(wanted.format()) ? Optional.of(document(format, bytes, wanted)) : Optional.empty();
    }

    /** A type that is not said is looked at; a picture can be made a PDF. */
    private static boolean mayBe(String type, String format) {
        return switch (type) {
            case "image/png", "image/gif" -> format.equals("PNG") || format.equals("PDF");
            case "application/pdf" -> format.equals("PDF");
            case "application/zpl" -> format.equals("ZPL");
            case "application/epl2" -> format.equals("EPL2");
            default -> true;
        };
    }

    private static Label.Document document(String format, byte[] bytes, LabelRequest wanted) {
        return new Label.Document("shipping_label", 1, format, wanted.size(), bytes);
    }

    private static Optional<Label.Document> paper(Reply form, Downloads downloads) {
        String kind = switch (form.text("form_type")) {
            case "commercial_invoice" -> "commercial_invoice";
            case "cn22", "high_value_report", "nafta_certificate_of_origin" -> "customs_declaration";
            default -> "";
        };
        if (kind.isEmpty() || form.text("form_url").isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = downloads.read(form.text("form_url"));
            String format = LabelBytes.formatOf(bytes);
            return format.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Label.Document(kind, 0, format, "letter", bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("the {} cannot be read: {}", kind, unreadable.toString());
            return Optional.empty();
        }
    }
}
