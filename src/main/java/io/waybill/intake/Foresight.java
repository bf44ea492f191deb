package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Fate;
import io.waybill.batch.Taker.Context;
import io.waybill.format.Document;
import io.waybill.intake.Intake.Door;
import io.waybill.intake.Rehearsing.Rehearsed;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Content;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What would become of a source document: it goes through its mapping, and is rehearsed. */
record Foresight(Rehearsing rehearsing, Sources sources, Translating translating) {
    Rehearsal foresee(Document document, Context context, Namespaces scope) {
        Way way = translating.way(document, context);
        Translated translated;
        try {
            translated = translating.translate(document, way);
        } catch (ProblemException e) {
            return rejected(translating.numberOf(document, way), e.problems());
        }
        if (translated.isNoOrder()) {
            String number = translating.numberOfSkipped(document, way);
            return new Rehearsal(BatchAnswer.of(BatchAnswer.skipped(translated)).named(number), null, false, null);
        }
        Optional<Problem> outside = outside(translated.canonical(), way.source(), scope);
        if (outside.isPresent()) {
            return rejected(
                    orderId(translated.canonical()), translated.sourced().apply(List.of(outside.get())));
        }
        Submission submission = way.submission(translated);
        Door door = translating.door(translated);
        Rehearsed rehearsed = door == null
                ? rehearsing.rehearse(submission)
                : new Rehearsed(beside(door, submission), null, List.of());
        return new Rehearsal(
                BatchAnswer.of(rehearsed.taken()).noting(rehearsed.waits()),
                rehearsed.order(),
                !rehearsed.waits().isEmpty(),
                Content.meaning(submission.canonical()));
    }

    private Taken beside(Door door, Submission submission) {
        try {
            return rehearsing.rehearse(door.work(submission));
        } catch (ProblemException e) {
            return new Taken(
                    Taken.Result.REJECTED, null, orderId(submission.canonical()), submission.sourced(e.problems()));
        }
    }

    /** What is wrong when a document is for a namespace outside a scope; nothing when it cannot be mapped at all. */
    Optional<Problem> outside(Document document, Context context, Namespaces scope) {
        Way way = translating.way(document, context);
        try {
            return scope.all()
                    ? Optional.empty()
                    : outside(translating.translate(document, way).canonical(), way.source(), scope);
        } catch (ProblemException told) {
            return Optional.empty();
        }
    }

    /** The same for what it was mapped to. */
    Optional<Problem> outside(JsonNode canonical, String source, Namespaces scope) {
        String namespace = sources.namespaceOf(source, canonical);
        return scope.has(namespace)
                ? Optional.empty()
                : Optional.of(Problem.of(IntakeCode.FOREIGN_NAMESPACE, "namespace", namespace)
                        .at("/namespace"));
    }

    /** The number of the order a document is of, where it can be read; or null. */
    @Nullable
    String number(Document document, Context context) {
        return translating.numberOf(document, translating.way(document, context));
    }

    /** What this very document was taken in as, at that time or later; nothing where no order says so. */
    Optional<Fate> takenBefore(Document document, Context context, Instant since) {
        Way way = translating.way(document, context);
        try {
            Translated translated = translating.translate(document, way);
            String number = orderId(translated.canonical());
            boolean isOrder = !translated.isNoOrder() && translating.door(translated) == null;
            return !isOrder || number == null
                    ? Optional.empty()
                    : rehearsing.cameBy(
                            sources.namespaceOf(way.source(), translated.canonical()), number, way.origin(), since);
        } catch (ProblemException told) {
            return Optional.empty();
        }
    }

    private static Rehearsal rejected(@Nullable String orderId, List<Problem> problems) {
        return new Rehearsal(Fate.rejected(orderId, problems), null, false, null);
    }

    private static @Nullable String orderId(JsonNode document) {
        String id = document.path("orderId").asText("");
        return id.isEmpty() ? null : id;
    }
}
