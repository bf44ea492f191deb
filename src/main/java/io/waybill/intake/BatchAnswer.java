package io.waybill.intake;

import io.waybill.batch.Taken;
import io.waybill.problem.Problem;
import java.util.List;

/** What came of a document, as a batch counts it. */
final class BatchAnswer {
    private BatchAnswer() {}

    static Taken of(io.waybill.intake.Taken taken) {
        String code =
                taken.problems().isEmpty() ? null : taken.problems().get(0).code();
        return new Taken(result(taken.result()), taken.orderId(), taken.orderUid(), code, taken.problems());
    }

    /** What is only looked at is counted with its reason, as what is not ours. */
    private static Taken.Result result(io.waybill.intake.Taken.Result result) {
        return result == io.waybill.intake.Taken.Result.SHADOWED
                ? Taken.Result.SKIPPED
                : Taken.Result.valueOf(result.name());
    }

    /** It is not ours, as its mapping says. */
    static io.waybill.intake.Taken skipped(Translated translated) {
        Problem why = Problem.of(IntakeCode.SKIPPED, "reason", String.valueOf(translated.skipped()));
        return new io.waybill.intake.Taken(io.waybill.intake.Taken.Result.SKIPPED, null, null, List.of(why));
    }
}
