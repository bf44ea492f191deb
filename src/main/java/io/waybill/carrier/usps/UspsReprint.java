package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.RequestJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code label-reprint}: a label printed again, by its number or by the key it was bought with. USPS does it three times, up
 * to the mailing date. It has no other look-up, so a purchase is found by printing it.
 */
final class UspsReprint {
    static final LabelRequest ANY = new LabelRequest("PDF", "4x6", 203);

    private static final CodeTable CODES = CodeTable.read(UspsReprint.class, "reprints.csv", "unknown");

    /** Labels 3.9.13 label-reprint: three times, up to the mailing date. A reprint that fails is not yet the last one. */
    private static final Pattern SPENT = Pattern.compile(
            "\\bre-?print(s|ed|ing)?\\b.*\\b(limit|maximum (number|of|count|allowed)|exceeded|more than|no longer|expired)\\b"
                    + "|\\b(limit|maximum (number|of|count|allowed)|exceeded|more than|no longer)\\b.*\\b(re-?)?print"
                    + "|\\b(past|after|beyond|later than|up to|until)\\s+(the|its)?\\s*mailing date"
                    + "|mailing date.*\\b(past|passed|expired|ended|over)\\b");

    /** Labels 3.9.13 label-reprint: canceled labels are not eligible. */
    private static final Pattern CANCELLED =
            Pattern.compile("\\bcancell?ed\\s+labels?\\b|\\blabels?\\b.*\\bcancell?ed\\b");

    /** An address or a document of USPS's own, in which words have no meaning. */
    private static final Pattern PATH = Pattern.compile("\\S*(/|\\.ya?ml|\\.json)\\S*");

    private UspsReprint() {}

    static byte[] request(LabelRequest label) {
        ObjectNode out = RequestJson.object();
        out.set("imageInfo", UspsImage.again(label));
        return RequestJson.bytes(out);
    }

    /**
     * What a key found. The label is left out: it is printed as it is wanted when it is wanted. A label that was sold but is
     * not printed any more is not told: the stored request is sent again, which USPS answers with what it sold.
     */
    static Found found(Answer.Read answer) {
        if (!UspsLabelReply.isRefusal(answer)) {
            return new Found.Sold(UspsSale.bought(UspsLabelReply.of(answer), Optional.empty(), answer));
        }
        if (UspsErrors.isAboutTheCaller(answer)) {
            return new Found.Unreachable(UspsErrors.of(answer).words());
        }
        UspsErrors errors = UspsErrors.of(answer);
        return switch (word(errors, answer)) {
            case "nothing" -> new Found.Nothing();
            case "spent" -> new Found.Untold(errors.words());
            default -> new Found.Unreachable(errors.words());
        };
    }

    /** Gone is only said where USPS says that this label is never printed again; it is then voided and bought once more. */
    static Fetched fetched(Answer.Read answer, LabelRequest wanted) {
        if (UspsLabelReply.isRefusal(answer)) {
            UspsErrors errors = UspsErrors.of(answer);
            boolean gone = !UspsErrors.isAboutTheCaller(answer)
                    && List.of("spent", "cancelled").contains(word(errors, answer));
            return gone ? new Fetched.Gone(errors.words()) : new Fetched.NotYet(errors.words());
        }
        Optional<Label> label = UspsSale.label(UspsLabelReply.of(answer), wanted);
        return label.<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet("USPS sent no label that can be read"));
    }

    /** By USPS's code, else by its words; those of the gateway, and of one who says to try again, tell nothing of a label. */
    private static String word(UspsErrors errors, Answer.Read answer) {
        if (UspsErrors.isOfTheGateway(answer) || errors.saysTryAgain()) {
            return "unknown";
        }
        if (CODES.codes().contains(errors.code())) {
            return CODES.word(errors.code());
        }
        String words = PATH.matcher(errors.words().toLowerCase(Locale.ROOT)).replaceAll(" ");
        if (CANCELLED.matcher(words).find()) {
            return "cancelled";
        }
        return SPENT.matcher(words).find()
                ? "spent"
                : CODES.wordWithin(words).orElseGet(() -> CODES.word(errors.code()));
    }
}
