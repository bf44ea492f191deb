package io.waybill.order;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.function.Function;

/**
 * The one JSON dialect of the hub: weights as {@code {value, unit}}, money as {@code {amount: "12.50", currency}}, times
 * ISO 8601 with their own offset, numbers exact. What others send is refused for duplicate keys, trailing text, nesting beyond 64,
 * texts of more than a million characters and numbers of more than a hundred.
 */
public final class Json {
    static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;
    private static final ObjectMapper MAPPER = build(strict());

    /** Without bounds of its own: whatever was taken in is read again. */
    private static final ObjectMapper KEPT = build(boundless());

    private Json() {}

    /** The shared mapper, for reading and writing records. Never reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** What the hub itself wrote, to the last digit; nonsense there is a surprise. */
    public static JsonNode kept(String text) {
        try {
            return KEPT.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable("JSON", e);
        }
    }

    /** The same as what it stands for. */
    public static <T> T kept(String text, Class<T> type) {
        try {
            return KEPT.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type.getSimpleName(), e);
        }
    }

    private static IllegalStateException unreadable(String what, JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return new IllegalStateException("not " + what + " as the hub writes it" + where, e);
    }

    /** As the hub keeps it, numbers without an exponent, and as {@link #kept} reads it. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonFactoryBuilder strict() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxStringLength(MAX_TEXT)
                        .maxNameLength(10_000)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    private static JsonFactoryBuilder boundless() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build());
    }

    private static ObjectMapper build(JsonFactoryBuilder factory) {
        return JsonMapper.builder(factory.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build())
                .addModules(new Jdk8Module(), new JavaTimeModule(), measures())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
                .build();
    }

    private static SimpleModule measures() {
        return new SimpleModule("measures")
                .addSerializer(Weight.class, writing((weight, json) -> {
                    json.writeNumberField("value", weight.value());
                    json.writeStringField("unit", weight.unit().word());
                }))
                .addSerializer(Money.class, writing((money, json) -> {
                    json.writeStringField("amount", money.amount().toPlainString());
                    json.writeStringField("currency", money.currency().getCurrencyCode());
                }))
                .addSerializer(Dimensions.class, writing((box, json) -> {
                    json.writeNumberField("length", box.length());
                    json.writeNumberField("width", box.width());
                    json.writeNumberField("height", box.height());
                    json.writeStringField("unit", box.unit().word());
                }))
                .addDeserializer(Weight.class, reading(Json::weight))
                .addDeserializer(Money.class, reading(Json::money))
                .addDeserializer(Dimensions.class, reading(Json::dimensions));
    }

    private static Weight weight(JsonNode node) {
        return new Weight(
                decimal(node, "value"),
                MassUnit.read(node.path("unit").asText()).orElseThrow());
    }

    private static Money money(JsonNode node) {
        return new Money(
                decimal(node, "amount"),
                Currency.getInstance(node.path("currency").asText()));
    }

    private static Dimensions dimensions(JsonNode node) {
        return new Dimensions(
                decimal(node, "length"),
                decimal(node, "width"),
                decimal(node, "height"),
                LengthUnit.read(node.path("unit").asText()).orElseThrow());
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
    }

    private static <T> JsonSerializer<T> writing(Fields<T> fields) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider ignored) throws IOException {
                json.writeStartObject();
                fields.write(value, json);
                json.writeEndObject();
            }
        };
    }

    private static <T> JsonDeserializer<T> reading(Function<JsonNode, T> read) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return read.apply(context.readTree(parser));
            }
        };
    }

    private interface Fields<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }
}
