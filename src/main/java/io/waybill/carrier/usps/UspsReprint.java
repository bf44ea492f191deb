package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.RequestJson;
import java.util.Optional;

/**
 * {@code label-reprint}: a label printed again, by its number or by the key it was bought with. USPS does it three times, up
 * to the mailing date. It has no other look-up, so a purchase is found by printing it.
 */
final class UspsReprint {
    static final LabelRequest ANY = new LabelRequest("PDF", "4x6", 203);

    private static final CodeTable CODES = CodeTable.read(UspsReprint.class, "reprints.csv", "unknown");

    private UspsReprint() {}

    static byte[] request(LabelRequest label) {
        ObjectNode out = RequestJson.object();
        out.set("imageInfo", UspsImage.again(label));
        return RequestJson.bytes(out);
    }

    /**
     * What a key found. The label is left out: it is printed as it is wanted when it is wanted. A label that was sold but is
     * not printed any more cannot be looked up: the stored request is sent again, which USPS answers with what it sold.
     */
    static Found found(Answer.Read answer) {
        if (answer.ok()) {
            return new Found.Sold(UspsSale.bought(UspsLabelReply.of(answer), Optional.empty(), answer));
        }
        if (UspsErrors.isAboutTheCaller(answer)) {
            return new Found.Unreachable(UspsErrors.of(answer).words());
        }
        UspsErrors errors = UspsErrors.of(answer);
        return switch (word(errors)) {
            case "nothing" -> new Found.Nothing();
            case "spent" -> new Found.Impossible();
            default -> new Found.Unreachable(errors.words());
        };
    }

    /** Gone is only said where USPS says that this label is never printed again; it is then voided and bought once more. */
    static Fetched fetched(Answer.Read answer, LabelRequest wanted) {
        if (!answer.ok()) {
            UspsErrors errors = UspsErrors.of(answer);
            boolean gone = !UspsErrors.isAboutTheCaller(answer)
                    && (word(errors).equals("spent") || word(errors).equals("cancelled"));
            return gone ? new Fetched.Gone(errors.words()) : new Fetched.NotYet(errors.words());
        }
        Optional<Label> label = UspsSale.label(UspsLabelReply.of(answer), wanted);
        return label.<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet("USPS sent no label that can be read"));
    }

    private static String word(UspsErrors errors) {
        return CODES.codes().contains(errors.code())
                ? CODES.word(errors.code())
                : CODES.wordWithin(errors.words()).orElseGet(() -> CODES.word(errors.code()));
    }
}
