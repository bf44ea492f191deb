package io.waybill.readiness;

import io.waybill.problem.Problem;
import io.waybill.readiness.Verdict.Evidence;
import io.waybill.readiness.Verdict.Question;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The four verdicts on what was seen, by the thresholds of the settings. */
record Judgement(Setting setting, Readiness seen, List<Problem> changes) {

    List<Verdict> verdicts() {
        return List.of(
                new Verdict(Question.FIELDS, fields()),
                new Verdict(Question.RESPONSES, responses()),
                new Verdict(Question.CHANNELS, channels()),
                new Verdict(Question.RECONCILIATION, reconciliation()));
    }

    private List<Evidence> fields() {
        Thresholds least = setting.thresholds();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(must(ReadinessCode.DOCUMENTS_VALID, seen.valid, seen.documents, least.valid()));
        evidence.add(must(
                ReadinessCode.ADDRESSES_VALID, seen.countries.valid(), seen.countries.documents(), least.addresses()));
        evidence.add(services());
        evidence.add(should(ReadinessCode.WEIGHTS_GIVEN, seen.weighed, seen.valid, least.weights()));
        evidence.add(steady());
        List<String> assumed = seen.fields.assumed();
        if (!assumed.isEmpty()) {
            evidence.add(Evidence.fact(Problem.of(
                    ReadinessCode.VALUES_ASSUMED, "count", assumed.size(), "fields", String.join(", ", assumed))));
        }
        return evidence;
    }

    private Evidence services() {
        if (setting.chooser() == null) {
            return Evidence.should(false, Problem.of(ReadinessCode.SERVICES_NOT_CHECKED));
        }
        long known = seen.valid - seen.unknownServices.total();
        Problem said = measured(
                        ReadinessCode.SERVICES_KNOWN,
                        known,
                        seen.valid,
                        setting.thresholds().services())
                .with("unknown", words(seen.unknownServices));
        return Evidence.must(
                Share.reaches(known, seen.valid, setting.thresholds().services()), said);
    }

    private Evidence steady() {
        if (seen.first.isEmpty()) {
            return Evidence.fact(Problem.of(ReadinessCode.NOTHING_TO_COMPARE));
        }
        long lost = changes.stream()
                .filter(change -> !change.code().equals(ReadinessCode.VALUES_NEW.code())
                        && !change.code().equals(ReadinessCode.COLUMN_ADDED.code()))
                .count();
        return Evidence.should(lost == 0, Problem.of(ReadinessCode.SOURCE_STEADY, "changes", lost));
    }

    private List<Evidence> responses() {
        boolean heard = !setting.sinks().isEmpty();
        return List.of(
                must(
                        ReadinessCode.NUMBERS_COME_BACK,
                        seen.numbers.given(),
                        seen.documents,
                        setting.thresholds().valid()),
                Evidence.should(
                        heard,
                        Problem.of(
                                ReadinessCode.SINKS_LISTEN,
                                "count",
                                setting.sinks().size(),
                                "namespace",
                                setting.namespace(),
                                "names",
                                heard ? String.join(", ", setting.sinks()) : "-")),
                Evidence.fact(Problem.of(ReadinessCode.ANSWER_BY_CALL, "source", setting.source())),
                Evidence.fact(measured(
                        ReadinessCode.OTHER_NUMBERS_GIVEN,
                        seen.fields.present("identifiers[].value"),
                        seen.documents,
                        BigDecimal.ZERO)));
    }

    private List<Evidence> channels() {
        Numbers numbers = seen.numbers;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.must(
                numbers.given() > 0 && numbers.contradicted() == 0,
                Problem.of(
                        ReadinessCode.NUMBERS_UNIQUE,
                        "numbers",
                        numbers.given() - numbers.notRemembered(),
                        "repeated",
                        numbers.repeated(),
                        "contradicted",
                        numbers.contradicted())));
        evidence.add(Evidence.should(
                numbers.shapes().words().size() <= 3,
                Problem.of(
                        ReadinessCode.NUMBERS_STABLE,
                        "count",
                        numbers.shapes().words().size(),
                        "shapes",
                        words(numbers.shapes()))));
        if (numbers.areRows()) {
            evidence.add(Evidence.must(false, Problem.of(ReadinessCode.NUMBERS_ARE_ROWS)));
        }
        evidence.add(Evidence.fact(Problem.of(
                ReadinessCode.NAMESPACE_SHARED,
                "namespace",
                setting.namespace(),
                "sources",
                setting.neighbours().isEmpty() ? "-" : String.join(", ", setting.neighbours()))));
        return evidence;
    }

    private List<Evidence> reconciliation() {
        Thresholds least = setting.thresholds();
        Numbers numbers = seen.numbers;
        return List.of(
                Evidence.must(
                        numbers.given() > 0 && numbers.contradicted() == 0 && !numbers.areRows(),
                        Problem.of(
                                ReadinessCode.NUMBERS_UNIQUE,
                                "numbers",
                                numbers.given() - numbers.notRemembered(),
                                "repeated",
                                numbers.repeated(),
                                "contradicted",
                                numbers.contradicted())),
                Evidence.should(
                        numbers.tooLong() == 0,
                        Problem.of(
                                ReadinessCode.NUMBERS_FIT_LABELS,
                                "longer",
                                numbers.tooLong(),
                                "most",
                                least.longestNumber())),
                should(
                        ReadinessCode.REFERENCES_GIVEN,
                        seen.fields.present("reference"),
                        seen.documents,
                        least.references()),
                should(ReadinessCode.BILLING_GIVEN, seen.billed, seen.documents, least.billing()));
    }

    private static Evidence must(ReadinessCode code, long part, long whole, BigDecimal least) {
        return Evidence.must(whole > 0 && Share.reaches(part, whole, least), measured(code, part, whole, least));
    }

    private static Evidence should(ReadinessCode code, long part, long whole, BigDecimal least) {
        return Evidence.should(whole > 0 && Share.reaches(part, whole, least), measured(code, part, whole, least));
    }

    private static Problem measured(ReadinessCode code, long part, long whole, BigDecimal least) {
        return Problem.of(
                code,
                "part",
                part,
                "whole",
                whole,
                "share",
                Share.of(part, whole).toPlainString(),
                "least",
                least.toPlainString());
    }

    static String words(Tally tally) {
        String words = tally.sorted().stream()
                .limit(10)
                .map(word -> word.getKey() + " (" + word.getValue() + ")")
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "-" : words;
    }
}
