package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code VoidShipmentResponse}. UPS does not say what it gives back. */
final class UpsVoid {
    private static final CodeTable REASONS = CodeTable.read(UpsVoid.class, "voids.csv", "unknown");
    private static final Pattern VOIDED =
            Pattern.compile("[^.;,]*\\b(has|was|is) already (been )?voided[. ]*", Pattern.CASE_INSENSITIVE);
    private static final String RESPONSE = "VoidShipmentResponse";
    private static final String DONE = "1";
    private static final String KEPT = "0";
    private static final String ALREADY = "label_already_voided";

    private UpsVoid() {}

    static Voided voided(Answer.Read answer) {
        if (answer.ok() && !UpsErrors.isToldInSuccess(answer, RESPONSE)) {
            return done(Reply.of(answer.body()).at(RESPONSE));
        }
        if (UpsErrors.isAboutTheCaller(answer)) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        UpsErrors errors = UpsErrors.of(answer);
        return errors.isTransient()
                ? new Voided.Unknown(errors.words())
                : new Voided.Refused(reason(errors), errors.words());
    }

    /** By its code; of one that is not listed its words may tell that there is nothing left to void, where they tell nothing else. */
    private static String reason(UpsErrors errors) {
        boolean isVoided = !REASONS.codes().contains(errors.code())
                && errors.errors().size() == 1
                && VOIDED.matcher(errors.words()).matches();
        return isVoided ? ALREADY : REASONS.word(errors.code());
    }

    /** Where the packages are told one by one, each of them counts; else the shipment's word. */
    private static Voided done(Reply response) {
        String code = status(response.at("SummaryResult"));
        List<Reply> packages = Stream.of("PackageLevelResults", "PackageLevelResult")
                .flatMap(name -> response.list(name).stream())
                .filter(one -> !status(one).isEmpty())
                .toList();
        boolean allDone = packages.stream().allMatch(one -> status(one).equals(DONE));
        if (allDone && (code.equals(DONE) || !packages.isEmpty())) {
            return new Voided.Done(null);
        }
        String words = plain(response.text("SummaryResult", "Status", "Description"));
        if (code.equals(KEPT)) {
            return new Voided.Refused(
                    VOIDED.matcher(words).matches() ? ALREADY : "contact_carrier",
                    words.isEmpty() ? "not voided" : words);
        }
        List<Reply> kept =
                packages.stream().filter(one -> status(one).equals(KEPT)).toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "it says neither that it is voided nor that it is not: " + code + " " + words);
        }
        return new Voided.Refused(
                "contact_carrier", kept.stream().map(UpsVoid::told).collect(Collectors.joining("; ")));
    }

    private static String status(Reply one) {
        return plain(one.text("Status", "Code"));
    }

    /** UPS's test host writes the line breaks of its XML, spelled as entities, before values. */
    private static String plain(String text) {
        return text.replaceAll("&#(x[0-9A-Fa-f]{1,4}|\\d{1,5});", " ").strip();
    }

    private static String told(Reply kept) {
        String words = plain(kept.text("Status", "Description"));
        return plain(kept.text("TrackingNumber")) + ": " + (words.isEmpty() ? "not voided" : words);
    }
}
