package io.waybill;

import io.waybill.access.Caller;
import io.waybill.api.Api;
import io.waybill.api.HttpServer;
import io.waybill.api.HttpSettings;
import io.waybill.api.Metering;
import io.waybill.api.OpenApi;
import io.waybill.api.Resource;
import io.waybill.api.RestRoutes;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.cli.Commands;
import io.waybill.cli.HubStarter;
import io.waybill.cli.HubStarter.Edges;
import io.waybill.delivery.Sink;
import io.waybill.edge.Consumers;
import io.waybill.edge.InvoicesPort;
import io.waybill.edge.Marks;
import io.waybill.edge.OrdersPort;
import io.waybill.edge.RecordsPort;
import io.waybill.edge.Routes;
import io.waybill.edge.SinkPort;
import io.waybill.edge.Verbs;
import io.waybill.portal.Portal;
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
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running hub: the only place where its parts are wired. {@link #start} returns when it takes orders. */
public final class Hub implements HubStarter.Running {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final String SINGLE_NODE =
            "Single node on the embedded database; for several nodes or more volume use PostgreSQL";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Settings settings;
    private @Nullable HttpServer http;
    private final RoutesAtWork atWork = new RoutesAtWork();
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

    private void run() throws Exception {
        LibraryLines.join();
        Section waybill = settings.section("waybill");
        DataFolder data = DataFolder.open(Path.of(waybill.get("data", "data")));
        sandbox(sandboxSettings(waybill.section("sandbox")), data);
        TraceExport.read(settings.section("trace")).ifPresent(export -> keep(export.open()));
        Beside<Main> bare = Beside.begin("camel", CamelSetup::bare);
        Sinks sinks = new Sinks();
        Spine spine = keep(new Spine(settings, data, sinks));
        HttpSettings httpSettings = HttpSettings.read(settings.section("waybill.http"));
        Turnstile turnstile = new Turnstile(spine.pulse.vitals, spine.pulse.waiting, spine.plan.sources);
        Metering metering = new Metering();
        Gauges gauges = new Gauges(
                metering,
                spine.pulse.vitals,
                spine.pulse.waiting,
                spine.ground.ledger,
                spine.plan.accounts,
                spine.ground.node::isMember,
                spine.ground.node::living);
        Api api = spine.api();
        List<Resource> calls = api.resources(httpSettings.workers() * 3 / 4, atWork);
        OpenApi document = new OpenApi(calls, api.open());
        http = keep(new HttpServer(
                httpSettings,
                spine.ground.access,
                new HttpServer.Doors(
                        turnstile, metering, Hub::needsNoKey, new Portal(calls, spine.ground.access, document)),
                data.spool()));
        Main camel = bare.get();
        CamelContext context = CamelSetup.of(camel, settings);
        atWork.count(context);
        SourcePositions positions = new SourcePositions(spine.ground.ledger, spine.plan.sources);
        Marks marks = new Marks();
        context.addRoutePolicyFactory(marks.ofSent());
        addPorts(context, spine, marks);
        context.addRoutes(new RestRoutes("/v1", calls));
        List<Resource> unguarded = Stream.concat(Stream.of(document.resource()), api.open().stream())
                .toList();
        context.addRoutes(new RestRoutes("", unguarded));
        Verbs.register(
                context,
                settings,
                new MappingPort(spine.ground.mappings),
                new ControlNumbers(spine.ground.ledger),
                new HookInbox(spine.ground.ledger, turnstile, metering),
                new Verbs.Doors(
                        positions,
                        new KeptLabels(spine.ground.ledger, spine.buying.dispatch),
                        spine.telling.bundles,
                        data.spool()));
        http.install(context);
        join(spine);
        spine.ground.recordMappings();
        camel.start();
        keep(camel::stop);
        sinks.open(context);
        routes = Routes.load(
                context, Path.of(waybill.get("routes.dir", "routes")), settings, spine.ground.mappings.names());
        atWork.opened(context, routes);
        report(spine, routes);
        keep(spine::drain);
        Consumers consumers = new Consumers(context, spine.ground.node::fetches, positions, marks);
        keep(consumers::pause);
        keep(turnstile::shut);
        spine.pulse.vitals.watch(gauges::refresh);
        spine.pulse.vitals.watch(() -> follow(spine, consumers));
        follow(spine, consumers);
        spine.start();
        http.listen();
        address = HubToken.address(httpSettings, http.port());
        turnstile.open();
        seen(spine);
        letCommandsIn(
                spine, HubToken.next(address, httpSettings.tls().map(HttpSettings.Tls::certificate)), data.token());
    }

    private static void addPorts(CamelContext context, Spine spine, Marks marks) throws Exception {
        context.addRoutesConfigurations(new FailurePolicy());
        context.addRoutes(new OrdersPort(spine.batches.batch, spine.takingIn.taker, spine.batches.feeds, marks));
        context.addRoutes(new RecordsPort(spine.batches.batch, spine.takingIn.taker, spine.batches.feeds));
        context.addRoutes(new InvoicesPort(spine.batches.wholeFiles, spine.billing, spine.batches.feeds, marks));
    }

    private void join(Spine spine) {
        spine.join();
        if (settings.section("waybill.sandbox").flag("start", false) && spine.ground.node.hasCompany()) {
            LOG.warn("{}", Problem.of(HubCode.SANDBOX_FOR_ITSELF, "node", spine.ground.node.name));
        }
    }

    /** Until the hub stops: whoever may read the file may do all. */
    private void letCommandsIn(Spine spine, HubToken token, Path file) throws IOException {
        spine.ground.access.grant(token.secret(), Caller.LOCAL);
        token.write(file);
        keep(() -> Files.deleteIfExists(file));
    }

    /** Which settings a hub ran with belongs to who did what; their values may be secret. */
    private void seen(Spine spine) {
        String keys = String.join(" ", settings.names());
        spine.ground.ledger.commitAll(
                tx -> tx.audit().record("hub", "hub.started", null, null, settings.file() + ": " + keys));
    }

    private void report(Spine spine, Routes.Loaded loaded) {
        edgeProblems = Stream.concat(spine.ground.mappings.problems().stream(), loaded.problems().stream())
                .toList();
        edgeProblems.forEach(problem -> LOG.error("{}", problem));
        LogFormat.unknown().ifPresent(problem -> LOG.warn("{}", problem));
        Written.missingFolders(settings).forEach(problem -> LOG.error("{}", problem));
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        List<Problem> unread = settings.unread();
        if (!unread.isEmpty()) {
            throw new ProblemException(unread);
        }
        settings.unreadVariables().forEach(problem -> LOG.warn("{}", problem));
        if (spine.ground.ledger.database().isEmbedded()) {
            LOG.info(SINGLE_NODE);
        }
    }

    /** @param port where the sandbox carrier listens, when it starts */
    record SandboxSettings(boolean start, int port, SandboxPace pace) {}

    static SandboxSettings sandboxSettings(Section section) {
        return new SandboxSettings(
                section.flag("start", false),
                section.number("port", SandboxServer.DEFAULT_PORT),
                SandboxPace.DEFAULT.withTrackingStep(
                        section.duration("trackingStep", SandboxPace.DEFAULT.trackingStep())));
    }

    private void sandbox(SandboxSettings sandbox, DataFolder data) {
        if (!sandbox.start()) {
            return;
        }
        try {
            keep(SandboxServer.start(data.sandboxBook(), sandbox.port(), sandbox.pace()));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            HubCode.SANDBOX_CANNOT_START,
                            "port",
                            sandbox.port(),
                            "why",
                            String.valueOf(e.getMessage())),
                    e);
        }
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

    /** What asks for another proof, or none. */
    private static boolean needsNoKey(String path) {
        return path.equals("/openapi.json") || path.startsWith("/hooks/") || path.startsWith("/labels/");
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    /** Where it listens. */
    @Override
    public int port() {
        return http == null ? 0 : http.port();
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
        return java.util.Objects.requireNonNull(routes);
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

    /** The sinks' ports, opened when the context runs. */
    private static final class Sinks implements java.util.function.Function<String, Sink> {
        private @Nullable ProducerTemplate producer;

        void open(CamelContext context) {
            producer = context.createProducerTemplate();
        }

        @Override
        public Sink apply(String name) {
            return event -> new SinkPort(java.util.Objects.requireNonNull(producer), name).deliver(event);
        }
    }
}
