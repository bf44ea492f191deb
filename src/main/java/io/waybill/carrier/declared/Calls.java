package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import java.util.HashMap;
import java.util.Map;

/**
 * The calls of one account.
 *
 * @param open the settings a request may tell
 */
record Calls(AccountLine line, Map<String, String> open, Replies replies) {

    /** What may stand in braces in a call about a purchase. */
    Map<String, String> words(Ref ref) {
        Map<String, String> words = new HashMap<>();
        words.put("ref", ref.value());
        words.put("purchaseKey", ref.purchaseKey().toString());
        words.put("orderNumber", ref.orderNumber());
        return words;
    }

    Map<String, String> words(Ref ref, ShipmentId id) {
        Map<String, String> words = words(ref);
        words.put("id", id.value());
        return words;
    }

    /** The one POST that costs money. */
    Answer buy(Operation operation, Map<String, String> words, byte[] body) {
        Map<String, String> all = all(words);
        return line.buy(Requests.path(operation, all), Requests.headers(operation, all), body);
    }

    /** @throws IllegalArgumentException when no path can be made of the number of a draft: now, and not when it is bought */
    void requirePath(Operation operation, Map<String, String> words, String draft) {
        Map<String, String> all = all(words);
        all.put("draft", draft);
        Requests.path(operation, all);
    }

    /** A call that is about nothing but its words, and changes nothing. */
    Answer ask(Operation operation, Map<String, String> words) {
        return ask(operation, words, body(operation, words));
    }

    /** A call that changes nothing, tried again. */
    Answer ask(Operation operation, Map<String, String> words, byte[] body) {
        Map<String, String> all = all(words);
        String path = Requests.path(operation, all);
        Map<String, String> headers = Requests.headers(operation, all);
        return operation.method().equals("GET") ? line.read(path, headers) : line.ask(path, headers, body);
    }

    /** A call that changes something and costs nothing, sent once. */
    Answer change(Operation operation, Map<String, String> words, byte[] body) {
        Map<String, String> all = all(words);
        return line.change(operation.method(), Requests.path(operation, all), Requests.headers(operation, all), body);
    }

    /** A body that is written from words only. */
    byte[] body(Operation operation, Map<String, String> words) {
        ObjectNode tree = ShipmentTree.of(words, open);
        return Requests.body(operation, tree);
    }

    Said said(Operation operation, Answer.Read answer) {
        return replies.said(operation, answer);
    }

    private Map<String, String> all(Map<String, String> words) {
        Map<String, String> all = Settings.named(open);
        all.putAll(words);
        return all;
    }
}
