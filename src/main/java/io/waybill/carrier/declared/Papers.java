package io.waybill.carrier.declared;

import io.waybill.carrier.Downloads;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of a label: bytes in base 64, text of a printer's language, or an address they are fetched from. */
final class Papers {
    private static final Logger LOG = LoggerFactory.getLogger(Papers.class);

    /** Of a purchase, which does not know any more what it was asked for. */
    static final LabelRequest AS_IT_COMES = new LabelRequest("", "4x6", 203);

    private final Downloads files;
    private final List<String> formats;

    /** @param formats that may be asked for: a picture is PDF where pictures are none of them */
    Papers(Downloads files, List<String> formats) {
        this.files = files;
        this.formats = formats;
    }

    /** Empty when it is not ready, when nothing is said where it is, and when one of its documents cannot be read now. */
    Optional<Label> label(Reply label, LabelRequest wanted) {
        String status = label.text("status");
        List<Reply> stated = new ArrayList<>(label.list("documents"));
        if (List.of("url", "base64", "text").stream()
                .anyMatch(where -> !label.text(where).isEmpty())) {
            stated.add(0, label);
        }
        if (stated.isEmpty() || !(status.isEmpty() || status.equals("ready"))) {
            return Optional.empty();
        }
        List<Label.Document> documents = new ArrayList<>();
        try {
            Map<String, Integer> places = new HashMap<>();
            for (Reply one : stated) {
                String kind = kind(one);
                int place = kind.endsWith("_label") ? places.merge(kind, 1, Integer::sum) : 0;
                documents.add(document(one, kind, place, wanted));
            }
            return Optional.of(new Label(documents));
        } catch (RuntimeException unreadable) {
            LOG.warn("a label cannot be read now: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    private static String kind(Reply stated) {
        return stated.text("kind").isEmpty() ? "shipping_label" : stated.text("kind");
    }

    /** @param place where it says none: a label belongs to the next parcel, a paper to all of them */
    private Label.Document document(Reply stated, String kind, int place, LabelRequest wanted) {
        int parcel = stated.text("parcel").isEmpty() ? place : Integer.parseInt(stated.text("parcel"));
        return paper(kind, parcel, bytes(stated), wanted)
                .orElseThrow(() -> new IllegalArgumentException("a " + kind + " is none by its bytes"));
    }

    /**
     * A label that is the whole answer; empty when it is none by its bytes.
     *
     * @throws RuntimeException for a picture that cannot be drawn
     */
    Optional<Label> file(byte[] bytes, LabelRequest wanted) {
        return paper("shipping_label", 1, bytes, wanted).map(one -> new Label(List.of(one)));
    }

    /** The same at an address; empty also when nothing comes from it. */
    Optional<Label> fileAt(String address, LabelRequest wanted) {
        try {
            return file(files.read(address), wanted);
        } catch (RuntimeException unreadable) {
            LOG.warn("a label cannot be read now: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    private Optional<Label.Document> paper(String kind, int parcel, byte[] bytes, LabelRequest wanted) {
        if (LabelImages.isPicture(bytes)) {
            byte[] asked = isPdf(wanted) ? LabelImages.pdf(bytes, wanted.size()) : LabelImages.png(bytes);
            return Optional.of(new Label.Document(kind, parcel, LabelImages.formatOf(asked), wanted.size(), asked));
        }
        String is = LabelImages.formatOf(bytes, wanted.format());
        return is.isEmpty()
                ? Optional.empty()
                : Optional.of(new Label.Document(kind, parcel, is, wanted.size(), bytes));
    }

    private boolean isPdf(LabelRequest wanted) {
        return wanted.format().isEmpty()
                ? !formats.contains("PNG")
                : wanted.format().equals("PDF");
    }

    private byte[] bytes(Reply stated) {
        if (!stated.text("base64").isEmpty()) {
            return stated.base64("base64");
        }
        return stated.text("text").isEmpty()
                ? files.read(stated.required("url"))
                : stated.text("text").getBytes(StandardCharsets.UTF_8);
    }
}
