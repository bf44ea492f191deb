package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import io.waybill.text.Meant;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A compiled JSLT expression. {@code $root} is the document; imports are refused. */
final class Expr {
    /** A name behind its point; before it what may look like one: a text, a comment. */
    private static final Pattern NAMES = Pattern.compile(
            "\\.\\s*(?:\"([^\"]+)\"|([A-Za-z_][\\w-]*))" + "|\"(?:[^\"\\\\]|\\\\.)*+\"|//[^\\n]*+", Pattern.DOTALL);

    /** As it is written within a quoted name. */
    private static final Pattern BREAK = Pattern.compile("(?<!\\\\)\\\\[nrt]");

    private static final List<Function> FUNCTIONS = Stream.concat(
                    DecimalFunction.ALL.stream(), Stream.of(new UrlPartFunction()))
            .toList();

    private final Expression compiled;
    private final Set<String> names = new LinkedHashSet<>();
    private final @Nullable ExprReads reads;

    private Expr(String text, Expression compiled) {
        this.compiled = compiled;
        this.reads = ExprReads.of(compiled, text);
        Matcher name = NAMES.matcher(text);
        while (name.find()) {
            Stream.of(name.group(1), name.group(2)).filter(Objects::nonNull).forEach(names::add);
        }
    }

    /** @param tabular of a table or its rows, whose columns are called by names in one line */
    static @Nullable Expr compile(String written, boolean tabular, int line, Faults faults) {
        String text = tabular ? withColumns(written) : written;
        try {
            Expression compiled = new Parser(new StringReader(text))
                    .withSource("expr")
                    .withFunctions(FUNCTIONS)
                    .withResourceResolver(name -> {
                        throw new JsltException("import is not allowed here");
                    })
                    .compile();
            return new Expr(text, compiled);
        } catch (JsltException e) {
            faults.add(line, MappingCode.BAD_EXPRESSION, "reason", firstLine(e.getMessageWithoutLocation()));
            return null;
        } catch (StackOverflowError e) {
            faults.add(line, MappingCode.BAD_EXPRESSION, "reason", "nested too deeply");
            return null;
        }
    }

    /** The same, each quoted name as a column of that name is called. */
    private static String withColumns(String text) {
        return NAMES.matcher(text).replaceAll(found -> {
            String name = found.group(1);
            String column = name == null ? "" : Meant.line(BREAK.matcher(name).replaceAll(" "));
            return Matcher.quoteReplacement(name == null ? found.group() : ".\"" + column + "\"");
        });
    }

    /** The value; missing when the expression answers null; null when it failed. */
    @Nullable
    JsonNode apply(Spot spot) {
        try {
            JsonNode answer = evaluate(spot.scope());
            if (answer instanceof NumericNode number && number.isNaN()) {
                return spot.refuse(MappingCode.EXPRESSION_FAILED, "reason", "it comes to " + number.asText());
            }
            return answer.isNull() ? MissingNode.getInstance() : answer;
        } catch (JsltException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | StackOverflowError e) {
            return spot.refuse(MappingCode.EXPRESSION_FAILED, "reason", why(e, spot.personal()));
        }
    }

    /**
     * What it answers where no line is written.
     *
     * @throws Unanswered when it failed; its words may quote the document, and are masked
     */
    JsonNode answer(Scope scope) {
        try {
            return evaluate(scope);
        } catch (JsltException
                | ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | StackOverflowError e) {
            throw new Unanswered(MappingCode.EXPRESSION_FAILED, "expr", "reason", why(e, true));
        }
    }

    private static String why(Throwable failure, boolean personal) {
        if (failure instanceof StackOverflowError) {
            return "it calls itself without end";
        }
        String words = firstLine(
                failure instanceof JsltException jslt ? jslt.getMessageWithoutLocation() : failure.getMessage());
        return personal && !(failure instanceof ArithmeticException) ? Masked.text(words) : words;
    }

    JsonNode evaluate(Scope scope) {
        return compiled.apply(Map.of("root", scope.root()), scope.here());
    }

    /** Every field name the expression mentions. */
    Set<String> names() {
        return names;
    }

    /** The paths it reads; null where that cannot be told, and its names count as read wherever they stand. */
    @Nullable
    ExprReads reads() {
        return reads;
    }

    private static String firstLine(@Nullable String message) {
        return Masked.brief(String.valueOf(message).lines().findFirst().orElse(""));
    }
}
