package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a document of one kind says how many lines it has. Both totals may be left out of a document.
 *
 * @param in the path of the segment that says it, {@code CTT} or {@code CNT.2}
 * @param count the element with the number of lines
 * @param of the segment that begins a line
 * @param sum the element with the sum of the quantities, or empty
 * @param add the element of a line that is summed, or empty
 */
record EdiTotals(String in, String count, String of, String sum, String add) {
    static EdiTotals of(Map<?, ?> words) {
        return new EdiTotals(
                word(words, "in"), word(words, "count"), word(words, "of"), word(words, "sum"), word(words, "add"));
    }

    private static String word(Map<?, ?> words, String name) {
        return Objects.toString(words.get(name), "");
    }

    /** What the totals of a document say otherwise than its lines; a total that is no whole number says nothing. */
    List<Problem> wrong(JsonNode document) {
        List<JsonNode> lines = lines(document);
        JsonNode totals = document.at("/" + in.replace('.', '/'));
        List<Problem> found = new ArrayList<>();
        for (JsonNode total : totals.isArray() ? totals : List.of(totals)) {
            compare(found, count, total, Optional.of(BigInteger.valueOf(lines.size())));
            compare(found, sum, total, summed(lines));
        }
        return found;
    }

    /** At whatever depth: those of a pack lie in it, and a pack in another. */
    private List<JsonNode> lines(JsonNode document) {
        List<JsonNode> lines = new ArrayList<>();
        document.findValues(of).forEach(found -> (found.isArray() ? found : List.of(found)).forEach(lines::add));
        return lines;
    }

    private void compare(List<Problem> found, String element, JsonNode total, Optional<BigInteger> counted) {
        Optional<BigInteger> stated = whole(total.path(element));
        if (stated.isPresent() && counted.isPresent() && !stated.equals(counted)) {
            found.add(Problem.of(
                    FormatCode.EDI_COUNT,
                    "element",
                    element,
                    "stated",
                    stated.get(),
                    "counted",
                    counted.get(),
                    "source",
                    in + "." + element));
        }
    }

    /** Nothing where a line has no whole quantity: the standard adds its digits up without the decimal point. */
    private Optional<BigInteger> summed(List<JsonNode> lines) {
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode line : lines) {
            Optional<BigInteger> quantity = whole(line.path(add));
            if (quantity.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(quantity.get());
        }
        return Optional.of(sum);
    }

    private static Optional<BigInteger> whole(JsonNode element) {
        String text = element.asText("").strip();
        return text.matches("\\d{1,10}") ? Optional.of(new BigInteger(text)) : Optional.empty();
    }
}
