package io.waybill.connectors;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.Shared;
import io.waybill.TestFolders;
import io.waybill.order.Json;
import io.waybill.servers.FolderServer;
import io.waybill.servers.SshServer;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One hub for all systems that speak by files, with the routes and mappings as they ship. A system is connected as its page says:
 * a route file copied under another name, and settings.
 */
final class FilesHub implements AutoCloseable {
    private static final String LABELLED = "order.labelled";
    private static final String BOOKS = "billing.charged,billing.refunded,shipment.voided";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Shared<FilesHub> RUNNING = new Shared<>(() -> new FilesHub(TestFolders.fresh("files")));

    private final Path folder;
    private final ShippedRoutes routes;
    private final Hub hub;

    /** The same for every class of tests in this process. */
    static FilesHub running(Class<?> test) throws Exception {
        return RUNNING.of(test);
    }

    private FilesHub(Path folder) throws Exception {
        this.folder = folder;
        routes = ShippedRoutes.in(folder.resolve("routes"));
        Path template = folder.resolve("routes/templates/order-folder.yaml");
        Files.writeString(template, Files.readString(template).replace("\"2000\"", "\"200\""));
        int sandbox = FreePort.next();
        StringBuilder settings = new StringBuilder("""
                waybill.data=%1$s/data
                waybill.routes.dir=%1$s/routes
                waybill.http.port=0
                waybill.sandbox.start=true
                waybill.sandbox.port=%2$d
                waybill.sandbox.trackingStep=2s
                tracking.every=300ms
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:%2$d
                service.ground=sandbox:ground
                service.express=sandbox:express
                defaults.service=ground
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """.formatted(folder, sandbox));
        sap(settings, "sap", "sap-delvry", "sap-shpcon", "idoc");
        sap(settings, "sap-xml", "sap-delvry-xml", "sap-shpcon-xml", "xml");
        sap(settings, "sap-orders", "sap-orders05", "sap-desadv", "idoc");
        edi(settings, "shopco", "x12-850-order", "x12-856-notice", "x12");
        edi(settings, "depositor", "x12-940-order", "x12-945-advice", "x12");
        edi(settings, "grocer", "edifact-orders", "edifact-desadv", "edifact");
        sink(settings, "acme-edi-status", "shopco-status", "x12-214-status", "tracking.updated", "shopco");
        settings.append("sink.shopco-status.partner.receiver=SHOPCO\n");
        wms(settings);
        sheets(settings);
        sftp(settings);
        hub = Hub.start(Settings.of(settings.toString(), Map.of("SFTP_PASSWORD", FolderServer.PASSWORD)));
    }

    private void sap(StringBuilder settings, String name, String in, String back, String suffix) throws IOException {
        source(settings, "acme-sap", name, in);
        settings.append("source." + name + ".acknowledgeTo=" + folder.resolve(name + "-out") + "\n");
        sink(settings, "acme-sap", name, back, "order.labelled");
        settings.append("sink." + name + ".suffix=" + suffix + "\n");
        settings.append("sink." + name + ".partner.receiver=QASCLNT200\n");
        sink(settings, "acme-sap-journal", name + "-journal", "sap-journal", BOOKS, name);
        settings.append("sink." + name + "-journal.batch=1s/100\n");
    }

    private void wms(StringBuilder settings) throws IOException {
        source(settings, "acme-csv", "wms", "acme-orders");
        source(settings, "acme-packing", "wms-packing", "wms-packing");
        inNamespace(settings, "wms-packing", "wms");
        sink(settings, "acme-wms", "wms", "label-row", "order.labelled,shipment.voided");
        sink(settings, "acme-print", "wms-print", "label-row", "order.labelled", "wms");
        // it lays labels down as they are
        int mapping = settings.indexOf("sink.wms-print.mapping=");
        settings.delete(mapping, settings.indexOf("\n", mapping) + 1);
    }

    /** What a source says is of another's orders. */
    private static void inNamespace(StringBuilder settings, String source, String namespace) {
        String setting = "source." + source + ".namespace=";
        int named = settings.indexOf(setting);
        settings.replace(named, settings.indexOf("\n", named), setting + namespace);
    }

