package io.waybill.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.ParserWords;
import io.waybill.text.Shortened;
import org.jspecify.annotations.Nullable;

/** JSON read strictly: exact decimals, no key twice, bounded depth and strings. */
final class JsonTrees {
    /** Digits of the longest number that is read. */
    static final int LONGEST_NUMBER = 200;

    private JsonTrees() {}

    static ObjectMapper mapper(Limits limits) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.cellChars())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(10_000)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** An exponent no number has, which the parser lets through until the number is asked for. */
    static JsonProcessingException noNumber(@Nullable JsonParser at, NumberFormatException e) {
        return new JsonParseException(at, "the exponent of a number is too large", e);
    }

    static ProblemException refused(String file, JsonProcessingException e, int element) {
        Problem problem = problem(file, e);
        return new ProblemException(element > 0 ? problem.with("row", element) : problem, e);
    }

    static Problem problem(String file, JsonProcessingException e) {
        String words = ParserWords.plain(e.getOriginalMessage());
        return Problem.of(
                FormatCode.BAD_JSON,
                "file",
                file,
                "line",
                e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
                "column",
                e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr()),
                "reason",
                Shortened.to(200, words));
    }
}
