package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker.Context;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.intake.Intake.Door;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.mapping.Stop;
import io.waybill.order.Addresses;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which mapping a source document goes through, and which door what comes of it.
 *
 * @param doors by what a mapping writes, where that is no order; and by {@link MappedIntake#CANCEL},
 *     {@link MappedIntake#CANCEL_UNSOLD}, {@link MappedIntake#HOLD} and {@link MappedIntake#HOLD_UNSOLD}
 * @param unsold told beside what a mapping found wrong
 */
record Translating(Sources sources, Mappings mappings, Map<String, Door> doors, Unsold unsold) {
    /** With its … as long as the story keeps of whoever tells something; a file's name may be longer. */
    private static final int LONGEST_TELLER = 199;

    /** Why nobody buys for what a mapping could write of an order of this source, whatever else is wrong with it. */
    interface Unsold {
        Optional<Problem> of(String source, JsonNode written, List<Problem> wrong);
    }

    Way way(Document document, Context context) {
        Feed feed = context.feed();
        String from = context.fileName() == null ? feed.source() : context.fileName();
        return new Way(
                feed.source(),
                feed.channel(),
                mapping(feed),
                origin(document, context),
                Shortened.openly(LONGEST_TELLER, from));
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

    private @Nullable String mapping(Feed feed) {
        return feed.mapping() == null ? sources.get(feed.source()).mapping() : feed.mapping();
    }

    /** What is wrong with a whole file, as its columns show. */
    List<Problem> refuse(List<String> columns, Feed feed) {
        String named = mapping(feed);
        if (named == null || columns.isEmpty()) {
            return List.of();
        }
        Mapping mapping = mappings.get(named);
        return feed.reading().format() == Format.ROW ? mapping.unfit(columns) : mapping.check(columns, "");
    }

    /** The columns that its mapping leaves unread; none where it has none. */
    List<String> unread(List<String> columns, Feed feed) {
        String named = mapping(feed);
        return named == null ? List.of() : mappings.get(named).unread(columns);
    }

    /** @throws ProblemException with everything that was wrong when it was read, or that its mapping found */
    Translated translate(Document document, Way way) {
        if (!document.problems().isEmpty()) {
            throw new ProblemException(document.problems());
        }
        return map(way.source(), way.mapping(), document);
    }

    /** The number of an order that its mapping makes nothing of, where it can be read in spite of that; or null. */
    @Nullable
    String numberOf(Document document, Way way) {
        String mapping = way.mapping();
        if (mapping == null) {
            return orderId(document.tree());
        }
        if (mayMiss(document, mappings.get(mapping), "orderId")) {
            return null;
        }
        return document.despiteProblems()
                .map(readable -> numberOf(mappings.get(mapping).apply(readable)))
                .orElseGet(() -> orderId(document.tree()));
    }

    /** The same of a document that its mapping leaves out. */
    @Nullable
    String numberOfSkipped(Document document, Way way) {
        String mapping = way.mapping();
        String number = mapping == null ? null : mappings.get(mapping).number(document);
        return number == null ? null : Submission.number(number);
    }

    /**
     * The order it would be, as its mapping reads that in spite of what is wrong; nothing where it writes no orders, or nobody can read
     * whose it is, and where its source may not bring it.
     */
    Optional<Named> orderOf(Document document, Way way) {
        String mapping = way.mapping();
        SourceSettings source = sources.get(way.source());
        return mapping == null
                        || doors.containsKey(writes(mapping))
                        || mayMiss(document, mappings.get(mapping), "orderId")
                        || mayMiss(document, mappings.get(mapping), "namespace")
                ? Optional.empty()
                : document.despiteProblems()
                        .map(mappings.get(mapping)::apply)
                        .flatMap(result -> order(result, source.namespace()))
                        .filter(order -> source.bringsFor(order.namespace()));
    }

    /** Whether this may come from elsewhere than it should: a cell without a value that it is read from is perhaps the bad one. */
    private static boolean mayMiss(Document document, Mapping mapping, String target) {
        return mapping.reads(target, document.perhapsBad());
    }

    /** All of a document is read where nothing is wrong but how its rows stand, or a cell it can do without. */
    private static Optional<Named> order(Result result, String namespace) {
        String number = numberOf(result);
        String said = namespaceOf(result);
        return number == null || said == null
                ? Optional.empty()
                : Optional.of(new Named(said.isEmpty() ? namespace : said, number));
    }

    private static @Nullable String namespaceOf(Result result) {
        if (result instanceof Result.Failed failed) {
            return failed.namespace();
        }
        return result instanceof Result.Mapped mapped
                ? mapped.tree().path("namespace").asText("")
                : null;
    }

    private static @Nullable String numberOf(Result result) {
        if (result instanceof Result.Failed failed) {
            return failed.orderId();
        }
        return result instanceof Result.Mapped mapped ? orderId(mapped.tree()) : null;
    }

    private static @Nullable String orderId(JsonNode tree) {
        return Submission.number(tree.path("orderId").asText(""));
    }

    /**
     * Unchanged without a mapping.
     *
     * @throws ProblemException with everything the mapping found wrong, what is wrong with the addresses it could read, and that nobody
     *     sells what it asks for
     */
    Translated map(String source, @Nullable String name, Document document) {
        if (name == null) {
            return Translated.asItIs(document.tree());
        }
        Mapping mapping = mappings.get(name);
        Result result = mapping.apply(document);
        if (result instanceof Result.Failed failed) {
            throw new ProblemException(wrong(source, mapping, failed, document));
        }
        if (result instanceof Result.Skipped skipped) {
            Result.Stopped stopped = skipped.stopped();
            String door = stopped == null ? null : doorOf(stopped.how());
            JsonNode tree = stopped == null || door == null ? document.tree() : stopped.order();
            return new Translated(tree, name, mapping.version(), skipped.reason(), door);
        }
        return new Translated(
                ((Result.Mapped) result).tree(),
                name,
                mapping.version(),
                null,
                null,
                problems -> mapping.sourced(problems, document));
    }

    /** What was found wrong after its mapping, with the fields that this read; unchanged without one. */
    List<Problem> sourced(List<Problem> problems, Document document, Context context) {
        String mapping = mapping(context.feed());
        return mapping == null ? problems : mappings.get(mapping).sourced(problems, document);
    }

    /** With what intake would say next of an order, so that whoever corrects it need not come twice. */
    private List<Problem> wrong(String source, Mapping mapping, Result.Failed failed, Document document) {
        JsonNode order = failed.written();
        if (order == null || failed.isCut() || doors.containsKey(mapping.writes())) {
            return failed.problems();
        }
        List<Problem> beside = Stream.concat(
                        Addresses.checkBeside(failed.problems(), order).stream(),
                        unsold.of(source, order, failed.problems()).stream())
                .toList();
        return Stream.concat(failed.problems().stream(), mapping.sourced(beside, document).stream())
                .toList();
    }

    private @Nullable String doorOf(Stop how) {
        String door = switch (how) {
            case CANCEL -> MappedIntake.CANCEL;
            case CANCEL_UNSOLD -> MappedIntake.CANCEL_UNSOLD;
            case HOLD -> MappedIntake.HOLD;
            case HOLD_UNSOLD -> MappedIntake.HOLD_UNSOLD;
        };
        return doors.containsKey(door) ? door : null;
    }

    /** Null for an order. */
    @Nullable
    Door door(Translated translated) {
        String mapping = translated.mapping();
        String stops = translated.stops();
        if (stops != null) {
            return doors.get(stops);
        }
        return mapping == null ? null : doors.get(mappings.get(mapping).writes());
    }

    /** The names that lead to the documents of a mapping's JSON; none where they stand at its root. */
    List<String> records(@Nullable String mapping) {
        if (mapping == null) {
            return List.of();
        }
        Reading reads = mappings.get(mapping).reads();
        return reads.format() == Format.JSON ? reads.records() : List.of();
    }

    /** The format of the documents a mapping reads, where a call cannot bring one as its body: what is not JSON. */
    Optional<Format> otherThanJson(@Nullable String mapping) {
        return Optional.ofNullable(mapping)
                .map(name -> mappings.get(name).reads().format())
                .filter(format -> format != Format.JSON && format != Format.NDJSON && format != Format.ROW);
    }

    /** What a mapping writes: {@code order/1}, or what one of the doors is for. */
    String writes(String mapping) {
        return mappings.get(mapping).writes();
    }
}
