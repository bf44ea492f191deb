package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.measure.Money;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON answer, or a part of one, read as carriers write them rather than as their documents say: an object where a list
 * of one was promised, a number where a string was, an empty string for nothing. What is absent reads as empty; what must
 * be there is asked for with {@link #required}.
 */
public record Reply(JsonNode json) {
    /** So many characters a number has at most, and so many places its exponent shifts it by. */
    private static final int LONGEST_NUMBER = 100;

    /** {@code data:application/pdf;base64,} */
    private static final Pattern DATA = Pattern.compile("^data:[^,]{0,200},", Pattern.CASE_INSENSITIVE);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(CarrierHttp.MAX_ANSWER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * An object or a list; names with accents may come in one byte each, too.
     *
     * @throws UncheckedIOException when it is neither
     */
    public static Reply of(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(inUtf8(body));
            if (json == null || !json.isContainerNode()) {
                throw new IOException("not a JSON object");
            }
            return new Reply(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            throw new UncheckedIOException(new IOException("a number with an exponent no number has", e));
        }
    }

    private static byte[] inUtf8(byte[] body) {
        return Letters.isUtf8(body) ? body : new String(body, ISO_8859_1).getBytes(UTF_8);
    }

    /** The part down this path; an absent one is empty. A list on the way gives its first element. */
    public Reply at(String... path) {
        JsonNode node = json;
        for (String field : path) {
            node = (node.isArray() ? node.path(0) : node).path(field);
        }
        return new Reply(node);
    }

    /** The elements of a list, the one object where a list was promised, nothing where nothing is. */
    public List<Reply> list(String... path) {
        JsonNode node = at(path).json;
        List<Reply> list = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> list.add(new Reply(element)));
        } else if (!node.isMissingNode()
                && !node.isNull()
                && !(node.isTextual() && node.asText().isBlank())) {
            list.add(new Reply(node));
        }
        return list;
    }

    /**
     * Text, number or boolean as text, that of an element of XML also beside its attributes; empty when there is none. Numbers keep their
     * digits; only one that nobody counts in keeps its exponent.
     */
    public String text(String... path) {
        JsonNode node = at(path).json;
        if (node.isArray()) {
            node = node.path(0);
        }
        if (node.has("#text")) {
            node = node.path("#text");
        }
        return node.isBigDecimal() && isCounted(node.decimalValue())
                ? node.decimalValue().toPlainString()
                : plain(node.asText(""));
    }

    /** Without the one character that no database keeps in a text. */
    static String plain(String text) {
        return text.replace("\0", "").strip();
    }

    /** @throws IllegalArgumentException {@code it has no <field>} */
    public String required(String... path) {
        String text = text(path);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it has no " + String.join(".", path));
        }
        return text;
    }

    public boolean isPresent() {
        return !(json instanceof MissingNode) && !json.isNull();
    }

    /** Written out, any other would fill the memory. */
    private static boolean isCounted(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LONGEST_NUMBER;
    }

    /**
     * A text as the number it is.
     *
     * @throws NumberFormatException when it is none, or one of so many digits that nobody counts in it
     */
    public static BigDecimal number(String text) {
        if (text.length() <= LONGEST_NUMBER) {
            BigDecimal number = new BigDecimal(text);
            if (isCounted(number)) {
                return number;
            }
        }
        throw new NumberFormatException(Shortened.openly(LONGEST_NUMBER, text) + " is longer than any number");
    }

    /**
     * An amount such as {@code "12.50"} or {@code 12.5}; empty when there is none.
     *
     * @throws NumberFormatException as {@link #number} does
     */
    public Optional<BigDecimal> decimal(String... path) {
        String text = text(path);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(text));
    }

    /**
     * An amount as {@link PriceParts#amount} reads it.
     *
     * @throws RuntimeException when it or its currency is missing or unreadable
     */
    public Money money(String amount, String currency) {
        String told = required(amount);
        BigDecimal sum = PriceParts.amount(this, amount)
                .orElseThrow(
                        () -> new IllegalArgumentException(Shortened.openly(LONGEST_NUMBER, told) + " is no amount"));
        return new Money(sum, Currency.getInstance(required(currency)));
    }

    /** As {@link #bytes} reads it. */
    public byte[] base64(String... path) {
        return bytes(required(path));
    }

    /** Base 64 of either alphabet, also behind a {@code data:} that a page would begin with. Line breaks and blanks are skipped. */
    public static byte[] bytes(String base64) {
        String text = DATA.matcher(base64).replaceFirst("");
        return Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }

    /** What an answer says in words, wherever it says it, with a colon before; empty when it says nothing. For logs and problems. */
    public static String words(Answer.Read answer) {
        return AnswerWords.of(answer);
    }
}