    /** Exports and imports that people carry by hand: Amazon's and NetSuite's. */
    private void sheets(StringBuilder settings) throws IOException {
        source(settings, "acme-amazon", "amazon", "amazon-tsv");
        source(settings, "acme-amazon", "amazon-all", "amazon-all-orders");
        inNamespace(settings, "amazon-all", "amazon");
        batch(settings, "acme-amazon", "amazon", "amazon-shipped", LABELLED, "amazon");
        batch(settings, "acme-costs", "amazon-costs", "erp-charge", BOOKS, "amazon");
        source(settings, "acme-netsuite", "netsuite", "netsuite-order");
        batch(settings, "acme-netsuite", "netsuite", "netsuite-fulfilment", LABELLED, "netsuite");
        batch(settings, "acme-netsuite", "netsuite-journal", "netsuite-journal", BOOKS, "netsuite");
    }

    private void batch(
            StringBuilder settings, String shipped, String name, String mapping, String events, String namespace)
            throws IOException {
        sink(settings, shipped, name, mapping, events, namespace);
        settings.append("sink." + name + ".batch=1s/100\n");
    }

    /** A real server with the folders sftp-in, sftp-out and sftp-answers, under the shipped names. */
    private void sftp(StringBuilder settings) throws IOException {
        SshServer server = new SshServer(folder);
        for (String each : List.of("sftp-in", "sftp-out", "sftp-answers", "sftp-spool")) {
            Files.createDirectories(folder.resolve(each));
        }
        settings.append("""
            system.acme-sftp.url=%2$s
            system.acme-sftp.user=acme
            system.acme-sftp.password=env:SFTP_PASSWORD
            system.acme-sftp.hostKey=%3$s
            source.acme-sftp.folder=/sftp-in
            source.acme-sftp.answers=/sftp-answers
            source.acme-sftp.returnTo=%1$s/sftp-spool
            source.acme-sftp.mapping=acme-orders
            source.acme-sftp.namespace=sftp
            source.acme-sftp.still=50
            source.acme-sftp.every=200
            sink.acme-sftp.namespaces=sftp
            sink.acme-sftp.events=order.labelled
            sink.acme-sftp.mapping=label-row
            sink.acme-sftp.folder=/sftp-out
            sink.acme-sftp.backoffScale=0.001
            """.formatted(folder, server.url(), server.hostKey()));
    }

    /** Acknowledgements go to their own folder and on from there by a route, as they would to a partner's server. */
    private void edi(StringBuilder settings, String name, String in, String back, String format) throws IOException {
        source(settings, "acme-edi", name, in);
        sink(settings, "acme-edi", name, back, "order.labelled");
        Path acknowledgements = Files.createDirectories(folder.resolve(name + "-acknowledgements"));
        settings.append("source." + name + ".acknowledgeTo=" + acknowledgements + "\n");
        settings.append("sink." + name + ".format=" + format + "\n");
        settings.append("sink." + name + ".partner.sender=WAYBILLID\n");
        settings.append("sink." + name + ".partner.receiver=" + name.toUpperCase(Locale.ROOT) + "\n");
        Path route = folder.resolve("routes/sources/" + name + ".yaml");
        Files.writeString(route, Files.readString(route) + """
                - templatedRoute:
                    routeTemplateRef: send-files
                    routeId: source.%1$s.send
                    parameters:
                      - name: folder
                        value: "{{source.%1$s.acknowledgeTo}}"
                      - name: to
                        value: "file:%2$s/%1$s-out?tempPrefix=.&autoCreate=false"
                      - name: every
                        value: "200"
                """.formatted(name, folder));
    }

    /** A shipped source under a name of its own, reading from the folder {@code <name>-in} for a namespace of that name. */
    private void source(StringBuilder settings, String shipped, String name, String mapping) throws IOException {
        routes.copy("sources", shipped, name);
        settings.append("""
                source.%1$s.folder=%2$s
                source.%1$s.mapping=%3$s
                source.%1$s.namespace=%1$s
                source.%1$s.still=50
                """.formatted(name, Files.createDirectories(folder.resolve(name + "-in")), mapping));
    }

    /** A shipped sink under a name of its own, writing into the folder {@code <name>-out}. */
    private void sink(StringBuilder settings, String shipped, String name, String mapping, String events)
            throws IOException {
        sink(settings, shipped, name, mapping, events, name);
    }

