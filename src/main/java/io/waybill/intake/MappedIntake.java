package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.intake.Intake.Door;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.NewestBook.Change;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes source documents in: each goes through its source's mapping, then through {@link Intake}, or through another door
 * where the mapping writes something else than an order.
 */
public final class MappedIntake implements Taker {
    /** Under which name the door for documents stands that call an order off. */
    public static final String CANCEL = "cancel";

    /** And for those that are no news of an order which has its label. */
    public static final String CANCEL_UNSOLD = "cancel-unsold";

    /** And for those that let an order wait. */
    public static final String HOLD = "hold";

    /** And for those that are no news of an order which has its label. */
    public static final String HOLD_UNSOLD = "hold-unsold";

    /** Whether a document lets an order wait, by the door it goes through. */
    public static boolean isHold(@Nullable String door) {
        return HOLD.equals(door) || HOLD_UNSOLD.equals(door);
    }

    private static final String OUTSIDE_LABEL = "shipment-import/1";

    private final Intake intake;
    private final Outside outside;
    private final Sources sources;
    private final Translating translating;
    private final Foresight foresight;

    /** @param doors beside that for labels bought elsewhere, by what a mapping writes: {@code packing/1} */
    public MappedIntake(Intake intake, Outside outside, Map<String, Door> doors, Sources sources, Mappings mappings) {
        Map<String, Door> all = new HashMap<>(doors);
        all.put(OUTSIDE_LABEL, outside);
        this.intake = intake;
        this.outside = outside;
        this.sources = sources;
        this.translating = new Translating(sources, mappings, Map.copyOf(all), intake.checking()::unsold);
        this.foresight = new Foresight(intake.rehearsing(), sources, translating);
    }

    /**
     * Sends a document through its source's mapping; unchanged when the source has none.
     *
     * @throws ProblemException {@code unknown-source}, or everything the mapping found wrong
     */
    public Translated translate(String source, Document document) {
        return translating.map(source, sources.get(source).mapping(), document);
    }

    /** What the files of a source are, where its mapping reads no JSON. */
    public Optional<Format> files(String source) {
        return translating.otherThanJson(sources.get(source).mapping());
    }

    /**
     * The document of a call: where its source's mapping says that documents stand, if the body has such a place, else the body.
     *
     * @throws ProblemException {@code one-document-a-call} where there are several, or none
     */
    public JsonNode document(String source, JsonNode body) {
        List<String> records = translating.records(sources.get(source).mapping());
        JsonNode there = body;
        for (String name : records) {
            there = there.path(name);
        }
        if (there.isArray() && there.size() != 1 && !records.isEmpty()) {
            throw new ProblemException(Problem.of(
                    IntakeCode.ONE_DOCUMENT_A_CALL,
                    "count",
                    there.size(),
                    "path",
                    String.join(".", records),
                    "source",
                    source));
        }
        JsonNode document = there.isArray() ? there.path(0) : there;
        return document.isObject() ? document : body;
    }

