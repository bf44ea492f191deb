package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import org.apache.camel.Exchange;

/**
 * What the settings say of whom a sink writes for, under {@code sink.<name>.partner.*}: identifiers, qualifiers, ports. A mapping
 * reads them as {@code partner.<key>}, so that one mapping serves many partners.
 */
record Partner(ObjectNode facts) {
    /** Without facts where the sink is empty or says none. */
    static Partner of(Settings settings, String sink) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        if (!sink.isEmpty()) {
            Section section = settings.section("sink." + sink + ".partner");
            section.keys().forEach(key -> facts.put(key, section.get(key, "")));
        }
        return new Partner(facts);
    }

    /** Beside what the event says itself. */
    void putInto(Exchange exchange) {
        if (facts.isEmpty()) {
            return;
        }
        JsonNode event = Json.kept(exchange.getMessage().getBody(String.class));
        if (event instanceof ObjectNode object) {
            exchange.getMessage().setBody(Json.text(object.set("partner", facts)));
        }
    }
}
