package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one of several purchases of a shipment holds.
 *
 * @param parcels which of the shipment's parcels, counted from 0
 * @param items which of its items, counted from 0
 * @param says what it says otherwise than the whole, a JSON Merge Patch
 */
public record Piece(List<Integer> parcels, List<Integer> items, JsonNode says) {

    /** As the ledger keeps it. */
    static Piece read(String text) {
        JsonNode stored = Json.kept(text);
        return new Piece(numbers(stored.path("parcels")), numbers(stored.path("items")), stored.path("says"));
    }

    private static List<Integer> numbers(JsonNode list) {
        List<Integer> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    String text() {
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        ArrayNode parcelNumbers = stored.putArray("parcels");
        parcels.forEach(parcelNumbers::add);
        ArrayNode itemNumbers = stored.putArray("items");
        items.forEach(itemNumbers::add);
        stored.set("says", says);
        return stored.toString();
    }

    /** What the purchase is to say. */
    JsonNode content(JsonNode whole) {
        return MergePatch.apply(whole, says);
    }

    /**
     * The same of the whole, where what was cut was a piece itself.
     *
     * @param outer the piece it is cut from, or null
     */
    Piece within(@Nullable Piece outer) {
        return outer == null
                ? this
                : new Piece(numbers(parcels, outer.parcels), numbers(items, outer.items), both(outer.says, says));
    }

    private static List<Integer> numbers(List<Integer> inner, List<Integer> outer) {
        return inner.stream().map(outer::get).toList();
    }

    /** One patch that does what two do. */
    private static JsonNode both(JsonNode first, JsonNode then) {
        if (!first.isObject() || !then.isObject()) {
            return then;
        }
        ObjectNode both = first.deepCopy();
        then.properties().forEach(field -> both.set(field.getKey(), both(both.path(field.getKey()), field.getValue())));
        return both;
    }

    /** Its numbers, and what may stay of what it says. */
    Piece erased() {
        return new Piece(parcels, items, Erased.said(says));
    }

    /** A JSON pointer into the content of this piece, as one into the whole. */
    @Nullable
    String inWhole(@Nullable String pointer) {
        if (pointer == null) {
            return null;
        }
        for (Map.Entry<String, List<Integer>> list :
                Map.of("/parcels/", parcels, "/items/", items).entrySet()) {
            if (pointer.startsWith(list.getKey())) {
                return renumbered(pointer, list.getKey(), list.getValue());
            }
        }
        return pointer;
    }

    private static String renumbered(String pointer, String list, List<Integer> numbers) {
        String rest = pointer.substring(list.length());
        int end = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
        String number = rest.substring(0, end);
        boolean known = number.matches("\\d{1,4}") && Integer.parseInt(number) < numbers.size();
        return known ? list + numbers.get(Integer.parseInt(number)) + rest.substring(end) : pointer;
    }
}
