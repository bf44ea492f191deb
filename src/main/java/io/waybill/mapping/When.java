package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition: the first of these fields that is not empty, or what an expression answers, is one of some values, or none of them, or
 * empty, or not. All that is said must hold, and so must what is said beside it.
 *
 * @param expr asked in the place of fields; else null
 */
record When(
        List<SourcePath> from,
        @Nullable Expr expr,
        @Nullable Set<String> in,
        @Nullable Set<String> notIn,
        @Nullable Boolean empty,
        @Nullable When and) {
    /**
     * @throws Unanswered where that cannot be known of this document
     * @throws ThroughList where a list that holds something is asked which word it is
     */
    boolean holds(Scope scope) {
        JsonNode said = expr == null ? first(scope) : expr.answer(scope);
        return (in == null || isAmong(in, said))
                && (notIn == null || !isAmong(notIn, said))
                && (empty == null || empty == text(said).isEmpty())
                && (and == null || and.holds(scope));
    }

    private JsonNode first(Scope scope) {
        JsonNode said = MissingNode.getInstance();
        for (int i = 0; i < from.size() && text(said).isEmpty(); i++) {
            said = word(from.get(i), scope);
        }
        return said;
    }

    /** A number is one of them by its value, 0.0 where 0 is, and a text as it is written. */
    private static boolean isAmong(Set<String> words, JsonNode said) {
        if (words.contains(text(said))) {
            return true;
        }
        BigDecimal number = Values.exact(said);
        return number != null
                && words.stream()
                        .map(Values::plain)
                        .flatMap(Optional::stream)
                        .anyMatch(word -> word.compareTo(number) == 0);
    }

    private JsonNode word(SourcePath path, Scope scope) {
        JsonNode value = path.in(scope);
        if (value.isArray() && (in != null || notIn != null) && !Values.allAbsent(value)) {
            throw new ThroughList(path.text(), path.text(), path.text() + "[0]");
        }
        return value;
    }

    private static String text(JsonNode value) {
        return Values.absent(value) ? "" : Values.text(value);
    }

    /** The expressions of these conditions. */
    List<Expr> exprs() {
        List<Expr> exprs = and == null ? new ArrayList<>() : and.exprs();
        if (expr != null) {
            exprs.add(expr);
        }
        return exprs;
    }

    /** What each of the conditions reads, the alternatives of one together. */
    List<List<SourcePath>> asked() {
        List<List<SourcePath>> asked = and == null ? new ArrayList<>() : and.asked();
        asked.add(from);
        return asked;
    }

    Stream<Source> sources() {
        return asked().stream().map(SourceReader::of);
    }

    /** The columns of rows that it reads. */
    Stream<String> columns() {
        return asked().stream().flatMap(List::stream).flatMap(path -> path.names().stream());
    }
}
