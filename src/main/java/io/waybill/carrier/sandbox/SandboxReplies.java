package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks.Event;
import io.waybill.carrier.Voids.Voided;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the sandbox answers. An answer that lacks what it must have throws; the caller knows what that means. */
final class SandboxReplies {
    private static final CodeTable STATUSES = CodeTable.read(SandboxReplies.class, "statuses.csv", "unknown");
    private static final CodeTable CHARGES = CodeTable.read(SandboxReplies.class, "charges.csv", "uncategorized");
    private static final CodeTable VOIDS = CodeTable.read(SandboxReplies.class, "voids.csv", "unknown");

    private SandboxReplies() {}

    /** A purchase the carrier decided: 2xx or 4xx. */
    static Outcome outcome(Answer.Read answer, Ref ref) {
        ObjectNode json = Json.read(answer.body());
        if (answer.ok()) {
            return bought(json, ref.value(), answer.body());
        }
        JsonNode error = error(json);
        String code = required(error, "code");
        String words = error.path("message").asText(code);
        return switch (code) {
            case "key_reused", "in_progress" -> new Outcome.Unknown(words, answer.body());
            case "unauthorized" -> new Outcome.NotSent(words, Optional.empty(), answer.body());
            default ->
                new Outcome.Refused(words, code, pointer(error.path("field").asText("")), answer.body());
        };
    }

    static Found found(Answer.Read answer, Ref ref) {
        JsonNode shipments = Json.read(answer.body()).required("shipments");
        return shipments.isEmpty()
                ? new Found.Nothing()
                : new Found.Sold(bought(shipments.get(0), ref.value(), answer.body()));
    }

    static Fetched fetched(Answer.Read answer) {
        ObjectNode json = Json.read(answer.body());
        if (!answer.ok()) {
            return gone(error(json));
        }
        return label(json)
                .<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet("the carrier is still making the label"));
    }

    private static Fetched gone(JsonNode error) {
        return authorized(required(error, "code"))
                ? new Fetched.Gone(required(error, "message"))
                : new Fetched.NotYet(required(error, "message"));
    }

    private static boolean authorized(String code) {
        return !code.equals("unauthorized");
    }

    static Voided voided(Answer.Read answer) {
        ObjectNode json = Json.read(answer.body());
        if (answer.ok()) {
            return new Voided.Done(money(json.required("refund")));
        }
        JsonNode error = error(json);
        String words = Json.text(error, "message");
        return authorized(required(error, "code"))
                ? new Voided.Refused(VOIDS.word(required(error, "code")), words)
                : new Voided.Unknown(words);
    }

    static List<Rate> rates(Answer.Read answer) {
        List<Rate> rates = new ArrayList<>();
        for (JsonNode rate : Json.read(answer.body()).required("rates")) {
            boolean excluded = rate.hasNonNull("excluded");
            rates.add(new Rate(
                    required(rate, "service"),
                    excluded ? List.of() : charges(rate.required("price")),
                    excluded ? null : total(rate.required("price")),
                    rate.path("days").asInt(),
                    excluded ? null : LocalDate.parse(required(rate, "promised")),
                    excluded ? Json.text(rate, "excluded") : null));
        }
        return rates;
    }

    /** @throws RuntimeException when it is no answer about parcels */
    static List<Event> events(Answer.Read answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(
                    "the sandbox answers a question about parcels with HTTP " + answer.status());
        }
        List<Event> events = new ArrayList<>();
        for (JsonNode parcel : Json.read(answer.body()).required("parcels")) {
            for (JsonNode event : parcel.path("events")) {
                String code = required(event, "code");
                events.add(new Event(
                        required(parcel, "trackingNumber"),
                        STATUSES.word(code),
                        code,
                        event.path("text").asText(null),
                        event.path("place").asText(null),
                        Instant.parse(required(event, "at")).atOffset(ZoneOffset.UTC)));
            }
        }
        return events;
    }

    private static Outcome.Bought bought(JsonNode json, String reference, byte[] body) {
        if (!required(json, "reference").equals(reference)) {
            throw new IllegalArgumentException("it is about another reference than " + reference);
        }
        ShipmentId id = new ShipmentId(required(json, "id"));
        List<ExternalNumber> numbers = new ArrayList<>();
        numbers.add(new ExternalNumber("shipment", 0, id.value()));
        for (JsonNode parcel : json.required("parcels")) {
            numbers.add(
                    new ExternalNumber("tracking", parcel.path("parcel").asInt(), required(parcel, "trackingNumber")));
        }
        return new Outcome.Bought(id, numbers, charges(json.required("price")), label(json.required("label")), body);
    }

    private static Optional<Label> label(JsonNode json) {
        if (!Json.text(json, "status").equals("ready")) {
            return Optional.empty();
        }
        List<Label.Document> documents = new ArrayList<>();
        for (JsonNode document : json.required("documents")) {
            documents.add(new Label.Document(
                    "shipping_label",
                    document.path("parcel").asInt(),
                    required(document, "format"),
                    required(document, "size"),
                    Base64.getDecoder().decode(required(document, "content"))));
        }
        return Optional.of(new Label(documents));
    }

    /** The stated parts; what the total has beyond them is kept as a part of its own. */
    private static List<Charge> charges(JsonNode price) {
        Money total = total(price);
        List<Charge> charges = new ArrayList<>();
        BigDecimal rest = total.amount();
        for (JsonNode part : price.required("parts")) {
            String code = required(part, "code");
            BigDecimal amount = new BigDecimal(required(part, "amount"));
            rest = rest.subtract(amount);
            charges.add(new Charge(
                    CHARGES.word(code),
                    new Money(amount, total.currency()),
                    code,
                    part.path("text").asText(null)));
        }
        if (rest.signum() != 0) {
            charges.add(new Charge("uncategorized", new Money(rest, total.currency()), null, "not itemised"));
        }
        return charges;
    }

    private static Money total(JsonNode price) {
        return Money.of(required(price, "total"), required(price, "currency"));
    }

    private static Money money(JsonNode json) {
        return Money.of(required(json, "amount"), required(json, "currency"));
    }

    private static JsonNode error(ObjectNode json) {
        return json.required("errors").required(0);
    }

    /** {@code parcels[0].weight} → {@code /parcels/0/weight}; null when no field was named. */
    static @Nullable String pointer(String field) {
        return field.isEmpty()
                ? null
                : "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String required(JsonNode json, String field) {
        String text = Json.text(json, field);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return text;
    }
}
