package io.waybill.edge;

import io.waybill.delivery.BundleRule;
import io.waybill.delivery.Bundles;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.BundleBook.Bundle;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * {@code waybill-bundle:SINK?folder=…&format=csv|tsv&suffix=…&mapping=…}: gathers what a mapping wrote, and lays the rows of many events into one
 * file when {@code sink.<name>.batch} says so: {@code <sink>-<date>-<time>-<number>.csv}. Each event is in one file, whatever stops when.
 */
final class BundleVerb extends Verb {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Settings settings;
    private final @Nullable Bundles bundles;
    private final MappingVerb.Mapper mapper;

    /** @param bundles null where nothing is delivered */
    BundleVerb(Settings settings, @Nullable Bundles bundles, MappingVerb.Mapper mapper) {
        this.mapper = mapper;
        this.settings = settings;
        this.bundles = bundles;
    }

    @Override
    Processor step(String sink, Map<String, Object> options) throws Exception {
        Path path = Path.of(option(options, "folder", ""));
        String format = option(options, "format", "csv");
        String suffix = option(options, "suffix", format);
        if (path.toString().isEmpty() || !format.matches("csv|tsv") || !suffix.matches("[a-z0-9]{1,10}")) {
            throw new IllegalArgumentException(
                    "waybill-bundle:" + sink + " needs a folder, format csv or tsv, and a suffix such as txt");
        }
        BundleRule rule = BundleRule.read(settings.section("sink." + sink));
        Look look = new Look(
                mapper, option(options, "mapping", ""), Format.read(format).orElseThrow());
        Folder folder = new Folder(path, look, suffix, rule.zone());
        Bundles gathered = bundles;
        if (gathered == null) {
            return exchange -> {};
        }
        getCamelContext().addService(new BundleClock(sink, () -> gathered.finish(sink, rule, folder)));
        return exchange -> gather(gathered, sink, folder, exchange);
    }

    /** An event waits in the outbox, and not here, while its folder is away, or where a file with it could not be written. */
    private static void gather(Bundles bundles, String sink, Folder folder, Exchange exchange) throws IOException {
        WholeFile.require(folder.path());
        String content = exchange.getMessage().getBody(String.class);
        Rows rows = Rows.of(content);
        if (!rows.rows().isEmpty()) {
            folder.look().require(rows);
            String told = String.valueOf(exchange.getProperty(EventProperties.TOLD, String.class));
            bundles.add(sink, EventProperties.id(exchange), told, content);
        }
    }

    /** @param mapping whose rows they are; empty where that is not said */
    private record Look(MappingVerb.Mapper mapper, String mapping, Format format) {
        /** @throws ProblemException where these rows cannot be written so */
        void require(Rows rows) {
            var unused = of(rows);
        }

        byte[] of(Rows rows) {
            Reading output = mapping.isEmpty() ? null : mapper.output(mapping);
            return rows.toFile(
                    output != null && output.format() == format ? output : Reading.of(format),
                    mapping.isEmpty() ? List.of() : mapper.columns(mapping));
        }
    }

    private record Folder(Path path, Look look, String suffix, ZoneId zone) implements Bundles.Place {
        @Override
        public void write(Bundle bundle, List<String> contents) throws IOException {
            WholeFile.require(path);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (String content : contents) {
                rows.addAll(Rows.of(content).rows());
            }
            WholeFile.aside(path, name(bundle), look.of(new Rows(rows)));
        }

        @Override
        public void publish(Bundle bundle) throws IOException {
            WholeFile.require(path);
            if (WholeFile.liesAside(path, name(bundle))) {
                WholeFile.publish(path, name(bundle));
            }
        }

        private String name(Bundle bundle) {
            String time = TIME.format(bundle.closedAt().atZone(zone));
            return String.format(Locale.ROOT, "%s-%s-%06d.%s", bundle.sink(), time, bundle.numberValue(), suffix);
        }
    }
}
