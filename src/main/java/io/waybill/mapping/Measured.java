package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.waybill.format.Shape;
import io.waybill.format.Shaped;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The verbs {@code unit} and {@code currency}: exact conversion, and writing the unit beside the value. */
final class Measured {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private static final Shape VALUE_UNIT = Shape.of(List.of("value", "unit"));
    private static final Shape AMOUNT_CURRENCY = Shape.of(List.of("amount", "currency"));

    private Measured() {}

    /** A unit of weight or length by its word, as its size in the smallest unit of its kind. */
    record Unit(String word, String kind, BigDecimal size) {
        static Optional<Unit> read(String text) {
            return MassUnit.read(text)
                    .map(unit -> new Unit(unit.word(), "weight", unit.grams()))
                    .or(() -> LengthUnit.read(text).map(unit -> new Unit(unit.word(), "length", unit.millimetres())));
        }
    }

    static Step convert(Unit from, Unit to) {
        return (value, spot) -> {
            JsonNode number = NumberVerbs.number(value, spot);
            if (number == null || from.size().compareTo(to.size()) == 0) {
                return number;
            }
            BigDecimal exact = number.decimalValue()
                    .multiply(from.size())
                    .divide(to.size(), MathContext.DECIMAL128)
                    .stripTrailingZeros();
            return Values.NODES.numberNode(exact.scale() < 0 ? exact.setScale(0) : exact);
        };
    }

    /** {@code {value, unit}} with a fixed unit, or with the unit another field names. */
    static Step withUnit(@Nullable Unit unit, @Nullable Source from) {
        return (value, spot) -> {
            JsonNode number = NumberVerbs.number(value, spot);
            if (number == null) {
                return null;
            }
            String said = from == null ? "" : beside(from, spot);
            Unit given = from == null ? unit : Unit.read(said).orElse(null);
            if (given == null) {
                return spot.refuse(MappingCode.NOT_A_UNIT, "found", said);
            }
            return pair(VALUE_UNIT, number, given.word());
        };
    }

    /** {@code {amount, currency}}, the amount as text, with the currency another field names, else the fixed one. */
    static Step withCurrency(@Nullable String currency, @Nullable Source from) {
        return (value, spot) -> {
            JsonNode amount = amount(value, spot);
            if (amount == null) {
                return null;
            }
            String code = code(currency, from, spot);
            if (code == null || !isCurrency(code)) {
                return spot.refuse(MappingCode.NOT_A_CURRENCY, "found", code == null ? "" : code);
            }
            return pair(AMOUNT_CURRENCY, amount, code);
        };
    }

    /** Rounds half up to the decimals of that currency, and fills up to them; of one nobody knows all are kept. */
    static Step scale(@Nullable String currency, @Nullable Source from) {
        return (value, spot) -> {
            JsonNode number = NumberVerbs.number(value, spot);
            String code = code(currency, from, spot);
            int decimals = code == null || !isCurrency(code)
                    ? -1
                    : Currency.getInstance(code).getDefaultFractionDigits();
            return number == null || decimals < 0
                    ? number
                    : Values.NODES.numberNode(number.decimalValue().setScale(decimals, RoundingMode.HALF_UP));
        };
    }

    private static @Nullable String code(@Nullable String currency, @Nullable Source from, Spot spot) {
        String said = from == null ? "" : beside(from, spot).toUpperCase(Locale.ROOT);
        return said.isBlank() ? currency : said;
    }

    private static JsonNode pair(Shape shape, JsonNode value, String of) {
        Shaped pair = shape.object();
        pair.set(0, value);
        pair.set(1, Values.NODES.textNode(of));
        return pair;
    }

    private static String beside(Source from, Spot spot) {
        JsonNode value = from.read(spot);
        return value == null || Values.absent(value) ? "" : Values.text(value);
    }

    /** A decimal as text, so that no reader makes a float of it. */
    static @Nullable JsonNode amount(JsonNode value, Spot spot) {
        JsonNode number = NumberVerbs.number(value, spot);
        return number == null || number.getNodeType() != JsonNodeType.NUMBER
                ? null
                : Values.NODES.textNode(number.decimalValue().toPlainString());
    }

    static boolean isCurrency(String code) {
        return CURRENCIES.contains(code);
    }
}
