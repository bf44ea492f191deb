package io.waybill.intake;

import io.waybill.batch.Fate;
import io.waybill.problem.Problem;
import java.util.List;

/** What came of a document, as a batch counts it. */
final class BatchAnswer {
    private BatchAnswer() {}

    static Fate of(Taken taken) {
        String code =
                taken.problems().isEmpty() ? null : taken.problems().get(0).code();
        return new Fate(result(taken.result()), taken.orderId(), taken.orderUid(), code, taken.problems());
    }

    /** What is only looked at is counted with its reason, as what is not ours. */
    private static Fate.Result result(Taken.Result result) {
        return result == Taken.Result.SHADOWED ? Fate.Result.SKIPPED : Fate.Result.valueOf(result.name());
    }

    /** It is not ours, as its mapping says. */
    static Taken skipped(Translated translated) {
        Problem why = Problem.of(IntakeCode.SKIPPED, "reason", String.valueOf(translated.skipped()));
        return new Taken(Taken.Result.SKIPPED, null, null, List.of(why));
    }
}
