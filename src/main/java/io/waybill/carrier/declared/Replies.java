package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.format.Document;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import org.jspecify.annotations.Nullable;

/** Reads what a described carrier answers: whether it was done, and what its mapping makes of it. */
final class Replies {
    private final Tables tables;

    /** Counts the error codes that {@code errors.csv} does not hold. */
    private final CodeTable unknown;

    Replies(String carrier, Tables tables) {
        this.tables = tables;
        this.unknown = CodeTable.of(carrier, "errors", java.util.Map.of(), "");
    }

    /** What a whole answer says. @throws RuntimeException when it says neither that it was done nor why it was not */
    Said said(ReplySpec reads, Answer.Read answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return new Said.No("account", "", "HTTP " + answer.status() + Reply.words(answer), null);
        }
        Reply tree = reads.tree(answer.body());
        if (answer.ok() && reads.nothing() != null && reads.nothing().holds(tree)) {
            return new Said.Nothing("the carrier knows no such order");
        }
        Check success = reads.success();
        return answer.ok() && (success == null || success.holds(tree))
                ? new Said.Yes(tree)
                : no(reads.error(), tree, answer);
    }

    private Said no(ReplySpec.ErrorPaths paths, Reply tree, Answer.Read answer) {
        String code = text(tree, paths.code());
        String message = text(tree, paths.message());
        if (code.isEmpty()) {
            throw new IllegalArgumentException("HTTP " + answer.status() + ", neither success nor an error code");
        }
        String words = message.isEmpty() ? code : message;
        Tables.ErrorRow row = tables.errors().get(code);
        if (row == null) {
            String seen = unknown.word(code);
            return new Said.No(paths.otherwise(), code, words + seen, field(paths, tree));
        }
        if (row.kind().equals("nothing")) {
            return new Said.Nothing(words);
        }
        return new Said.No(row.kind(), code, words, row.pointer() == null ? field(paths, tree) : row.pointer());
    }

    private @Nullable String field(ReplySpec.ErrorPaths paths, Reply tree) {
        return tables.fields().get(text(tree, paths.field()));
    }

    private static String text(Reply tree, java.util.List<String> path) {
        return path.isEmpty() ? "" : tree.text(path.toArray(String[]::new));
    }

    /** What the mapping makes of a good answer. @throws IllegalArgumentException when it cannot */
    static Reply shaped(@Nullable Mapping mapping, Reply answer) {
        if (mapping == null) {
            throw new IllegalArgumentException("nothing reads it");
        }
        Result result = mapping.apply(Document.of(answer.json()));
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