    /** In one commit: all of them, or none. */
    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        return prepare(handed).commit().get();
    }

    @Override
    public Prepared<Fate> prepare(List<Handed> handed) {
        List<Step> steps = handed.stream().map(this::step).toList();
        Prepared<Taken> arrivals = intake.prepare(
                steps.stream().flatMap(step -> step.arrival().stream()).toList());
        return arrivals.with(commit -> {
            Iterator<Taken> taken = commit.get().iterator();
            return steps.stream().map(step -> step.answer(taken)).toList();
        });
    }

    /** What is handed on of a document; nothing of one that is skipped. */
    private record Step(
            Optional<Arrival> arrival,
            Optional<Fate> skipped,
            @Nullable String number) {
        Fate answer(Iterator<Taken> taken) {
            return skipped.orElseGet(() -> BatchAnswer.of(taken.next())).named(number);
        }

        /** Of one that no order came of: its number is told, and names no order of the hub. */
        Step named(@Nullable String read) {
            return new Step(arrival, skipped, read);
        }
    }

    private Step step(Handed handed) {
        Document document = handed.document();
        Way way = translating.way(document, handed.context());
        Change change = change(handed);
        try {
            Translated translated = translating.translate(document, way);
            return translated.isNoOrder()
                    ? skipped(way.submission(translated), translated, change)
                            .named(translating.numberOfSkipped(document, way))
                    : step(new Arrival(
                            way.submission(translated), List.of(), null, translating.door(translated), null, change));
        } catch (ProblemException e) {
            String number = translating.numberOf(document, way);
            Named order = translating.orderOf(document, way).orElse(null);
            return step(new Arrival(way.unmapped(document.tree()), e.problems(), order, null, null, change))
                    .named(number);
        }
    }

    private static @Nullable Change change(Handed handed) {
        Context context = handed.context();
        Instant at = handed.changed();
        return at == null ? null : new Change(context.feed().source(), context.key(), at);
    }

    /** That it was none of ours is remembered where an older one may come. */
    private static Step skipped(Submission submission, Translated translated, @Nullable Change change) {
        Taken said = BatchAnswer.skipped(translated);
        return change == null
                ? new Step(Optional.empty(), Optional.of(BatchAnswer.of(said)), null)
                : step(new Arrival(submission, List.of(), null, null, said, change));
    }

    private static Step step(Arrival arrival) {
        return new Step(Optional.of(arrival), Optional.empty(), null);
    }

    Fate take(Document document, Way way) {
        Translated translated;
        try {
            translated = translating.translate(document, way);
        } catch (ProblemException e) {
            Named order = translating.orderOf(document, way).orElse(null);
            return BatchAnswer.of(intake.reject(way.unmapped(document.tree()), order, e.problems()));
        }
        if (translated.isNoOrder()) {
            return BatchAnswer.of(BatchAnswer.skipped(translated)).named(translating.numberOfSkipped(document, way));
        }
        Submission submission = way.submission(translated);
        return BatchAnswer.of(
                translating.door(translated) == null ? intake.take(submission) : beside(submission, translated));
    }

    private Taken beside(Submission submission, Translated translated) {
        return intake.takeAll(List.of(new Arrival(submission, List.of(), translating.door(translated))))
                .get(0);
    }

    /**
     * Calls off the order that a document names or lets it wait, or tells why not.
     *
     * @param translated what {@link Translated#stops} one
     */
    public Taken stop(Submission submission, Translated translated) {
        return beside(submission, translated);
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
        return mapping != null && translating.writes(mapping).equals(OUTSIDE_LABEL);
    }

    /**
     * What would become of a document, without taking it in.
     *
     * @param scope the namespaces it may be for
     */
    public Rehearsal rehearse(Document document, Context context, Namespaces scope) {
        return foresight.foresee(document, context, scope);
    }

    /** What was found wrong with what its mapping wrote of a document, each problem with what that read there. */
    public List<Problem> sourced(List<Problem> problems, Document document, Context context) {
        return translating.sourced(problems, document, context);
    }

    /** The number of the order a document is of, where it can be read; or null. */
    public @Nullable String number(Document document, Context context) {
        return foresight.number(document, context);
    }

    /** What this very document was taken in as, at that time or later; nothing where no order says so. */
    public Optional<Fate> takenBefore(Document document, Context context, Instant since) {
        return foresight.takenBefore(document, context, since);
    }

    /** What is wrong when a document is for a namespace outside a scope; nothing when it cannot be mapped at all. */
    public Optional<Problem> outside(Document document, Context context, Namespaces scope) {
        return foresight.outside(document, context, scope);
    }

    /** The same for what a document of a source was mapped to. */
    public Optional<Problem> outside(JsonNode canonical, String source, Namespaces scope) {
        return foresight.outside(canonical, source, scope);
    }

    /** The namespace of what a document of a source was mapped to: its own, else the source's. */
    public String namespaceOf(String source, JsonNode canonical) {
        return sources.namespaceOf(source, canonical);
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return translating.refuse(columns, feed);
    }

    @Override
    public List<String> unread(List<String> columns, Feed feed) {
        return translating.unread(columns, feed);
    }
}
