package io.waybill.carrier.dhl_parcel_de;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DHL printed: in {@code b64}, as it is in {@code zpl2}, or at a {@code url}. */
final class PaketLabels {
    private static final Logger LOG = LoggerFactory.getLogger(PaketLabels.class);

    private PaketLabels() {}

    /**
     * A label for each parcel, in their order, with its return label and its declaration; empty when one of the labels is missing, or one
     * of all these is to be read later.
     */
    static Optional<Label> of(List<Reply> items, PaketPrint print, Downloads downloads) {
        try {
            return read(items, print, downloads);
        } catch (Downloads.LaterException later) {
            LOG.info("the label comes later: {}", later.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Label> read(List<Reply> items, PaketPrint print, Downloads downloads) {
        List<Label.Document> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Reply item = items.get(i);
            Optional<Label.Document> label =
                    document(item.at("label"), "shipping_label", i + 1, print.size(), downloads);
            if (label.isEmpty()) {
                return Optional.empty();
            }
            all.add(label.get());
            document(item.at("returnLabel"), "return_label", i + 1, print.size(), downloads)
                    .ifPresent(all::add);
            document(item.at("customsDoc"), "customs_declaration", i + 1, "A4", downloads)
                    .ifPresent(all::add);
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(new Label(all));
    }

    /**
     * One of DHL's documents; empty when there is none, or none that can be read.
     *
     * @param parcel 0 for all of them
     */
    static Optional<Label.Document> document(Reply json, String kind, int parcel, String size, Downloads downloads) {
        if (!json.isPresent()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = bytes(json, downloads);
            String format = LabelBytes.formatOf(bytes, json.text("zpl2").isEmpty() ? "" : "ZPL");
            if (format.isEmpty()) {
                throw new IllegalArgumentException("no document by its bytes");
            }
            return Optional.of(new Label.Document(kind, parcel, format, size, bytes));
        } catch (Downloads.LaterException later) {
            throw later;
        } catch (RuntimeException unreadable) {
            LOG.warn("the {} of parcel {} cannot be read: {}", kind, parcel, unreadable.toString());
            return Optional.empty();
        }
    }

    private static byte[] bytes(Reply json, Downloads downloads) {
        if (!json.text("b64").isEmpty()) {
            return json.base64("b64");
        }
        return json.text("zpl2").isEmpty()
                ? downloads.read(json.required("url"))
                : json.text("zpl2").getBytes(UTF_8);
    }

    /** Until the daily close DHL prints again what it sold; after it, it knows the shipment no more. */
    static Fetched fetched(Answer.Read answer, List<String> numbers, PaketPrint print, Downloads downloads) {
        if (PaketErrors.isAboutTheCaller(answer)) {
            return new Fetched.NotYet("HTTP " + answer.status() + Reply.words(answer));
        }
        Reply json = Reply.of(answer.body());
        List<Reply> items = json.list("items");
        List<Reply> ordered = numbers.stream()
                .flatMap(number -> items.stream()
                        .filter(item -> item.text("shipmentNo").equals(number))
                        .limit(1))
                .toList();
        Optional<Label> label =
                of(ordered.size() == numbers.size() || !ordered.isEmpty() ? ordered : items, print, downloads);
        if (label.isPresent()
                && label.get().documents().stream()
                                .mapToInt(Label.Document::parcel)
                                .max()
                                .orElse(0)
                        == numbers.size()) {
            return new Fetched.Ready(label.get());
        }
        boolean unknown = (answer.status() == 404 && json.at("status").isPresent())
                || (!items.isEmpty()
                        && items.stream()
                                .allMatch(item -> PaketErrors.saysNo(item) && !PaketErrors.isAboutTheCaller(item)));
        String words = PaketErrors.orElse(answer, json, "closed").words();
        boolean isNotNow = NotNow.isSaid(words) || items.stream().anyMatch(PaketErrors::isNotNow);
        return unknown && !isNotNow
                ? new Fetched.Gone(words)
                : new Fetched.NotYet("DHL sent no label that can be read");
    }
}
