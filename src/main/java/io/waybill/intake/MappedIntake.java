package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Feed;
import io.waybill.batch.Taken;
import io.waybill.batch.Taker;
import io.waybill.format.Document;
import io.waybill.ledger.Namespaces;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes source documents in: each goes through its source's mapping, then through {@link Intake}, or through another door
 * where the mapping writes something else than an order.
 */
public final class MappedIntake implements Taker {
    /** Under which name the door for documents stands that call an order off. */
    public static final String CANCEL = "cancel";

    private static final String OUTSIDE_LABEL = "shipment-import/1";

    private final Intake intake;
    private final Outside outside;
    private final Sources sources;
    private final Mappings mappings;

    /** By what a mapping writes. */
    private final Map<String, Intake.Door> doors;

    /** @param doors beside that for labels bought elsewhere, by what a mapping writes: {@code packing/1} */
    public MappedIntake(
            Intake intake, Outside outside, Map<String, Intake.Door> doors, Sources sources, Mappings mappings) {
        Map<String, Intake.Door> all = new HashMap<>(doors);
        all.put(OUTSIDE_LABEL, outside);
        this.doors = Map.copyOf(all);
        this.intake = intake;
        this.outside = outside;
        this.sources = sources;
        this.mappings = mappings;
    }

    /**
     * A source document in canonical shape.
     *
     * @param skipped why the mapping says it is not ours, or null
     * @param cancels the order that {@code canonical} names is called off
     */
    public record Translated(
            JsonNode canonical,
            @Nullable String mapping,
            @Nullable Integer version,
            @Nullable String skipped,
            boolean cancels) {
        boolean isNoOrder() {
            return skipped != null && !cancels;
        }
    }

    /**
     * Sends a document through its source's mapping; unchanged when the source has none.
     *
     * @throws ProblemException {@code unknown-source}, or everything the mapping found wrong
     */
    public Translated translate(String source, Document document) {
        return map(sources.get(source).mapping(), document);
    }

    /** In one commit: all of them, or none. */
    @Override
    public List<Taken> takeAll(List<Handed> handed) {
        return prepare(handed).get();
    }

    @Override
    public Supplier<List<Taken>> prepare(List<Handed> handed) {
        List<Step> steps = handed.stream()
                .map(one -> step(one.document(), way(one.document(), one.context())))
                .toList();
        Supplier<List<io.waybill.intake.Taken>> arrivals = intake.prepare(
                steps.stream().flatMap(step -> step.arrival().stream()).toList());
        return () -> {
            Iterator<io.waybill.intake.Taken> taken = arrivals.get().iterator();
            return steps.stream()
                    .map(step -> step.arrival().isPresent() ? answer(taken.next()) : skipped(step.skipped()))
                    .toList();
        };
    }

    /** What is handed on of a document, or why nothing is. */
    private record Step(Optional<Intake.Arrival> arrival, String skipped) {}

    private Step step(Document document, Way way) {
        try {
            Translated translated = translated(document, way);
            Submission submission = submission(way, translated.canonical(), translated.mapping(), translated.version());
            return translated.isNoOrder()
                    ? new Step(Optional.empty(), String.valueOf(translated.skipped()))
                    : new Step(Optional.of(new Intake.Arrival(submission, List.of(), door(translated))), "");
        } catch (ProblemException e) {
            Submission submission = submission(way, document.tree(), way.mapping(), null);
            return new Step(Optional.of(new Intake.Arrival(submission, e.problems(), null)), "");
        }
    }

    /** How a document came. @param from who handed it over, for the story */
    record Way(String source, String channel, @Nullable String mapping, Origin origin, String from) {}

    Taken take(Document document, Way way) {
        Translated translated;
        try {
            translated = translated(document, way);
        } catch (ProblemException e) {
            return answer(intake.reject(submission(way, document.tree(), way.mapping(), null), e.problems()));
        }
        if (translated.isNoOrder()) {
            return skipped(String.valueOf(translated.skipped()));
        }
        Submission submission = submission(way, translated.canonical(), translated.mapping(), translated.version());
        Intake.Door door = door(translated);
        return answer(
                door == null
                        ? intake.take(submission)
                        : intake.takeAll(List.of(new Intake.Arrival(submission, List.of(), door)))
                                .get(0));
    }

    /** The door for labels bought elsewhere. */
    public Outside outside() {
        return outside;
    }

    /** The mapping a source's documents take, or null. */
    public @Nullable String mappingOf(String source) {
        return sources.get(source).mapping();
    }

    /** Whether a mapping writes labels that were bought elsewhere. */
    public boolean bringsLabels(@Nullable String mapping) {
        return mapping != null && mappings.get(mapping).writes().equals(OUTSIDE_LABEL);
    }

    private Intake.@Nullable Door door(Translated translated) {
        String mapping = translated.mapping();
        if (translated.cancels()) {
            return doors.get(CANCEL);
        }
        return mapping == null ? null : doors.get(mappings.get(mapping).writes());
    }

    /**
     * What {@link #take} would make of a document, without taking it in.
     *
     * @param taken as it would be answered
     * @param order with its source's defaults; null when it would be none
     * @param held it would be taken in and wait for a weight, a date or a person
     * @param contentSha256 of what it says, the same for two documents that say the same
     */
    public record Rehearsal(
            Taken taken,
            @Nullable Order order,
            boolean held,
            @Nullable String contentSha256) {}

