package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.order.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Every call of the contract is asked as it is told, and then wrongly in every way there is: whatever comes, the answer is one that
 * the contract tells of, says in words what is wrong and where, is no failure of the hub, and what is refused is not done. Of the ways
 * {@code -Dcalls.twists=150} are taken for each call, by {@code -Dcalls.seed=1}.
 */
class AnyCallTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TWISTS = Integer.getInteger("calls.twists", 150);
    private static final long SEED = Long.getLong("calls.seed", 1);

    /** Each takes its time: all of the ledger is copied, or compared with what the carrier has. */
    private static final Set<String> SLOW = Set.of("/v1/admin/backups", "/v1/purchases/audit");

    /** How an address that has something wrong is answered. */
    private static final String CHECKED = "{\"good\":false,";

    /** The carrier was asked, and said no. */
    private static final Pattern CARRIERS_WORD = Pattern.compile("\"(carrier|void)-refused\"");

    /** What a call that is refused adds nothing to. */
    private static final String COUNTED = Stream.of(
                    "orders",
                    "order_revision",
                    "shipment",
                    "batch",
                    "invoice",
                    "compared_sheet",
                    "saved_view",
                    "api_key",
                    "manifest",
                    "dispute",
                    "variance_decision",
                    "account_stop",
                    "rollout_switch",
                    "audit_log")
            .map(table -> "(SELECT COUNT(*) FROM " + table + ")")
            .collect(Collectors.joining(", ", "SELECT ", ""));

    private static PortalHub portal;
    private static EveryCall every;
    private static ContractAnswers contract;
    private static Connection ledger;
    private static Map<String, Object> whole;
    private static int number;

    /** The order that twists are made for, which is another once it is bought. */
    private static String held = "-";

    private final List<String> faults = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        portal = PortalHub.another();
        every = new EveryCall(portal);
        contract = new ContractAnswers(every.document());
        ledger = DriverManager.getConnection(portal.database.url(), portal.database.user(), portal.database.password());
        try (InputStream in = AnyCallTest.class.getResourceAsStream("/openapi/whole-bodies.yaml")) {
            whole = new Yaml().load(in);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        ledger.close();
    }

    @Test
    void whatever_is_asked_is_answered_as_the_contract_tells_and_what_is_refused_is_not_done() throws Exception {
        int asked = 0;
        for (EveryCall.Call call : every.told()) {
            for (JsonNode example : call.examples()) {
                make(example);
            }
            List<Twist> twists = new ArrayList<>(twists(call));
            Collections.shuffle(twists, new Random(SEED));
            for (Twist twist : twists.subList(0, Math.min(twists.size(), SLOW.contains(call.path()) ? 5 : TWISTS))) {
                ask(call, twist);
                asked++;
            }
            verbs(call);
            sent("POST", new Twist("", "/v1/accounts/on", "", false, ""));
        }
        assertThat(faults).isEmpty();
        assertThat(asked).isGreaterThan(every.told().size() * Math.min(TWISTS, 40));
    }

    /** One example of the contract, which leaves what the next ones are about. */
    private static void make(JsonNode example) throws Exception {
        EveryCall.Sent sent = every.sent(example);
        HttpResponse<String> answer = every.send(portal.admin, sent);
        if (example.has("x-until")) {
            String[] until = example.path("x-until").asText().split("=", 2);
            await().until(() -> portal.json(sent.path()).at(until[0]).asText().equals(until[1]));
        }
        if (example.has("x-keeps")) {
            JsonNode body = Json.mapper().readTree(answer.body());
            example.path("x-keeps")
                    .properties()
                    .forEach(keep -> every.kept.put(
                            keep.getKey(), body.at(keep.getValue().asText()).asText()));
        }
    }

    private static List<Twist> twists(EveryCall.Call call) throws Exception {
        held = every.kept.getOrDefault("HELD", "-");
        EveryCall.Sent right = every.sent(call.examples().path(0));
        Object body = whole.get(call.told().path("operationId").asText());
        String text = body == null ? right.body() : new ObjectMapper().writeValueAsString(body);
        return new Twists(contract, call, right.path(), text).all();
    }

    private void ask(EveryCall.Call call, Twist twist) throws Exception {
        if (call.path().equals("/v1/orders/{id}/parcels") || call.verb().equals("PATCH")) {
            hold();
        }
        List<Long> before = counted();
        HttpResponse<String> answer = sent(call.verb(), twist);
        List<String> found = new ArrayList<>();
        boolean isElsewhere = answer.statusCode() == 405 || answer.body().contains("no-such-path");
        if (!isElsewhere) {
            found.addAll(contract.faults(call.told(), answer));
        }
        if (twist.isWrong() && answer.statusCode() < 400 && !answer.body().startsWith(CHECKED)) {
            found.add("was taken");
        }
        if (twist.isWrong() && !isNamed(twist, answer)) {
            found.add("does not name " + twist.names());
        }
        boolean isRefused = answer.statusCode() >= 400
                && !CARRIERS_WORD.matcher(answer.body()).find();
        if (isRefused && !call.path().startsWith("/v1/batches") && !counted().equals(before)) {
            found.add("was refused and did something: " + before + counted());
        }
        found.forEach(fault -> faults.add("%s %s, %s: %s\n    %s %s"
                .formatted(
                        call.verb(), call.path(), twist.what(), fault, answer.statusCode(), Twist.cut(answer.body()))));
    }

    /** What is not there, or does not stand so that it could be done, may be told before. */
    private static boolean isNamed(Twist twist, HttpResponse<String> answer) throws Exception {
        if (twist.names().isEmpty() || Set.of(404, 409).contains(answer.statusCode()) || answer.statusCode() < 400) {
            return true;
        }
        List<String> names = Stream.of(twist.names().split("/", -1))
                .filter(name -> !name.matches("\\d*"))
                .toList();
        for (JsonNode error : Json.mapper().readTree(answer.body()).path("errors")) {
            String pointer = error.path("pointer").asText();
            boolean isThere = twist.names().startsWith("/")
                    && !pointer.isEmpty()
                    && (pointer.startsWith(twist.names()) || twist.names().startsWith(pointer));
            if (isThere
                    || names.stream().anyMatch(error.path("detail").asText()::contains)
                    || error.path("code").asText().equals("unsupported-format")) {
                return true;
            }
        }
        return false;
    }

    /** An order whose parcels and fields can be said. */
    private static void hold() throws Exception {
        if (!portal.json("/v1/orders/" + every.kept.get("HELD"))
                .path("status")
                .asText()
                .equals("held")) {
            every.kept.put("HELD", portal.order("HELD-" + ++number, ""));
        }
    }

    private static List<Long> counted() throws Exception {
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(COUNTED)) {
            row.next();
            List<Long> counts = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                counts.add(row.getLong(i));
            }
            return counts;
        }
    }

    /** No other verb is taken, and HEAD says of a call what GET does. */
    private void verbs(EveryCall.Call call) throws Exception {
        Twist right = twists(call).get(0);
        for (String verb : List.of("OPTIONS", "TRACE", "LINK", "get")) {
            HttpResponse<String> answer = sent(verb, right);
            if (answer.statusCode() != 405
                    || answer.headers().firstValue("Allow").isEmpty()) {
                faults.add(verb + " " + call.path() + " is answered with " + answer.statusCode());
            }
        }
        if (call.verb().equals("GET") && !isProbe(call)) {
            HttpResponse<String> get = sent("GET", right);
            HttpResponse<String> head = sent("HEAD", right);
            if (get.statusCode() != head.statusCode()
                    || !head.body().isEmpty()
                    || !get.headers()
                            .firstValue("Content-Type")
                            .equals(head.headers().firstValue("Content-Type"))) {
                faults.add("HEAD " + call.path() + " differs from GET: " + head);
            }
        }
    }

    /** Answered before the gate, and told of as it stands at that moment. */
    private static boolean isProbe(EveryCall.Call call) {
        return call.path().startsWith("/health/") || call.path().equals("/metrics");
    }

    private static HttpResponse<String> sent(String verb, Twist twist) throws Exception {
        String path = twist.path().replace(held, every.kept.getOrDefault("HELD", "-"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(portal.address() + path))
                .headers("Authorization", "Bearer " + portal.admin, "Accept-Language", "en", "Prefer", "respond-async");
        for (int i = 0; i < twist.headers().size(); i += 2) {
            request.setHeader(twist.headers().get(i), twist.headers().get(i + 1));
        }
        String text = new String(twist.body(), StandardCharsets.ISO_8859_1).replace("<N>", String.valueOf(++number));
        byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
        return HTTP.send(
                request.method(verb, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