    private void sink(
            StringBuilder settings, String shipped, String name, String mapping, String events, String namespace)
            throws IOException {
        routes.copy("sinks", shipped, name);
        settings.append("""
                sink.%1$s.namespaces=%5$s
                sink.%1$s.events=%4$s
                sink.%1$s.mapping=%3$s
                sink.%1$s.folder=%2$s
                sink.%1$s.backoffScale=0.001
                """.formatted(
                        name, Files.createDirectories(folder.resolve(name + "-out")), mapping, events, namespace));
    }

    /** A file for a source, there at once. */
    void drop(String source, String name, String text) throws IOException {
        Path in = folder.resolve(source + "-in");
        Path hidden = Files.writeString(in.resolve("." + name), text, StandardCharsets.ISO_8859_1);
        Files.move(hidden, in.resolve(name));
    }

    /** A sample of a shipped mapping, byte for byte. */
    static String sample(String path) throws IOException {
        return Files.readString(Path.of("mappings", path), StandardCharsets.ISO_8859_1);
    }

    /** The first file a sink or an acknowledgement brings that is like this. */
    String back(String name, Predicate<String> like) {
        return laid(name + "-out", like);
    }

    /** The same of any folder beside them. */
    String laid(String name, Predicate<String> like) {
        return await(name)
                .until(() -> texts(folder.resolve(name)).filter(like).toList(), found -> !found.isEmpty())
                .get(0);
    }

    /** What lies in a sink's folder now and is like this. */
    List<String> all(String name, Predicate<String> like) {
        return texts(folder.resolve(name + "-out")).filter(like).toList();
    }

    /** The receipt of a file that was taken in. */
    String receipt(String file) {
        return await(file + ".receipt.csv")
                .until(
                        () -> texts(folder.resolve("data"), "-" + file + ".receipt.csv")
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** The order, once its label is bought. */
    JsonNode labelled(String namespace, String orderId) {
        return order(
                namespace,
                orderId,
                order -> order.at("/shipments/0/trackingNumbers/0").isTextual());
    }

    /** The tracking number of an order's first parcel, once it is bought. */
    String number(String namespace, String orderId) {
        return labelled(namespace, orderId).at("/shipments/0/trackingNumbers/0").asText();
    }

    /** The order, once it is like this. */
    JsonNode order(String namespace, String orderId, Predicate<JsonNode> like) {
        return await(namespace + " " + orderId)
                .until(
                        () -> get("/v1/orders?namespace=" + namespace + "&orderId=" + orderId)
                                .at("/items/0"),
                        like);
    }

    /** What the packing bench sends of an order that waits for its weight. */
    void pack(String namespace, String orderId) throws Exception {
        JsonNode held =
                order(namespace, orderId, found -> found.path("status").asText().equals("held"));
        send(
                "PUT",
                "/v1/orders/" + held.path("id").asText() + "/parcels",
                "{\"orderId\":\"" + orderId + "\",\"parcels\":[{\"weight\":{\"value\":1.2,\"unit\":\"kg\"}}]}");
    }

    /** What is open about an order. */
    String exceptions(String orderId) throws Exception {
        return String.join(
                "",
                get("/v1/exceptions").path("items").findParents("orderId").stream()
                        .filter(one -> one.path("orderId").asText().equals(orderId))
                        .map(JsonNode::toString)
                        .toList());
    }

    JsonNode get(String path) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(hub.address().resolve(path.replace(" ", "%20")))
                .build();
        return Json.mapper().readTree(HTTP.send(call, BodyHandlers.ofString()).body());
    }

    String metrics() throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(hub.address().resolve("/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    JsonNode send(String method, String path, String body) throws Exception {
        HttpRequest call = HttpRequest.newBuilder(hub.address().resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return Json.mapper().readTree(HTTP.send(call, BodyHandlers.ofString()).body());
    }

    /** The hub works on meanwhile: what is gone before it is read is left out. */
    static Stream<String> texts(Path folder, String... end) {
        List<String> texts = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".") && (end.length == 0 || name.endsWith(end[0]))) {
                        read(file).ifPresent(texts::add);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    return e instanceof NoSuchFileException && !file.equals(folder)
                            ? FileVisitResult.CONTINUE
                            : super.visitFileFailed(file, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts.stream();
    }

    @Override
    public void close() {
        hub.close();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
