package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One hub for all tests of the pages, with a person for each role and namespace, who visit it as browsers do. */
final class PortalHub implements AutoCloseable {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");
    private static final Shared<PortalHub> RUNNING = new Shared<>(() -> new PortalHub(TestFolders.fresh("portal")));

    final Database database;
    final OneHub hub;
    final String admin;
    private final Map<String, Visitor> visitors = new ConcurrentHashMap<>();

    /** The same for every class of tests in this process, whatever others did with it. */
    static PortalHub running() throws Exception {
        return RUNNING.get();
    }

    /** The same, the first time that class comes. */
    static PortalHub running(Class<?> test) throws Exception {
        return RUNNING.of(test);
    }

    /** One that no other test has changed; it ends with this process. */
    static PortalHub another() throws Exception {
        PortalHub started = new PortalHub(TestFolders.fresh("portal"));
        Runtime.getRuntime().addShutdownHook(new Thread(started.hub::close));
        return started;
    }

    /** One that no other test sees, with these settings beside; whoever starts it ends it. */
    static PortalHub with(String settings) throws Exception {
        return new PortalHub(TestFolders.fresh("portal"), settings);
    }

    private PortalHub(Path folder) throws Exception {
        this(folder, "");
    }

    private PortalHub(Path folder, String more) throws Exception {
        database = Stores.h2(folder.resolve("db"));
        hub = new OneHub(
                folder,
                database,
                """
                source.sheet.mapping=excel-template
                source.sheet-csv.mapping=excel-template
                source.canary.service=ground
                sink.oms.namespaces=acme
                sink.oms.folder=%1$s/out
                sink.oms.format=json
                namespace.acme.limit.labelsPerDay=100000
                namespace.acme.limit.amountPerDay=9000 USD
                namespace.acme.limit.amountPerLabel=9 USD
                retention.events=90d
                station.bench-1.folder=%1$s/printed
                station.bench-2.host=127.0.0.1
                station.bench-2.port=1
                """.formatted(Files.createDirectories(folder.resolve("printed")).getParent()) + more);
        JsonNode made = Json.mapper()
                .readTree(hub.postTo("/v1/admin/keys", "{\"name\":\"Ada\",\"role\":\"admin\"}")
                        .body());
        admin = made.path("secret").asText();
    }

    /** Whoever has this role and sees this namespace; {@code *} is all. */
    Visitor person(String name, String role, String namespace) throws Exception {
        Visitor known = visitors.get(name);
        if (known != null) {
            return known;
        }
        String namespaces = namespace.equals("*") ? "" : ",\"namespaces\":[\"" + namespace + "\"]";
        JsonNode made = Json.mapper()
                .readTree(hub.postTo(
                                "/v1/admin/keys",
                                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"" + namespaces + "}",
                                "Authorization",
                                "Bearer " + admin)
                        .body());
        Visitor visitor = new Visitor(made.path("secret").asText());
        visitor.signIn();
        visitors.put(name, visitor);
        return visitor;
    }

    /**
     * The form of a shipment by hand, good to be bought.
     *
     * @param otherwise name, value, name, value of what it says instead or beside
     */
    static String[] byHand(String orderId, String... otherwise) {
        Map<String, String> fields = new LinkedHashMap<>();
        String[] good = {
            "orderId",
            orderId,
            "source",
            "local",
            "service",
            "ground",
            "name",
            "Jane Roe",
            "line1",
            "1 Main St",
            "city",
            "Austin",
            "state",
            "TX",
            "postalCode",
            "78701",
            "country",
            "US",
            "weight",
            "1.5",
            "unit",
            "kg"
        };
        for (int i = 0; i < good.length; i += 2) {
            fields.put(good[i], good[i + 1]);
        }
        for (int i = 0; i < otherwise.length; i += 2) {
            fields.put(otherwise[i], otherwise[i + 1]);
        }
        return fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
    }

    Visitor stranger() {
        return new Visitor("");
    }

    /** An order over REST; its hub id. */
    String order(String orderId, String more) throws Exception {
        HttpResponse<String> answer = hub.postBody(
                """
                {"orderId": "%s", %s
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"}}""".formatted(orderId, more.contains("\"service\"") ? more : "\"service\": \"ground\", " + more),
                "Authorization",
                "Bearer " + admin,
                "Prefer",
                "wait=20");
        JsonNode told = Json.mapper().readTree(answer.body());
        JsonNode order = told.has("order") ? told.path("order") : told;
        String id = order.path("id").asText();
        assertThat(id).as(answer.body()).startsWith("ord_");
        await().atMost(Duration.ofSeconds(60)).until(() -> !isUnderWay(id));
        return id;
    }

