package io.waybill.carrier.declared;

import io.waybill.carrier.Downloads;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** For a purchase that begins now: see {@link Downloads#ofPurchase}. */
    Papers ofPurchase() {
        return new Papers(files.ofPurchase(), formats);
    }

    /**
     * Empty when it is not ready, and where {@link #stated} is.
     *
     * @param parcels that are known to be
     */
    Optional<Label> label(Reply label, Set<Integer> parcels, LabelRequest wanted) {
        String status = label.text("status");
        return status.isEmpty() || status.equals("ready") ? stated(label, parcels, wanted) : Optional.empty();
    }

    /**
     * The same, ready or not when it was said. Empty when nothing is said where it is, when a parcel lacks its own, and when one of its
     * documents cannot be read now.
     */
    Optional<Label> stated(Reply label, Set<Integer> parcels, LabelRequest wanted) {
        List<Reply> stated = new ArrayList<>(label.list("documents"));
        if (List.of("url", "base64", "text").stream()
                .anyMatch(where -> !label.text(where).isEmpty())) {
            stated.add(0, label);
        }
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<Stated> papers = placed(stated);
            return isWhole(papers, parcels)
                    ? Optional.of(new Label(papers.stream()
                            .map(paper -> document(paper, wanted))
                            .toList()))
                    : Optional.empty();
        } catch (RuntimeException unreadable) {
            LOG.warn("a label cannot be read now: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    /** Whether one of its documents stands at an address, and nowhere else. */
    static boolean isAtAddress(Reply label) {
        return Stream.concat(Stream.of(label), label.list("documents").stream())
                .anyMatch(one -> !one.text("url").isEmpty()
                        && one.text("base64").isEmpty()
                        && one.text("text").isEmpty());
    }

    /** @param parcel 0 for all of them */
    private record Stated(Reply json, String kind, int parcel) {
        boolean isLabel() {
            return kind.endsWith("_label");
        }

        boolean namesItsParcel() {
            return !json.text("parcel").isEmpty();
        }
    }

    /** Where it names no parcel, a label belongs to the next one, a paper to all of them. */
    private static List<Stated> placed(List<Reply> stated) {
        Map<String, Integer> places = new HashMap<>();
        List<Stated> placed = new ArrayList<>();
        for (Reply one : stated) {
            String kind = kind(one);
            int place = kind.endsWith("_label") ? places.merge(kind, 1, Integer::sum) : 0;
            String parcel = one.text("parcel");
            placed.add(new Stated(one, kind, parcel.isEmpty() ? place : Integer.parseInt(parcel)));
        }
        return placed;
    }

    /**
     * Where labels name their parcels, each parcel has one: of those to ship it by, where there are any. What papers name says nothing of
     * labels.
     */
    private static boolean isWhole(List<Stated> papers, Set<Integer> parcels) {
        List<Stated> toShip = papers.stream()
                .filter(paper -> paper.kind().equals("shipping_label"))
                .toList();
        List<Stated> labels =
                toShip.isEmpty() ? papers.stream().filter(Stated::isLabel).toList() : toShip;
        Set<Integer> labelled = labels.stream().map(Stated::parcel).collect(Collectors.toSet());
        return labels.stream().noneMatch(Stated::namesItsParcel)
                || labelled.contains(0)
                || labelled.containsAll(parcels);
    }

    private static String kind(Reply stated) {
        return stated.text("kind").isEmpty() ? "shipping_label" : stated.text("kind");
    }

    private Label.Document document(Stated stated, LabelRequest wanted) {
        return paper(stated.kind(), stated.parcel(), bytes(stated.json()), wanted)
                .orElseThrow(() -> new IllegalArgumentException("a " + stated.kind() + " is none by its bytes"));
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
        if (LabelBytes.isPicture(bytes)) {
            byte[] asked = isPdf(wanted) ? LabelImages.pdf(bytes, wanted.size()) : LabelImages.png(bytes);
            return Optional.of(new Label.Document(kind, parcel, LabelBytes.formatOf(asked), wanted.size(), asked));
        }
        String is = LabelBytes.formatOf(bytes, wanted.format());
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
