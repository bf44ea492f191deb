package io.waybill.edge;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-map:MAPPING?as=json|rows|csv}: maps a JSON body. {@code json} (the default) leaves the mapped JSON,
 * {@code csv} its rows as CSV text, {@code rows} a list of maps for bound SQL parameters, each with {@code eventId} and
 * {@code line} (from 1).
 */
public final class MappingVerb extends Verb {
    private final Mapper mapper;

    MappingVerb(Mapper mapper) {
        this.mapper = mapper;
    }

    /** Applies a mapping by name. */
    @FunctionalInterface
    public interface Mapper {
        /**
         * JSON in, JSON out; {@code []} for a document the mapping skips.
         *
         * @throws Exception when there is no such mapping or the document does not fit it
         */
        String map(String mapping, String json) throws Exception;
    }

    @Override
    Processor step(String mapping, Map<String, Object> options) {
        String as = option(options, "as", "json");
        return switch (as) {
            case "json" -> exchange -> replace(exchange, mapped(exchange, mapping));
            case "csv" ->
                exchange -> replace(exchange, Rows.of(mapped(exchange, mapping)).toCsv());
            case "rows" ->
                exchange -> replace(
                        exchange, Rows.of(mapped(exchange, mapping)).toParameters(EventProperties.id(exchange)));
            default ->
                throw new IllegalArgumentException(
                        "waybill-map:" + mapping + "?as=" + as + " (expected json, rows or csv)");
        };
    }

    private String mapped(Exchange exchange, String mapping) throws Exception {
        return mapper.map(mapping, exchange.getMessage().getBody(String.class));
    }

    private static void replace(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }
}
