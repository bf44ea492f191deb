package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Reply;
import io.waybill.mapping.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What replies' mappings may write: {@code purchase/1}, {@code label/1}, … as JSON Schemas in {@code shapes.json}. */
final class Shapes {
    private static final Map<String, Target> TARGETS = read();

    private Shapes() {}

    /** The shape of this name, or null when there is none. */
    static @Nullable Target of(String name) {
        return TARGETS.get(name);
    }

    private static Map<String, Target> read() {
        Map<String, Target> targets = new TreeMap<>();
        try (InputStream in = Shapes.class.getResourceAsStream("shapes.json")) {
            if (in == null) {
                throw new IllegalStateException("no shapes.json beside " + Shapes.class.getName());
            }
            JsonNode all = Reply.of(in.readAllBytes()).json();
            for (String name : Verb.shapes()) {
                ObjectNode schema = all.required(name).deepCopy();
                targets.put(name, Target.ofCarrier(name, schema.set("$defs", all.required("$defs"))));
            }
            return targets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
