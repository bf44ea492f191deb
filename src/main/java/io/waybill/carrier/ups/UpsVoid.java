package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import java.util.List;

/** Reads {@code VoidShipmentResponse}. UPS does not say what it gives back. */
final class UpsVoid {
    private static final CodeTable REASONS = CodeTable.read(UpsVoid.class, "voids.csv", "unknown");
    private static final String DONE = "1";

    private UpsVoid() {}

    static Voided voided(Answer.Read answer) {
        if (answer.ok()) {
            return done(Reply.of(answer.body()).at("VoidShipmentResponse"));
        }
        if (UpsErrors.isAboutTheCaller(answer)) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        UpsErrors errors = UpsErrors.of(answer);
        return errors.isTransient()
                ? new Voided.Unknown(errors.words())
                : new Voided.Refused(REASONS.word(errors.code()), errors.words());
    }

    /** The shipment's word counts; where it is not "voided", a package's may still be. */
    private static Voided done(Reply response) {
        String code = response.required("SummaryResult", "Status", "Code");
        List<Reply> packages = response.list("PackageLevelResults");
        boolean all = !packages.isEmpty()
                && packages.stream().allMatch(one -> one.text("Status", "Code").equals(DONE));
        if (code.equals(DONE) || all) {
            return new Voided.Done(null);
        }
        String words = response.text("SummaryResult", "Status", "Description");
        return new Voided.Refused("contact_carrier", words.isEmpty() ? "not voided" : words);
    }
}
