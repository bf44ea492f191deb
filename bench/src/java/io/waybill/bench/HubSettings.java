package io.waybill.bench;

import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings of a hub that is measured: the store it is given, any free port, and all else in a folder of its own. */
final class HubSettings {
    /** Where the parcels start, when the order says nothing of it. */
    static final String DEPOT = """
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            """;

    /** An account that is there and never asked. */
    static final String IDLE_ACCOUNT = """
            account.steady.adapter=sandbox
            account.steady.baseUrl=http://127.0.0.1:1
            """;

    private HubSettings() {}

    /** The folder of its routes; empty but for what the measurement puts there. */
    static Path routes(Path folder) throws IOException {
        return Files.createDirectories(folder.resolve("routes"));
    }

    /** A folder without a mapping, instead of those that are shipped. */
    static String noMappings(Path folder) throws IOException {
        return "waybill.mappings.dir=" + Files.createDirectories(folder.resolve("empty")) + "\n";
    }

    /** The one account, of a carrier on this machine, and every order to it. */
    static String account(int port, int workers) {
        return """
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%d
                account.sandbox.workers=%d
                service.ground=sandbox:ground
                """.formatted(port, workers);
    }

    /** A sink that takes each label's event at once, so that the outbox has its part. */
    static String readySink(Path folder) throws IOException {
        Path sinks = Files.createDirectory(routes(folder).resolve("sinks"));
        Files.writeString(sinks.resolve("oms.yaml"), """
                - route:
                    id: sink.oms
                    from:
                      uri: "direct:sink.oms"
                      steps:
                        - setBody:
                            constant: taken
                """);
        return """
                defaults.namespace=acme
                sink.oms.namespaces=acme
                sink.oms.events=order.labelled
                """;
    }

    /** @param more what the measurement needs besides, in lines */
    static Settings of(Database database, Path folder, String... more) throws IOException {
        return Settings.of("""
                waybill.data=%s
                waybill.db.url=%s
                waybill.db.user=%s
                waybill.db.password=%s
                waybill.http.port=0
                waybill.routes.dir=%s
                """.formatted(
                        folder.resolve("data"), database.url(), database.user(), database.password(), routes(folder))
                + String.join("\n", more));
    }
}
