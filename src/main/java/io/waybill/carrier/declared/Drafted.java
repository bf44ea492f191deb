package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.carrier.Reply;

/**
 * A purchase of two calls between them: what is stored before the second is sent.
 *
 * @param id the carrier's number of the draft
 * @param body of the call that confirms it
 */
record Drafted(String id, byte[] body) {

    byte[] bytes() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("draft", id)
                .put("confirm", new String(body, UTF_8))
                .toString()
                .getBytes(UTF_8);
    }

    static Drafted read(byte[] bytes) {
        Reply stored = Reply.of(bytes);
        return new Drafted(
                stored.required("draft"), stored.json().path("confirm").asText().getBytes(UTF_8));
    }
}
