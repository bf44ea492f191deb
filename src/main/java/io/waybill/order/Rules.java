package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a schema cannot say about an order. Rules read the tree, so they speak even where the schema found faults. */
final class Rules {
    interface Rule {
        void check(JsonNode document, Consumer<Problem> found);
    }

    static final List<Rule> EVERYWHERE =
            List.of(Rules::wordsAndDatesExist, Rules::parcelReferencesDiffer, BrokenText::unkept);
    static final List<Rule> KEPT_ORDER = List.of(Rules::addressesAreDeliverable, Rules::parcelItemsExist);
    static final List<Rule> ORDER = List.of(Rules::addressesAreDeliverable, Rules::parcelItemsExist, BrokenText::lost);
    static final List<Rule> PACKING = List.of(Rules::somethingIsPacked, BrokenText::lost);
    static final List<Rule> OUTSIDE = List.of(Rules::costIsKeptWhole, BrokenText::lost);

    /** A parcel is delivered, whatever letter its carrier's words lost. */
    static final List<Rule> TRACKING = List.of(Rules::somethingHappened);

    private static final int COST_PLACES = 4;
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Rules() {}

    /** The ledger keeps four places: more would be rounded, and never be the same cost again. */
    private static void costIsKeptWhole(JsonNode outside, Consumer<Problem> found) {
        JsonNode amount = outside.at("/cost/amount");
        if (amount.isNumber() && amount.decimalValue().stripTrailingZeros().scale() > COST_PLACES) {
            found.accept(Problem.of(
                            OrderCode.BAD_VALUE,
                            "field",
                            "amount",
                            "value",
                            Seen.value(amount),
                            "legal",
                            "12.50, at most four places")
                    .at("/cost/amount"));
        }
    }

    private static void addressesAreDeliverable(JsonNode order, Consumer<Problem> found) {
        for (String field : Addresses.FIELDS) {
            if (order.path(field).isObject()) {
                Addresses.check(Addresses.of(order.path(field)), "/" + field).forEach(found);
            }
        }
    }

    private static void parcelItemsExist(JsonNode order, Consumer<Problem> found) {
        Set<String> known = new HashSet<>();
        order.path("items").forEach(item -> {
            known.add(item.path("sku").asText());
            known.add(item.path("externalId").asText());
        });
        known.remove("");
        JsonNode parcels = order.path("parcels");
        for (int p = 0; p < parcels.size(); p++) {
            JsonNode items = parcels.path(p).path("items");
            for (int i = 0; i < items.size(); i++) {
                String item = items.path(i).asText();
                if (!known.contains(item)) {
                    found.accept(Problem.of(OrderCode.UNKNOWN_ITEM, "item", Seen.text(item))
                            .at("/parcels/" + p + "/items/" + i));
                }
            }
        }
    }

    private static void parcelReferencesDiffer(JsonNode document, Consumer<Problem> found) {
        Set<String> seen = new HashSet<>();
        JsonNode parcels = document.path("parcels");
        for (int p = 0; p < parcels.size(); p++) {
            JsonNode reference = parcels.path(p).path("reference");
            if (reference.isTextual() && !seen.add(reference.textValue())) {
                found.accept(Problem.of(OrderCode.DUPLICATE_PARCEL, "reference", Seen.value(reference))
                        .at("/parcels/" + p + "/reference"));
            }
        }
    }

    private static void somethingIsPacked(JsonNode packing, Consumer<Problem> found) {
        if (packing.path("parcels").isArray() && packing.path("parcels").isEmpty()) {
            found.accept(Problem.of(OrderCode.NO_PARCELS).at("/parcels"));
        }
    }

    private static void somethingHappened(JsonNode scan, Consumer<Problem> found) {
        if (!scan.has("occurredAt") && scan.path("events").isEmpty()) {
            found.accept(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "occurredAt").at("/occurredAt"));
        }
    }

    private static void wordsAndDatesExist(JsonNode document, Consumer<Problem> found) {
        for (var field : document.properties()) {
            if (!field.getKey().equals("metadata")) {
                walk(field.getKey(), field.getValue(), () -> FieldProblems.below("", field.getKey()), found);
            }
        }
    }

    /** @param field empty for a member of a list */
    private static void walk(String field, JsonNode value, Supplier<String> at, Consumer<Problem> found) {
        if (value.isTextual()) {
            word(field, value.textValue(), at, found);
        }
        for (var each : value.properties()) {
            walk(each.getKey(), each.getValue(), () -> FieldProblems.below(at.get(), each.getKey()), found);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            int member = i;
            walk("", value.get(i), () -> at.get() + "/" + member, found);
        }
    }

    private static void word(String field, String value, Supplier<String> at, Consumer<Problem> found) {
        switch (field) {
            case "country", "originCountry" -> {
                if (!Addresses.knows(value)) {
                    found.accept(FieldProblems.country(value).at(at.get()));
                }
            }
            case "currency" -> {
                if (!CURRENCIES.contains(value)) {
                    found.accept(Problem.of(OrderCode.UNKNOWN_CURRENCY, "value", Seen.text(value))
                            .at(at.get()));
                }
            }
            case "placedAt", "occurredAt", "estimatedDelivery" ->
                date(value, OffsetDateTime::parse, OrderCode.BAD_TIME, at, found);
            case "shipDate", "date" -> date(value, LocalDate::parse, OrderCode.BAD_DATE, at, found);
            default -> {}
        }
    }

    private static void date(
            String value, Consumer<String> parse, OrderCode code, Supplier<String> at, Consumer<Problem> found) {
        try {
            parse.accept(value);
        } catch (DateTimeException e) {
            found.accept(Problem.of(code, "value", Seen.text(value)).at(at.get()));
        }
    }
}
