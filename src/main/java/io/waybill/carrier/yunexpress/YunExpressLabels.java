package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code GET /v1/order/label/get}: an address, base 64 or the label itself, and nothing while it is being made. */
final class YunExpressLabels {
    private static final Set<String> FORMATS = Set.of("PDF", "PNG");

    /** With its scheme, or a host that has a point or a port: no base 64 has either. */
    private static final Pattern ADDRESS =
            Pattern.compile("(https?:)?//|[\\w-]+((\\.[\\w-]+)+(:\\d+)?|:\\d+)/", Pattern.CASE_INSENSITIVE);

    private YunExpressLabels() {}

    /**
     * {@code label_type}.
     *
     * @throws io.waybill.carrier.RefusedException for a format YunExpress does not print
     */
    static String type(LabelRequest label) {
        if (!FORMATS.contains(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS);
        }
        return label.format();
    }

    /** @param label asks for it */
    static Fetched fetched(
            List<ExternalNumber> numbers, Supplier<Answer> label, LabelRequest wanted, Downloads downloads) {
        return label.get().read(answer -> read(answer, numbers, wanted, downloads), Fetched.NotYet::new);
    }

    private static Fetched read(
            Answer.Read answer, List<ExternalNumber> numbers, LabelRequest wanted, Downloads downloads) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (said.isRefusal() || !answer.ok()) {
            return new Fetched.NotYet(YunExpressError.of(answer).told());
        }
        Reply label = said.result();
        String content = first(label, "label_string", "label_content", "url", "label_url");
        if (content.isEmpty()) {
            return new Fetched.NotYet("YunExpress has not made the label yet");
        }
        byte[] bytes = bytes(content, downloads);
        return new Fetched.Ready(
                new Label(List.of(document(bytes, text(label, "label_type"), wanted))), numbers, List.of());
    }

    private static String first(Reply label, String... fields) {
        return Stream.of(fields)
                .map(field -> text(label, field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static byte[] bytes(String content, Downloads downloads) {
        if (ADDRESS.matcher(content).lookingAt()) {
            return downloads.read(content);
        }
        byte[] plain = content.getBytes(UTF_8);
        return LabelBytes.formatOf(plain).isEmpty() ? Reply.bytes(content) : plain;
    }

    /** By its bytes. A picture where a PDF was wanted becomes one. */
    private static Label.Document document(byte[] bytes, String said, LabelRequest wanted) {
        if (LabelBytes.isPicture(bytes) && wanted.format().equals("PDF")) {
            return paper("PDF", LabelImages.pdf(bytes, wanted.size()), wanted);
        }
        String format = LabelBytes.formatOf(bytes, said);
        if (LabelBytes.isPicture(bytes) && !format.equals("PNG")) {
            return paper("PNG", LabelImages.png(bytes), wanted);
        }
        if (format.isEmpty()) {
            throw new IllegalArgumentException("no label by its bytes");
        }
        return paper(format, bytes, wanted);
    }

    private static Label.Document paper(String format, byte[] bytes, LabelRequest wanted) {
        return new Label.Document("shipping_label", 1, format, wanted.size(), bytes);
    }
}
