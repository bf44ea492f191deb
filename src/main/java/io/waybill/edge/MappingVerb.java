package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.EdiStamp;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * {@code waybill-map:MAPPING?as=json|rows|csv|tsv|xml|x12|edifact|file}: maps a JSON body. {@code json} (the default) leaves the mapped
 * JSON, {@code csv} its rows as CSV text, {@code tsv} with tabs, {@code rows} a list of maps for bound SQL parameters, each with {@code eventId} and
 * {@code line} (from 1); in all files a column for each line of the mapping; {@code xml}, {@code x12} and {@code edifact} the bytes of such a file, an interchange under a control
 * number that its event keeps; {@code file} the bytes of the file that the mapping's {@code output} names,
 * which says delimiter and charset of {@code csv}, {@code tsv} and {@code xml} too, where it names that format. With
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

        /** The columns of its tables, in their order; a mapper that does not know them: those that are filled. */
        default List<String> columns(String mapping) {
            return List.of();
        }

        /** How its {@code output} says that files are written; null without one. */
        default @Nullable Reading output(String mapping) {
            return null;
        }
    }

    @Override
    Processor step(String mapping, Map<String, Object> options) {
        String as = option(options, "as", "json");
        Partner partner = Partner.of(settings, option(options, "sink", ""));
        Processor mapped = mapped(mapping, as, columns(option(options, "columns", "")));
        return exchange -> {
            partner.putInto(exchange);
            mapped.process(exchange);
        };
    }

    /** Those of a text with commas between them. */
    static Set<String> columns(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @param columns what every row has, empty where the mapping wrote nothing */
    private Processor mapped(String mapping, String as, Set<String> columns) {
        return switch (as) {
            case "json" -> exchange -> replace(exchange, mapped(exchange, mapping));
            case "csv", "tsv" -> exchange -> replace(exchange, table(exchange, mapping, as));
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

    /** As the mapping's {@code output} says, where that is such a table. */
    private Object table(Exchange exchange, String mapping, String as) throws Exception {
        Rows rows = Rows.of(mapped(exchange, mapping));
        List<String> columns = rows.rows().isEmpty() ? List.of() : mapper.columns(mapping);
        Reading output = output(mapping, as);
        return output == null ? rows.toText(as.equals("tsv") ? '\t' : ',', columns) : rows.toFile(output, columns);
    }

    /** How the mapping says that files of this format are written, or null. */
    private @Nullable Reading output(String mapping, String as) {
        Reading output = mapper.output(mapping);
        return output != null && output.format().word().equals(as) ? output : null;
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
        Reading output = output(mapping, as);
        Formats.write(output == null ? Reading.of(format) : output, List.of(tree), out);
        return out.toByteArray();
    }

    private static void replace(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }
}
