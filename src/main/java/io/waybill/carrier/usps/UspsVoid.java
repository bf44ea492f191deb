package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads {@code CancelResponse}. A label that was not manifested yet is canceled, and nothing is owed for it; of one that was,
 * a refund is asked for, which USPS decides later.
 */
final class UspsVoid {
    private static final CodeTable REASONS = CodeTable.read(UspsVoid.class, "voids.csv", "unknown");

    /** The whole status: {@code NOT CANCELED} and {@code CANCELLATION REQUESTED} give nothing back. */
    private static final Pattern CANCELED = Pattern.compile("(LABEL[ _])?CANCELL?ED");

    private static final Pattern SUBMITTED = Pattern.compile("DISPUTED|REFUND([ _]REQUEST)?[ _](REQUESTED|SUBMITTED)");

    private UspsVoid() {}

    static Voided voided(Answer.Read answer) {
        if (answer.ok() && (isDecided(Reply.of(answer.body())) || !UspsErrors.isToldInSuccess(answer))) {
            return decided(Reply.of(answer.body()));
        }
        if (UspsErrors.isAboutTheCaller(answer)) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        UspsErrors errors = UspsErrors.of(answer);
        return UspsErrors.isOfTheGateway(answer) || errors.saysTryAgain()
                ? new Voided.Unknown(errors.words())
                : new Voided.Refused(reason(errors), errors.words());
    }

    /** It says what became of the label, whatever error stands beside. */
    private static boolean isDecided(Reply response) {
        return !response.text("status").isEmpty() || !response.text("disputeId").isEmpty();
    }

    private static Voided decided(Reply response) {
        String status = response.text("status").toUpperCase(Locale.ROOT);
        String dispute = response.text("disputeId");
        if (CANCELED.matcher(status).matches()) {
            return new Voided.Done(null);
        }
        if (SUBMITTED.matcher(status).matches() || !dispute.isEmpty()) {
            return new Voided.Pending(dispute.isEmpty() ? "refund submitted" : "refund submitted, dispute " + dispute);
        }
        return new Voided.Unknown("the label's status is " + (status.isEmpty() ? "not told" : status));
    }

    private static String reason(UspsErrors errors) {
        return REASONS.codes().contains(errors.code())
                ? REASONS.word(errors.code())
                : REASONS.wordWithin(errors.words()).orElseGet(() -> REASONS.word(errors.code()));
    }
}
