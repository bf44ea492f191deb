package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.EdiStamp;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-map:MAPPING?as=json|rows|csv|tsv|xml|x12|edifact|file}: maps a JSON body. {@code json} (the default) leaves the mapped
 * JSON, {@code csv} its rows as CSV text, {@code tsv} with tabs, {@code rows} a list of maps for bound SQL parameters, each with {@code eventId} and
 * {@code line} (from 1); {@code xml}, {@code x12} and {@code edifact} the bytes of such a file, an interchange under a control
 * number that its event keeps; {@code file} the bytes of the file that the mapping's {@code output} names. With
 * {@code sink=NAME} the mapping finds {@code sink.NAME.partner.*} of the settings as the event's member {@code partner}.
 */
public final class MappingVerb extends Verb {
    private final Mapper mapper;

    private final EdiStamp.Giver numbers;
    private final Settings settings;

    MappingVerb(Mapper mapper, EdiStamp.Giver numbers, Settings settings) {
        this.mapper = mapper;
        this.numbers = numbers;
        this.settings = settings;
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

        /** The same as the file its {@code output} names, empty for a document the mapping skips; a mapper without files: as JSON. */
        default byte[] file(String mapping, String json) throws Exception {
            return map(mapping, json).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    Processor step(String mapping, Map<String, Object> options) {
        String as = option(options, "as", "json");
        Partner partner = Partner.of(settings, option(options, "sink", ""));
        Set<String> columns = Stream.of(option(options, "columns", "").split(",", -1))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Processor mapped = mapped(mapping, as, columns);
        return exchange -> {
            partner.putInto(exchange);
            mapped.process(exchange);
        };
    }

    /** @param columns what every row has, empty where the mapping wrote nothing */
    private Processor mapped(String mapping, String as, Set<String> columns) {
        return switch (as) {
            case "json" -> exchange -> replace(exchange, mapped(exchange, mapping));
            case "csv" ->
                exchange -> replace(exchange, Rows.of(mapped(exchange, mapping)).toText(','));
            case "tsv" ->
                exchange -> replace(exchange, Rows.of(mapped(exchange, mapping)).toText('\t'));
            case "rows" ->
                exchange -> replace(
                        exchange,
                        Rows.of(mapped(exchange, mapping)).toParameters(EventProperties.id(exchange), columns));
            case "xml", "x12", "edifact" -> exchange -> replace(exchange, written(exchange, mapping, as));
            case "file" ->
                exchange -> replace(
                        exchange, mapper.file(mapping, exchange.getMessage().getBody(String.class)));
            default ->
                throw new IllegalArgumentException("waybill-map:" + mapping + "?as=" + as
                        + " (expected json, rows, csv, tsv, xml, x12, edifact or file)");
        };
    }

    private String mapped(Exchange exchange, String mapping) throws Exception {
        return mapper.map(mapping, exchange.getMessage().getBody(String.class));
    }

    /** As a file; nothing where the mapping skips. */
    private byte[] written(Exchange exchange, String mapping, String as) throws Exception {
        JsonNode tree = Formats.json(mapped(exchange, mapping), mapping);
        if (tree.isArray()) {
            return new byte[0];
        }
        Format format = Format.read(as).orElseThrow();
        if (format.edi()) {
            String name = Formats.numbersOf(format, tree);
            return Formats.edi(format, tree, numbers.give(name, mapping + ":" + EventProperties.id(exchange)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(format, tree, out);
        return out.toByteArray();
    }

    private static void replace(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }
}
