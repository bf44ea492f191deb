package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a described carrier answers: whether it was done, or why it was not. {@link MappedReply} reads the rest. */
final class Replies {
    private static final int NO_CONTENT = 204;
    private static final String TOKEN = "token";

    /** What refuses a token says little; a label need not be read twice. */
    private static final int LONGEST_REFUSAL = 20_000;

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
        this.unknown = CodeTable.of(carrier, "errors", Map.of(), "");
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

    private static String text(Reply tree, List<String> path) {
        return path.isEmpty() ? "" : tree.text(path.toArray(String[]::new));
    }
}