    /** @param scope the namespaces it may be for */
    public Rehearsal rehearse(Document document, Context context, Namespaces scope) {
        Way way = way(document, context);
        Translated translated;
        try {
            translated = translated(document, way);
        } catch (ProblemException e) {
            String id = document.tree().path("orderId").asText("");
            return new Rehearsal(Taken.rejected(id.isEmpty() ? null : id, e.problems()), null, false, null);
        }
        if (translated.isNoOrder()) {
            return new Rehearsal(skipped(String.valueOf(translated.skipped())), null, false, null);
        }
        Optional<Problem> outside = outside(translated.canonical(), way.source(), scope);
        if (outside.isPresent()) {
            String id = translated.canonical().path("orderId").asText("");
            return new Rehearsal(Taken.rejected(id.isEmpty() ? null : id, List.of(outside.get())), null, false, null);
        }
        Submission submission = submission(way, translated.canonical(), translated.mapping(), translated.version());
        Intake.Door door = door(translated);
        if (door != null) {
            return new Rehearsal(answer(rehearse(door, submission)), null, false, submission.bodySha256());
        }
        Intake.Rehearsed rehearsed = intake.rehearse(submission);
        return new Rehearsal(answer(rehearsed.taken()), rehearsed.order(), rehearsed.held(), submission.bodySha256());
    }

    private io.waybill.intake.Taken rehearse(Intake.Door door, Submission submission) {
        try {
            return intake.rehearse(door.work(submission));
        } catch (ProblemException e) {
            String id = submission.canonical().path("orderId").asText("");
            return new io.waybill.intake.Taken(
                    io.waybill.intake.Taken.Result.REJECTED, null, id.isEmpty() ? null : id, e.problems());
        }
    }

    /** What is wrong when a document is for a namespace outside a scope; nothing when it cannot be mapped at all. */
    public Optional<Problem> outside(Document document, Context context, Namespaces scope) {
        Way way = way(document, context);
        try {
            return scope.all()
                    ? Optional.empty()
                    : outside(translated(document, way).canonical(), way.source(), scope);
        } catch (ProblemException told) {
            return Optional.empty();
        }
    }

    private Optional<Problem> outside(JsonNode canonical, String source, Namespaces scope) {
        String namespace = intake.namespaceOf(source, canonical);
        return scope.has(namespace)
                ? Optional.empty()
                : Optional.of(Problem.of(IntakeCode.FOREIGN_NAMESPACE, "namespace", namespace)
                        .at("/namespace"));
    }

    private Way way(Document document, Context context) {
        Feed feed = context.feed();
        String mapping = feed.mapping() == null ? sources.get(feed.source()).mapping() : feed.mapping();
        String from = context.fileName() == null ? feed.source() : context.fileName();
        return new Way(feed.source(), feed.channel(), mapping, origin(document, context), from);
    }

    private Translated translated(Document document, Way way) {
        if (!document.problems().isEmpty()) {
            throw new ProblemException(document.problems());
        }
        return map(way.mapping(), document);
    }

    private static Taken skipped(String reason) {
        Problem why = Problem.of(IntakeCode.SKIPPED, "reason", reason);
        return new Taken(Taken.Result.SKIPPED, null, null, why.code(), List.of(why));
    }

    private static Origin origin(Document document, Context context) {
        return new Origin(
                context.key(),
                document.problems().isEmpty() ? document.tree() : null,
                context.fileId(),
                document.ordinal(),
                document.firstRow(),
                context.answers());
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        String named = feed.mapping() == null ? sources.get(feed.source()).mapping() : feed.mapping();
        return named == null || columns.isEmpty()
                ? List.of()
                : mappings.get(named).check(columns, "");
    }

    private Translated map(@Nullable String name, Document document) {
        if (name == null) {
            return new Translated(document.tree(), null, null, null, false);
        }
        Mapping mapping = mappings.get(name);
        Result result = mapping.apply(document);
        if (result instanceof Result.Failed failed) {
            throw new ProblemException(failed.problems());
        }
        if (result instanceof Result.Skipped skipped) {
            JsonNode cancelled = doors.containsKey(CANCEL) ? skipped.cancelled() : null;
            JsonNode tree = cancelled == null ? document.tree() : cancelled;
            return new Translated(tree, name, mapping.version(), skipped.reason(), cancelled != null);
        }
        return new Translated(((Result.Mapped) result).tree(), name, mapping.version(), null, false);
    }

    private static Submission submission(
            Way way, JsonNode canonical, @Nullable String mapping, @Nullable Integer version) {
        return new Submission(
                way.source(),
                way.channel(),
                canonical,
                null,
                Content.hash(canonical),
                way.origin(),
                mapping,
                version,
                false,
                way.from(),
                mapping == null ? null : way.origin().document());
    }

    /** What is only looked at is counted with its reason, as what is not ours. */
    private static Taken.Result result(io.waybill.intake.Taken.Result result) {
        return result == io.waybill.intake.Taken.Result.SHADOWED
                ? Taken.Result.SKIPPED
                : Taken.Result.valueOf(result.name());
    }

    private static Taken answer(io.waybill.intake.Taken taken) {
        String code =
                taken.problems().isEmpty() ? null : taken.problems().get(0).code();
        return new Taken(result(taken.result()), taken.orderId(), taken.orderUid(), code, taken.problems());
    }
}
