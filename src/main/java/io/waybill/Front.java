package io.waybill;

import io.waybill.access.Access;
import io.waybill.api.Api;
import io.waybill.api.Edges;
import io.waybill.api.HttpServer;
import io.waybill.api.HttpSettings;
import io.waybill.api.Metering;
import io.waybill.api.OpenApi;
import io.waybill.api.Resource;
import io.waybill.api.RestRoutes;
import io.waybill.portal.Portal;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** What callers and people meet: calls, pages and numbers, behind a turnstile that lets nobody in until it is opened. */
final class Front implements AutoCloseable {
    private final HttpSettings settings;
    private final Turnstile turnstile;
    private final Metering metering = new Metering();
    private final Gauges gauges;
    private final List<Resource> calls;
    private final List<Resource> unguarded;
    private final HttpServer http;
    private final Spine spine;

    Front(HttpSettings settings, Spine spine, Edges edges) {
        this.settings = settings;
        this.spine = spine;
        Ground ground = spine.ground;
        Pulse pulse = spine.pulse;
        Access access = ground.access;
        turnstile = new Turnstile(pulse.vitals, pulse.waiting, spine.plan.sources);
        gauges = new Gauges(
                metering,
                pulse.vitals,
                pulse.waiting,
                ground.ledger,
                spine.plan.accounts,
                spine.plan.sinks.names(),
                ground.node::isMember,
                ground.node::living);
        Api api = spine.api();
        calls = api.resources(settings.workers() * 3 / 4, edges);
        OpenApi document = new OpenApi(calls, api.open());
        unguarded = Stream.concat(Stream.of(document.resource()), api.open().stream())
                .toList();
        Portal pages = new Portal(calls, access, document, turnstile, metering);
        http = new HttpServer(
                settings,
                access,
                new HttpServer.Doors(turnstile, metering, Front::needsNoKey, pages),
                ground.data.spool());
    }

    /** What asks for another proof, or none. */
    private static boolean needsNoKey(String path) {
        return path.equals("/openapi.json") || path.startsWith("/hooks/") || path.startsWith("/labels/");
    }

    void addTo(CamelContext context) throws Exception {
        context.addRoutes(new RestRoutes("/v1", calls));
        context.addRoutes(new RestRoutes("", unguarded));
        http.install(context);
    }

    /** What carriers and systems call with a signature of their own. */
    HookInbox hooks() {
        return new HookInbox(spine.ground.ledger, turnstile, metering);
    }

    void refreshGauges() {
        gauges.refresh();
    }

    /** Listens and lets callers in. */
    HubToken open() {
        http.listen();
        turnstile.open();
        return HubToken.next(address(), settings.tls().map(HttpSettings.Tls::certificate));
    }

    /** Whoever comes now comes back later. */
    void shut() {
        turnstile.shut();
    }

    int port() {
        return http.port();
    }

    URI address() {
        return HubToken.address(settings, http.port());
    }

    @Override
    public void close() {
        http.close();
    }
}
