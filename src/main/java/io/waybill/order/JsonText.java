package io.waybill.order;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.ParserWords;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON object from bytes; what is wrong with the text is told by line and column. */
final class JsonText {
    /** How the parser tells of an exponent no number has. */
    private static final Pattern NO_NUMBER = Pattern.compile("Value \"([^\"]*)\"");

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private JsonText() {}

    static JsonNode object(InputStream text) {
        return object(tree(text).orElseThrow(() -> new ProblemException(Problem.of(OrderCode.EMPTY_DOCUMENT))));
    }

    static JsonNode object(JsonNode read) {
        if (!read.isObject()) {
            throw new ProblemException(Problem.of(OrderCode.NOT_AN_OBJECT, "type", Seen.type(read)));
        }
        return read;
    }

    /** Empty when there is nothing in it. */
    static Optional<JsonNode> tree(InputStream text) {
        try (JsonParser parser = Json.mapper().createParser(text)) {
            return tree(parser);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.of(OrderCode.BAD_NUMBER, "value", Seen.text(noNumber(e))), e);
        } catch (CharConversionException e) {
            throw new ProblemException(
                    Problem.of(OrderCode.NOT_JSON, "line", 1, "column", 1, "reason", "the text is not UTF-8"), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What breaks a bound is told without its place, which is where the parser stands. */
    private static Optional<JsonNode> tree(JsonParser parser) throws IOException {
        try {
            return Optional.<JsonNode>ofNullable(Json.mapper().readTree(parser));
        } catch (JsonProcessingException e) {
            JsonLocation told = e.getLocation();
            throw new ProblemException(at(kind(e), told == null ? parser.currentLocation() : told), e);
        }
    }

    private static String noNumber(NumberFormatException e) {
        String words = String.valueOf(e.getMessage());
        Matcher number = NO_NUMBER.matcher(words);
        return number.find() ? number.group(1) : words;
    }

    private static Problem kind(JsonProcessingException e) {
        if (e instanceof JsonEOFException || e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
            return Problem.of(OrderCode.TRUNCATED_JSON);
        }
        if (e instanceof StreamConstraintsException && e.getOriginalMessage().contains("nesting depth")) {
            return Problem.of(OrderCode.NESTED_TOO_DEEP, "max", Json.MAX_DEPTH);
        }
        Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
        return duplicate.find()
                ? Problem.of(OrderCode.DUPLICATE_FIELD, "field", Seen.text(duplicate.group(1)))
                : Problem.of(OrderCode.NOT_JSON, "reason", reason(e));
    }

    private static Problem at(Problem problem, JsonLocation location) {
        return problem.with("line", location.getLineNr()).with("column", location.getColumnNr());
    }

    private static String reason(JsonProcessingException e) {
        return Seen.text(ParserWords.plain(e.getOriginalMessage())).strip();
    }
}
