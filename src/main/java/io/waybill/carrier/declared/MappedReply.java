package io.waybill.carrier.declared;

import io.waybill.carrier.Reply;
import io.waybill.format.Document;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.problem.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a mapping makes of what a described carrier says. */
final class MappedReply {
    private static final Logger LOG = LoggerFactory.getLogger(MappedReply.class);
    private static final Set<String> PRICE = Set.of("total", "currency", "charges");

    /** What of a sale may be wrong, and sold it is all the same. */
    private static final Set<String> BESIDE_A_SALE =
            Set.of("total", "currency", "charges", "label/status", "label/documents", "agentNumber", "lastMileNumber");

    /** What of a label that comes later may be wrong, and it is a label all the same. */
    private static final Set<String> BESIDE_A_LABEL = Set.of("total", "currency", "charges", "events");

    /** What of a price may be wrong, and it is the price all the same. */
    private static final Set<String> BESIDE_A_RATE = Set.of("rates/*/days");

    /** What of a void may be wrong, and it was decided all the same. */
    private static final Set<String> BESIDE_A_VOID = Set.of("refund", "currency", "words");

    private MappedReply() {}

    /**
     * What the mapping makes of a good answer.
     *
     * @throws IllegalArgumentException when it cannot
     */
    static Reply shaped(@Nullable Mapping mapping, Reply answer) {
        if (mapping == null) {
            throw new IllegalArgumentException("nothing reads it");
        }
        return shaped(mapping.apply(Document.of(answer.json())));
    }

    /** The same of what is told of several parcels: an event that cannot be read costs no other. */
    static Reply events(@Nullable Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "events", PRICE, MappedReply::leftOut);
    }

    /**
     * The same of what was sold: a price that cannot be read costs neither its number nor its label, and a word nobody knows for how its
     * label stands leaves that to what is told of the label.
     */
    static Reply sale(@Nullable Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_SALE, MappedReply::leftOut);
    }

    /** The reference of a sale, whatever else of it cannot be read; empty where it says none that can be. */
    static String reference(Mapping mapping, Reply answer) {
        Set<String> beside = new HashSet<>(mapping.members().keySet());
        beside.remove("reference");
        return mapping.apply(Document.of(answer.json()), "", beside) instanceof Result.Mapped mapped
                ? new Reply(mapped.tree()).text("reference")
                : "";
    }

    /** The same of a label that is asked for or pushed: a price that cannot be read, or events beside it, do not cost it. */
    static Reply label(@Nullable Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_LABEL, MappedReply::leftOut);
    }

    /** The same of a label that is given back: a sum or words that cannot be read leave it no less decided. */
    static Reply voided(Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_VOID, MappedReply::leftOut);
    }

    private static void leftOut(Problem problem) {
        LOG.warn("what a described carrier tells cannot be read, and is left out: {}", problem);
    }

    /**
     * The same of prices, where a bad one costs no other, and days that cannot be read cost none.
     *
     * @param bad told what is wrong with each that is left out
     * @throws IllegalArgumentException when none is left, or anything else is wrong
     */
    static Reply rates(@Nullable Mapping mapping, Reply answer, Consumer<Problem> bad) {
        return sparing(mapping, answer, "rates", BESIDE_A_RATE, problem -> {
            if (String.valueOf(problem.pointer()).matches("/rates/\\d+/days")) {
                leftOut(problem);
            } else {
                bad.accept(problem);
            }
        });
    }

    private static Reply sparing(
            @Nullable Mapping mapping, Reply answer, String list, Set<String> parts, Consumer<Problem> bad) {
        if (mapping == null) {
            throw new IllegalArgumentException("nothing reads it");
        }
        Result result = mapping.apply(Document.of(answer.json()), list, parts);
        if (result instanceof Result.Mapped mapped) {
            mapped.warnings().forEach(bad);
        }
        return shaped(result);
    }

    private static Reply shaped(Result result) {
        if (result instanceof Result.Mapped mapped) {
            return new Reply(mapped.tree());
        }
        throw new IllegalArgumentException(
                result instanceof Result.Failed failed
                        ? failed.problems().get(0).toString()
                        : String.valueOf(result));
    }
}
