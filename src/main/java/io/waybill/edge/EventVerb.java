package io.waybill.edge;

import io.waybill.settings.Settings;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-event:SINK?mapping=NAME}: an event as a sink tells it, with the header {@code content-type}. Without a mapping it stays as
 * it is, CloudEvents JSON; with one it is the JSON that the mapping writes, and of an event it skips the route ends here. The mapping finds
 * {@code sink.SINK.partner.*} of the settings as the event's member {@code partner}.
 */
final class EventVerb extends Verb {
    private static final String TYPE = "content-type";
    private static final String CLOUD_EVENT = "application/cloudevents+json; charset=UTF-8";
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String SKIPPED = "[]";

    private final MappingVerb.Mapper mapper;
    private final Settings settings;

    EventVerb(MappingVerb.Mapper mapper, Settings settings) {
        this.mapper = mapper;
        this.settings = settings;
    }

    @Override
    Processor step(String sink, Map<String, Object> options) {
        String mapping = option(options, "mapping", "").strip();
        if (mapping.isEmpty()) {
            return exchange -> exchange.getMessage().setHeader(TYPE, CLOUD_EVENT);
        }
        Partner partner = Partner.of(settings, sink);
        return exchange -> {
            partner.putInto(exchange);
            map(exchange, mapping);
        };
    }

    private void map(Exchange exchange, String mapping) throws Exception {
        String written = mapper.map(mapping, exchange.getMessage().getBody(String.class));
        if (written.equals(SKIPPED)) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.getMessage().setBody(written);
        exchange.getMessage().setHeader(TYPE, JSON);
    }
}
