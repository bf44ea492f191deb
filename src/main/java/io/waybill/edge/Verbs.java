package io.waybill.edge;

import io.waybill.delivery.Bundles;
import io.waybill.format.EdiStamp;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.RowMapperFactory;
import org.jspecify.annotations.Nullable;

/**
 * The verbs YAML routes may use beside Camel's own:
 *
 * <ul>
 *   <li>{@code waybill-map:MAPPING?as=json|rows|csv|tsv|xml|x12|edifact|file&sink=NAME} maps the body
 *   <li>{@code waybill-event:SINK?mapping=NAME} leaves an event as it is, or as a mapping writes it, and says which
 *   <li>{@code waybill-verify:SOURCE?style=standard|base64|hex} lets on only what its sender signed, once
 *   <li>{@code waybill-sign:SINK} adds the headers of Standard Webhooks
 *   <li>{@code waybill-alert:SINK} tells people of an exception in the shape their messenger takes
 *   <li>{@code waybill-poll:SOURCE?system=…&path=…} is where a route starts that asks a system for what changed
 *   <li>{@code waybill-look:SOURCE} has the route that polls a source ask at once
 *   <li>{@code waybill-rows:SOURCE?datasource=…&query=…&keyColumn=…} is where a route starts that reads a table by its numbers
 *   <li>{@code waybill-touched:NAME?least=1} fails when a step to {@code sql} changed fewer rows
 *   <li>{@code waybill-call:SYSTEM?mapping=…&as=…} asks or tells a system what a mapping makes of the body
 *   <li>{@code waybill-server:SYSTEM?folder=…} is a folder of a server of files, to begin a route at or to lay files into
 *   <li>{@code waybill-write-file:SINK?folder=…&suffix=…} writes the body as one file, whole or not at all
 *   <li>{@code waybill-label:SINK?folder=…} lays the labels of a shipment into a folder, a file a parcel
 *   <li>{@code waybill-bundle:SINK?folder=…&format=csv|tsv&mapping=…} gathers rows and lays those of many events into one file
 * </ul>
 *
 * and the beans {@code #waybill-sink-http}, the guarded HTTP client of sinks, {@code #waybill-still}, which lets a folder's files be read
 * when they lie still, and {@code #kafka.NAME}, how a Kafka cluster is reached.
 */
public final class Verbs {
    private Verbs() {}

    /**
     * What verbs need of the hub.
     *
     * @param bundles null where nothing is told together
     * @param work where files of servers are put while they are taken in
     * @param clock what a system says of times is held against it
     */
    public record Doors(
            Positions positions,
            LabelVerb.Labels labels,
            @Nullable Bundles bundles,
            Path work,
            InstantSource clock) {
        static final Doors NONE = new Doors(Positions.NONE, shipment -> List.of(), null, Path.of("work"));

        /** By the clock of this machine. */
        public Doors(Positions positions, LabelVerb.Labels labels, @Nullable Bundles bundles, Path work) {
            this(positions, labels, bundles, work, InstantSource.system());
        }
    }

    /** For a context that asks no system, buys nothing and tells nothing together. */
    public static void register(
            CamelContext context,
            Settings settings,
            MappingVerb.Mapper mapper,
            EdiStamp.Giver numbers,
            VerifyVerb.Inbox inbox) {
        register(context, settings, mapper, numbers, inbox, Doors.NONE);
    }

    /** Makes the verbs known to a context, before any route is loaded. */
    public static void register(
            CamelContext context,
            Settings settings,
            MappingVerb.Mapper mapper,
            EdiStamp.Giver numbers,
            VerifyVerb.Inbox inbox,
            Doors doors) {
        Map<String, HttpSystem> systems = new ConcurrentHashMap<>();
        Function<String, HttpSystem> systemOf =
                name -> systems.computeIfAbsent(name, first -> HttpSystem.read(settings, first));
        Set<String> wanted = ConcurrentHashMap.newKeySet();
        context.addComponent("waybill-poll", new PollComponent(settings, systemOf, mapper, doors, wanted));
        context.addComponent("waybill-look", new LookVerb(wanted));
        context.addComponent("waybill-rows", new RowsComponent(settings, doors.positions()));
        context.addComponent("waybill-touched", new TouchedVerb());
        context.addComponent("waybill-server", new ServerComponent(settings, doors));
        context.addComponent("waybill-call", new CallVerb(mapper, systemOf, settings));
        context.addComponent("waybill-map", new MappingVerb(mapper, numbers, settings));
        context.addComponent("waybill-event", new EventVerb(mapper, settings));
        SinkSecrets secrets = new SinkSecrets(settings);
        SinkHttp http = new SinkHttp(SinkHosts.read(settings));
        context.addComponent("waybill-sign", new SignVerb(secrets, Clock.systemUTC()));
        context.addComponent("waybill-alert", new AlertVerb(settings, secrets, http, Clock.systemUTC()));
        context.addComponent("waybill-verify", new VerifyVerb(settings, inbox, Clock.systemUTC()));
        context.addComponent("waybill-write-file", new WriteFileVerb(settings, mapper));
        context.addComponent("waybill-label", new LabelVerb(doors.labels()));
        context.addComponent("waybill-bundle", new BundleVerb(settings, doors.bundles(), mapper));
        context.getRegistry().bind("waybill-sink-http", http);
        context.getRegistry().bind(StillFile.NAME, new StillFile());
        context.getRegistry().bind(SqlTimes.NAME, RowMapperFactory.class, new SqlTimes());
        Section clusters = settings.section("kafka");
        clusters.names()
                .forEach(name -> context.getRegistry()
                        .bind("kafka." + name, KafkaCluster.read(name, clusters.section(name), doors.positions())));
    }
}