    /** On a busy machine a label may take longer than a caller waits for it. */
    private boolean isUnderWay(String id) throws Exception {
        return Set.of("ready", "buying")
                .contains(json("/v1/orders/" + id).path("status").asText());
    }

    /** A file of one order to Dresden with this postal code; {@code 01067} is right. */
    void drop(String orderId, String postalCode) throws Exception {
        String[] lines = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"), StandardCharsets.ISO_8859_1)
                .split("\\R", -1);
        String row = orderId + lines[1].substring(lines[1].indexOf(';')).replaceFirst("'01067", postalCode);
        Path part = Files.writeString(hub.in.resolve(orderId + ".part"), lines[0] + "\n" + row + "\n");
        Files.move(part, hub.in.resolve(orderId + ".csv"));
    }

    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = hub.send(path, "Authorization", "Bearer " + admin);
        return Json.mapper().readTree(answer.body());
    }

    /** A browser without scripts: it keeps its cookies and sends forms with what the page put into them. */
    final class Visitor {
        private final HttpClient http = HttpClient.newBuilder().build();
        private final String key;
        private final Map<String, String> cookies = new ConcurrentHashMap<>();
        String language = "en";

        private Visitor(String key) {
            this.key = key;
        }

        HttpResponse<String> signIn() throws Exception {
            return post("/sign-in", "/sign-in", "key", key);
        }

        HttpResponse<String> get(String path, String... headers) throws Exception {
            HttpRequest.Builder request = to(path);
            return kept(http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString()));
        }

        byte[] bytes(String path) throws Exception {
            return http.send(to(path).build(), BodyHandlers.ofByteArray()).body();
        }

        /** The page with this path; it must be there. */
        String page(String path) throws Exception {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
            return answer.body();
        }

        /** Sends a form as the page it stands on would, without following. */
        HttpResponse<String> post(String from, String path, String... fields) throws Exception {
            Matcher token = CSRF.matcher(get(from).body());
            List<String> all = new ArrayList<>(List.of("csrf", token.find() ? token.group(1) : "", "back", from));
            all.addAll(List.of(fields));
            return send(path, all);
        }

        /** The same, and the page it leads to. */
        String done(String from, String path, String... fields) throws Exception {
            HttpResponse<String> answer = post(from, path, fields);
            assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(303);
            return page(answer.headers().firstValue("Location").orElseThrow());
        }

        HttpResponse<String> send(String path, List<String> fields, String... headers) throws Exception {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < fields.size(); i += 2) {
                body.append(i == 0 ? "" : "&")
                        .append(URLEncoder.encode(fields.get(i), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
            }
            return sent(path, "application/x-www-form-urlencoded", body.toString(), headers);
        }

        HttpResponse<String> send(String path, String type, String body) throws Exception {
            return sent(path, type, body);
        }

        private HttpResponse<String> sent(String path, String type, String body, String... headers) throws Exception {
            HttpRequest.Builder request = to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
            return kept(http.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString()));
        }

        /** Puts a file into the form of a page and sends it. */
        HttpResponse<String> upload(String from, String path, String name, byte[] file, String... fields)
                throws Exception {
            Matcher token = CSRF.matcher(get(from).body());
            List<String> all = new ArrayList<>(List.of("csrf", token.find() ? token.group(1) : "", "back", from));
            all.addAll(List.of(fields));
            String boundary = "----waybill";
            StringBuilder head = new StringBuilder();
            for (int i = 0; i < all.size(); i += 2) {
                head.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, all.get(i), all.get(i + 1)));
            }
            head.append(
                    "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n"
                            .formatted(boundary, name));
            return kept(http.send(
                    to(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .POST(BodyPublishers.concat(
                                    BodyPublishers.ofString(head.toString()),
                                    BodyPublishers.ofByteArray(file),
                                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                            .build(),
                    BodyHandlers.ofString()));
        }

        private HttpRequest.Builder to(String path) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address().resolve(path)).header("Accept-Language", language);
            if (!cookies.isEmpty()) {
                List<String> sent = new ArrayList<>();
                cookies.forEach((name, value) -> sent.add(name + "=" + value));
                request.header("Cookie", String.join("; ", sent));
            }
            return request;
        }

        private HttpResponse<String> kept(HttpResponse<String> answer) {
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty()) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
            return answer;
        }
    }

    @Override
    public void close() {
        hub.close();
    }

    URI address() {
        return hub.address();
    }
}
