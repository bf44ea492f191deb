package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Multipart;
import io.waybill.carrier.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer with papers in it, in either of USPS's forms, whichever was asked for: JSON with the pictures in it, or parts of
 * which the first is JSON.
 *
 * @param metadata what is told of the label
 * @param images by their names; one that cannot be read is not among them
 */
record UspsLabelReply(Reply metadata, Map<String, byte[]> images) {
    private static final Logger LOG = LoggerFactory.getLogger(UspsLabelReply.class);
    private static final int BEGIN = 100;
    private static final List<String> METADATA =
            List.of("labelMetadata", "returnLabelMetadata", "SCANFormMetadata", "SCANFormMetaData");
    private static final List<String> IMAGES =
            List.of("labelImage", "returnLabelImage", "receiptImage", "returnReceiptImage", "SCANFormImage");

    /** @throws RuntimeException when it is neither */
    static UspsLabelReply of(Answer.Read answer) {
        return isJson(answer.body()) ? json(Reply.of(answer.body())) : parts(Multipart.of(answer));
    }

    /** An error, of 2xx too, but none that stands beside a label's number: that label is sold, whatever else is said. */
    static boolean isRefusal(Answer.Read answer) {
        return !answer.ok()
                || (UspsErrors.isToldInSuccess(answer) && of(answer).told().isEmpty());
    }

    /** Behind a byte order mark, too. */
    static boolean isJson(byte[] body) {
        String begin = new String(body, 0, Math.min(body.length, BEGIN), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading();
        return begin.isEmpty() || begin.startsWith("{") || begin.startsWith("[");
    }

    private static UspsLabelReply json(Reply root) {
        Map<String, byte[]> images = new TreeMap<>();
        for (String name : IMAGES) {
            if (!root.text(name).isEmpty()) {
                keep(images, name, () -> root.base64(name));
            }
        }
        Reply metadata = METADATA.stream()
                .map(root::at)
                .filter(Reply::isPresent)
                .findFirst()
                .orElse(root);
        return new UspsLabelReply(metadata, images);
    }

    /** A picture without a name is the label, for a label is never missing where a receipt is not. */
    private static UspsLabelReply parts(Multipart answer) {
        List<Multipart.Part> rest = new ArrayList<>(answer.parts());
        Optional<Multipart.Part> metadata = METADATA.stream()
                .flatMap(name -> answer.part(name).stream())
                .findFirst()
                .or(() -> rest.stream().filter(part -> isJson(part.bytes())).findFirst());
        rest.remove(metadata.orElseThrow(() -> new IllegalArgumentException("it has no metadata")));
        Map<String, byte[]> images = new TreeMap<>();
        for (String name : IMAGES) {
            answer.part(name).ifPresent(part -> {
                keep(images, name, part::content);
                rest.remove(part);
            });
        }
        rest.stream()
                .filter(part -> part.name().isEmpty() || part.name().equalsIgnoreCase("label"))
                .findFirst()
                .filter(part -> !images.containsKey("labelImage"))
                .ifPresent(part -> keep(images, "labelImage", part::content));
        return new UspsLabelReply(Reply.of(metadata.get().content()), images);
    }

    private interface Bytes {
        byte[] get();
    }

    private static void keep(Map<String, byte[]> images, String name, Bytes bytes) {
        try {
            images.put(name, bytes.get());
        } catch (RuntimeException unreadable) {
            LOG.warn("{} cannot be read: {}", name, unreadable.toString());
        }
    }

    /**
     * Domestic and international labels call it otherwise.
     *
     * @throws RuntimeException when there is none
     */
    String number() {
        String told = told();
        return UspsNumbers.plain(told.isEmpty() ? metadata.required("trackingNumber") : told);
    }

    private String told() {
        String abroad = metadata.text("internationalTrackingNumber");
        return abroad.isEmpty() ? metadata.text("trackingNumber") : abroad;
    }

    Optional<byte[]> image(String... names) {
        return List.of(names).stream()
                .filter(images::containsKey)
                .map(images::get)
                .findFirst();
    }
}
