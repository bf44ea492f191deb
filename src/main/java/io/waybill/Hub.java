package io.waybill;

import io.waybill.access.Caller;
import io.waybill.api.HttpSettings;
import io.waybill.cli.Commands;
import io.waybill.cli.HubStarter;
import io.waybill.cli.HubStarter.Edges;
import io.waybill.edge.Consumers;
import io.waybill.edge.Routes;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running hub: in what order it starts and stops. Its parts are wired in the {@link Spine}, the {@link Front} and the
 * {@link Ports}. {@link #start} returns when it takes orders.
 */
public final class Hub implements HubStarter.Running {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    private final RoutesAtWork atWork = new RoutesAtWork();
    private @Nullable Front front;
    private Routes.@Nullable Loaded routes;
    private List<Problem> edgeProblems = List.of();
    private URI address = URI.create("http://127.0.0.1");
    private volatile boolean stopping;

    /** Names of columns and codes are no words: in Turkish the small letter of {@code I} is not {@code i}. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        LibraryLines.join();
        System.exit(Commands.run(arguments, new HubWiring()));
    }

    private Hub(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts a hub.
     *
     * @throws ProblemException with everything that keeps it from starting; nothing stays open
     */
    public static Hub start(Settings settings) {
        Hub hub = new Hub(settings);
        try {
            hub.run();
            return hub;
        } catch (Exception e) {
            hub.close();
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    /** What is kept is closed in the opposite order. */
    private void run() throws Exception {
        LibraryLines.join();
        Section waybill = settings.section("waybill");
        DataFolder data = DataFolder.open(Path.of(waybill.get("data", "data")));
        HubLock lock = keep(HubLock.take(data));
        OwnSandbox.read(waybill.section("sandbox")).open(data, lock).ifPresent(this::keep);
        TraceExport.read(settings.section("trace")).ifPresent(export -> keep(export.open()));
        Beside<Main> bare = Beside.begin("camel", CamelSetup::bare);
        SinkPorts sinks = new SinkPorts();
        Spine spine = keep(new Spine(settings, data, sinks));
        HttpSettings http = HttpSettings.read(settings.section("waybill.http"));
        Front front = keep(new Front(http, spine, atWork));
        this.front = front;
        Main camel = bare.get();
        CamelContext context = CamelSetup.of(camel, settings);
        atWork.count(context);
        Ports ports = new Ports(spine);
        ports.addTo(context);
        ports.addVerbs(context, settings, front.hooks());
        front.addTo(context);
        join(spine);
        spine.ground.recordMappings();
        camel.start();
        keep(camel::stop);
        sinks.open(context);
        load(context, spine);
        keep(spine::drain);
        Consumers consumers = ports.consumers(context);
        keep(consumers::pause);
        keep(front::shut);
        watch(spine, front, consumers);
        spine.start();
        HubToken token = front.open();
        address = front.address();
        seen(spine);
        letCommandsIn(spine, token, data.token());
    }

    private void join(Spine spine) {
        spine.join();
        if (settings.section("waybill.sandbox").flag("start", false) && spine.ground.node.hasCompany()) {
            LOG.warn("{}", Problem.of(HubCode.SANDBOX_FOR_ITSELF, "node", spine.ground.node.name));
        }
    }

    private void load(CamelContext context, Spine spine) {
        Path folder = Path.of(settings.section("waybill").get("routes.dir", "routes"));
        Routes.Loaded loaded = Routes.load(context, folder, settings, spine.ground.mappings.names());
        routes = loaded;
        atWork.opened(context, loaded);
        StartReport report = new StartReport(settings, spine, loaded);
        edgeProblems = report.problems();
        report.log();
    }

    private void watch(Spine spine, Front front, Consumers consumers) {
        spine.pulse.vitals.watch(front::refreshGauges);
        spine.pulse.vitals.watch(() -> follow(spine, consumers));
        follow(spine, consumers);
    }

    /** Nothing is fetched that could not be taken in; another node may fetch it. */
    private void follow(Spine spine, Consumers consumers) {
        if (stopping || !spine.pulse.vitals.isWell()) {
            consumers.pause();
            spine.ground.node.standDown();
        } else {
            spine.ground.node.standUp();
            consumers.resume();
        }
    }

    /** Which settings a hub ran with belongs to who did what; their values may be secret. */
    private void seen(Spine spine) {
        String keys = String.join(" ", settings.names());
        spine.ground.ledger.commitAll(
                tx -> tx.audit().record("hub", "hub.started", null, null, settings.file() + ": " + keys));
    }

    /** Until the hub stops: whoever may read the file may do all. */
    private void letCommandsIn(Spine spine, HubToken token, Path file) throws IOException {
        spine.ground.access.grant(token.secret(), Caller.LOCAL);
        token.write(file);
        keep(() -> Files.deleteIfExists(file));
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    /** Where it listens. */
    @Override
    public int port() {
        return front == null ? 0 : front.port();
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Edges edges() {
        Routes.Loaded loaded = routes();
        return new Edges(loaded.loaded().size(), loaded.off().size(), loaded.refused(), edgeProblems);
    }

    /** What came of the route files. */
    public Routes.Loaded routes() {
        return Objects.requireNonNull(routes);
    }

    /** Not ready, stop fetching, stop claiming, finish open purchases and what is due to be told, stop. */
    @Override
    public void close() {
        stopping = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly: {}", e.toString());
            }
        }
    }
}
