package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.delivery.Trial;
import io.waybill.ledger.Stage;
import io.waybill.order.Json;
import io.waybill.problem.Messages;
import java.util.SortedSet;
import java.util.TreeSet;

/** What sinks are posted, in the document: a webhook for each type of event that the hub knows, none beside them. */
record EventHooks(Messages messages) {
    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final String SCHEMAS = "#/components/schemas/";

    private static SortedSet<String> types() {
        SortedSet<String> types = new TreeSet<>(Stage.BY_EVENT.keySet());
        types.add(Trial.TYPE);
        return types;
    }

    ObjectNode tree() {
        ObjectNode webhooks = Json.mapper().createObjectNode();
        types().forEach(type -> webhook(webhooks.putObject(type).putObject("post"), type));
        return webhooks;
    }

    private void webhook(ObjectNode post, String type) {
        post.put("operationId", name(type)).put("summary", messages.text("webhook." + type));
        post.putArray("security");
        ArrayNode headers = post.putArray("parameters");
        for (String header : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature", "traceparent"}) {
            headers.addObject()
                    .put("name", header)
                    .put("in", "header")
                    .put("required", header.startsWith("webhook-"))
                    .put("description", messages.text("webhook.header." + header))
                    .putObject("schema")
                    .put("type", "string");
        }
        post.putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", SCHEMAS + name(type));
        answers(post.putObject("responses"));
    }

    private void answers(ObjectNode responses) {
        responses.putObject("2XX").put("description", messages.text("webhook.answer.taken"));
        for (String status : new String[] {"429", "503"}) {
            ObjectNode later = responses.putObject(status).put("description", messages.text("webhook.answer.later"));
            later.putObject("headers")
                    .putObject("Retry-After")
                    .put("description", messages.text("header.Retry-After"))
                    .putObject("schema")
                    .put("type", "string");
        }
        responses.putObject("default").put("description", messages.text("webhook.answer.other"));
    }

    /** Gives each type a schema of its own: the envelope of all of them, around what {@code schemas.yaml} says of its data. */
    void addSchemas(ObjectNode schemas) {
        ObjectNode any = schemas.withObjectProperty("Event");
        for (String type : types()) {
            String data = "data." + type;
            if (!schemas.has(data)) {
                throw new IllegalStateException("schemas.yaml says nothing of " + data);
            }
            ObjectNode event = any.deepCopy();
            ObjectNode fields = event.withObjectProperty("properties");
            fields.putObject("type").put("const", type);
            fields.putObject("data").put("$ref", SCHEMAS + data);
            schemas.set(name(type), event);
        }
        schemas.remove("Event");
    }

    private static String name(String type) {
        return "event." + type;
    }
}
