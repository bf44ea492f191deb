package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import io.waybill.format.Document;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.problem.Problem;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a described carrier answers: whether it was done, and what its mapping makes of it. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
    private static final int NO_CONTENT = 204;
    private static final String TOKEN = "token";

    /** What refuses a token says little; a label need not be read twice. */
    private static final int LONGEST_REFUSAL = 20_000;

    private static final Set<String> PRICE = Set.of("total", "currency", "charges");

    /** What of a sale may be wrong, and sold it is all the same. */
    private static final Set<String> BESIDE_A_SALE = Set.of(
            "total", "currency", "charges", "label/status", "label/documents", "agentNumber", "lastMileNumber");

    /** What of a label that comes later may be wrong, and it is a label all the same. */
    private static final Set<String> BESIDE_A_LABEL = Set.of("total", "currency", "charges", "events");

    /** What of a price may be wrong, and it is the price all the same. */
    private static final Set<String> BESIDE_A_RATE = Set.of("rates/*/days");

    /** What of a void may be wrong, and it was decided all the same. */
    private static final Set<String> BESIDE_A_VOID = Set.of("refund", "currency", "words");

    private static final Set<String> GONE = Set.of("404", "410");

    /** What a status alone does not say where the words are that it could not be done just now. */
    private static final Set<String> DECIDED = Set.of("refused", "nothing", "gone");

    private static final Set<Verb> CHANGES = EnumSet.of(Verb.CREATE, Verb.CONFIRM, Verb.CANCEL);
    private static final Reply NOTHING = new Reply(MissingNode.getInstance());

    private final Tables tables;

    /** Counts the error codes that {@code errors.csv} does not hold. */
    private final CodeTable unknown;

    Replies(String carrier, Tables tables) {
        this.tables = tables;
        this.unknown = CodeTable.of(carrier, "errors", java.util.Map.of(), "");
    }

    /**
     * What a whole answer says.
     *
     * @throws RuntimeException when it says neither that it was done nor why it was not
     */
    Said said(Operation operation, Answer.Read answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return new Said.No("account", "", "HTTP " + answer.status() + Reply.words(answer), null);
        }
        ReplySpec reads = operation.reads();
        if (isDoneWithoutAWord(operation, answer)) {
            return new Said.Yes(NOTHING);
        }
        if (reads.nothing() != null
                && reads.nothing().isOfStatus()
                && !isPage(reads, answer)
                && !isNotNow(tree(reads, answer), reads.error(), answer)
                && reads.nothing().holds(NOTHING, answer.status())) {
            return new Said.Nothing("HTTP " + answer.status() + Reply.words(answer));
        }
        if (!answer.ok()) {
            return no(operation, tree(reads, answer), answer);
        }
        Reply tree = reads.told(answer.body(), answer.status());
        boolean isDone = reads.success() == null || reads.success().holds(tree, answer.status());
        Check nothing = reads.nothing();
        if (nothing != null && saysNothing(nothing, tree, isDone)) {
            return nothing.values() == null && isNotNow(tree, reads.error(), answer)
                    ? Said.unreadable("HTTP " + answer.status() + Reply.words(answer))
                    : new Said.Nothing("the carrier knows no such order");
        }
        return isDone ? new Said.Yes(tree) : no(operation, tree, answer);
    }

    /**
     * That nothing stands in an answer says so only where it says that it was done, and not that it could not be done just now: an error
     * has nothing in it, either.
     */
    private static boolean saysNothing(Check nothing, Reply tree, boolean isDone) {
        return !nothing.isOfStatus() && (isDone || nothing.exists()) && nothing.holds(tree, 0);
    }

    /** An empty answer says that it was done, where nothing more is to be said. */
    private static boolean isDoneWithoutAWord(Operation operation, Answer.Read answer) {
        boolean needsWords =
                operation.verb().needsReply() || (operation.reply() != null && answer.status() != NO_CONTENT);
        return answer.ok() && !needsWords && new String(answer.body(), ISO_8859_1).isBlank();
    }

    /** A page of a gateway's, not the carrier's word: its status decides nothing. */
    private static boolean isPage(ReplySpec reads, Answer.Read answer) {
        return new String(answer.body(), ISO_8859_1).stripLeading().startsWith("<")
                && !tree(reads, answer).isPresent();
    }

    /** An error's; one that cannot be read has its status all the same. */
    private static Reply tree(ReplySpec reads, Answer.Read answer) {
        try {
            return reads.refusal(answer.body());
        } catch (RuntimeException unreadable) {
            return NOTHING;
        }
    }

    /** By its code; else by the HTTP status, where {@code errors.csv} holds that. */
    private Said no(Operation operation, Reply tree, Answer.Read answer) {
        ReplySpec.ErrorPaths paths = operation.reads().error();
        String http = answer.ok() ? "" : String.valueOf(answer.status());
        String status = isPage(operation.reads(), answer) ? "" : http;
        String stated = text(tree, paths.code());
        boolean isKnown = tables.errors().containsKey(stated);
        String code = !isKnown && (stated.isEmpty() || tables.errors().containsKey(status)) ? status : stated;
        String words = words(tree, paths, answer, stated);
        boolean isNotNow = isNotNow(tree, paths, answer);
        Tables.ErrorRow row = tables.errors().get(code);
        if (row != null && isNotNow && code.equals(status) && DECIDED.contains(row.kind())) {
            return new Said.No("unknown", code, words, null);
        }
        if (row != null) {
            return row.kind().equals("nothing")
                    ? new Said.Nothing(words)
                    : new Said.No(
                            row.kind().equals(TOKEN) ? "account" : row.kind(),
                            code,
                            words,
                            row.pointer() == null ? field(paths, tree) : row.pointer());
        }
        if (operation.verb() == Verb.CANCEL && GONE.contains(http) && !isNotNow) {
            return new Said.Nothing(words);
        }
        if (stated.isEmpty() && !(paths.code().isEmpty() && !status.isEmpty() && tree.isPresent())) {
            throw new IllegalArgumentException(
                    "HTTP " + answer.status() + ", neither success nor an error code" + Reply.words(answer));
        }
        boolean isDecided = CHANGES.contains(operation.verb()) && !isNotNow;
        String otherwise = isDecided ? paths.otherwise() : "unknown";
        return new Said.No(otherwise, code, words + unknown.word(code), field(paths, tree));
    }

    /** Whether the token was not taken: by its status, or by a code of these readings that {@code errors.csv} says so of. */
    boolean refusesToken(Collection<ReplySpec> readings, Answer.Read answer) {
        boolean isTold =
                tables.errors().values().stream().anyMatch(row -> row.kind().equals(TOKEN))
                        && answer.body().length <= LONGEST_REFUSAL;
        return answer.status() == 401 || (isTold && readings.stream().anyMatch(reads -> refusesToken(reads, answer)));
    }

    private boolean refusesToken(ReplySpec reads, Answer.Read answer) {
        Reply tree = tree(reads, answer);
        Check success = reads.success();
        boolean isDone = answer.ok() && (success == null || success.holds(tree, answer.status()));
        Tables.ErrorRow row = tables.errors().get(text(tree, reads.error().code()));
        return !isDone && row != null && row.kind().equals(TOKEN);
    }

    /** The carrier's own where it has any; else its code, or what else it says. */
    private static String words(Reply tree, ReplySpec.ErrorPaths paths, Answer.Read answer, String code) {
        String message = text(tree, paths.message());
        if (!message.isEmpty()) {
            return message;
        }
        return code.isEmpty() ? "HTTP " + answer.status() + Reply.words(answer) : code;
    }

    /** Whether it says that it could not be done just now, where its words are said to stand or elsewhere. */
    private static boolean isNotNow(Reply tree, ReplySpec.ErrorPaths paths, Answer.Read answer) {
        return NotNow.isSaid(text(tree, paths.message())) || NotNow.isSaid(Reply.words(answer));
    }

    private @Nullable String field(ReplySpec.ErrorPaths paths, Reply tree) {
        return tables.fields().get(text(tree, paths.field()));
    }

    private static String text(Reply tree, java.util.List<String> path) {
        return path.isEmpty() ? "" : tree.text(path.toArray(String[]::new));
    }

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
        return sparing(mapping, answer, "events", PRICE, Replies::leftOut);
    }

    /**
     * The same of what was sold: a price that cannot be read costs neither its number nor its label, and a word nobody knows for how its
     * label stands leaves that to what is told of the label.
     */
    static Reply sale(@Nullable Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_SALE, Replies::leftOut);
    }

    /** The same of a label that is asked for or pushed: a price that cannot be read, or events beside it, do not cost it. */
    static Reply label(@Nullable Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_LABEL, Replies::leftOut);
    }

    /** The same of a label that is given back: a sum or words that cannot be read leave it no less decided. */
    static Reply voided(Mapping mapping, Reply answer) {
        return sparing(mapping, answer, "", BESIDE_A_VOID, Replies::leftOut);
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
            JsonNode tree = mapped.tree();
            return new Reply(tree);
        }
        throw new IllegalArgumentException(
                result instanceof Result.Failed failed
                        ? failed.problems().get(0).toString()
                        : String.valueOf(result));
    }
}
