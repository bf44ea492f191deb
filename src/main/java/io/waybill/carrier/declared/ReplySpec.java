package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Reply;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the answers of an operation are read before its mapping sees them.
 *
 * @param format of what is said in them; a file is only a label, and what is said instead of one is JSON
 * @param inside paths at which a JSON document stands as a text
 * @param success what says that it was done; null when the HTTP status alone does
 * @param nothing of a look-up, what says that there is no such order; null when only an error code does
 */
record ReplySpec(
        Form format,
        List<List<String>> inside,
        @Nullable Check success,
        @Nullable Check nothing,
        ErrorPaths error) {

    enum Form {
        JSON,
        XML,
        FILE
    }

    /**
     * Where an error stands.
     *
     * @param code where it stands; nowhere when the HTTP status is all there is
     * @param otherwise what a code that {@code errors.csv} does not hold means for a purchase, a draft and a void
     */
    record ErrorPaths(List<String> code, List<String> message, List<String> field, String otherwise) {}

    /**
     * The answer as a tree; a list alone is {@code items}.
     *
     * @throws RuntimeException when it is none
     */
    Reply tree(byte[] body) {
        Reply answer = shell(body);
        for (List<String> path : inside) {
            unfold(answer.json(), path);
        }
        return answer;
    }

    /**
     * The same with the texts as they stand, whatever is in them.
     *
     * @throws RuntimeException when it is no tree
     */
    Reply shell(byte[] body) {
        Reply answer = format == Form.XML ? new Reply(fromXml(body)) : Reply.of(body);
        if (answer.json().isArray()) {
            ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
            wrapped.set("items", answer.json());
            answer = new Reply(wrapped);
        }
        return answer;
    }

    /**
     * The same where what stands around a text that is no JSON says that it was not done: nothing in it could say otherwise.
     *
     * @throws RuntimeException when it is none
     */
    Reply told(byte[] body, int status) {
        Check done = success;
        return done != null && !inside.isEmpty() && isAround(done.path()) && !done.holds(shell(body), status)
                ? refusal(body)
                : tree(body);
    }

    private boolean isAround(List<String> path) {
        return inside.stream().noneMatch(text -> begins(path, text));
    }

    /**
     * An error's: a text that is no JSON stays a text.
     *
     * @throws RuntimeException when it is no tree
     */
    Reply refusal(byte[] body) {
        try {
            return tree(body);
        } catch (RuntimeException unreadable) {
            return shell(body);
        }
    }

    private static boolean begins(List<String> path, List<String> begin) {
        return path.size() >= begin.size() && path.subList(0, begin.size()).equals(begin);
    }

    private static JsonNode fromXml(byte[] body) {
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(body), "the answer", Reading.of(Format.XML))) {
            Document document = reader.next();
            if (document == null || document.tree().isEmpty()) {
                throw new IllegalArgumentException("an empty XML document");
            }
            return document.tree();
        }
    }

    /** Of a list the first, as everywhere in an answer. */
    private static JsonNode first(JsonNode json) {
        return json.isArray() ? json.path(0) : json;
    }

    /** The text at this path becomes what it says; what is no text stays. */
    private static void unfold(JsonNode json, List<String> path) {
        JsonNode at = json;
        for (String step : path.subList(0, path.size() - 1)) {
            at = first(at.path(step));
        }
        String last = path.get(path.size() - 1);
        Optional<String> text = Optional.of(at.path(last))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(said -> !said.isBlank());
        if (at instanceof ObjectNode parent && text.isPresent()) {
            parent.set(
                    last,
                    Reply.of(text.get().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .json());
        }
    }
}
