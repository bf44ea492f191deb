package io.waybill;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A namespace for which every example of the contract was made, with all ids, numbers and names that came of it. */
final class OneTenant {
    static final String NAMESPACE = "acme";
    static final Pattern ID = Pattern.compile("\\b([a-z]{2,4})_([0-9A-Z]{26}|[0-9a-f]{32})\\b");

    /** Ids of what belongs to no namespace. */
    private static final Set<String> NOBODYS = Set.of("key", "aud");

    private static @Nullable OneTenant made;

    final EveryCall every;

    /** One for each of its kinds. */
    final Map<String, String> ids = new TreeMap<>();

    /** What nobody else may be told. */
    final Set<String> words = new TreeSet<>(Set.of("Canaria", "CANARY-1", "november.csv", "october.csv"));

    /** The same for every class of tests in this process. */
    static synchronized OneTenant made() throws Exception {
        if (made == null) {
            made = another();
        }
        return made;
    }

    /** One that no other test has changed. */
    static OneTenant another() throws Exception {
        return new OneTenant(new EveryCall(PortalHub.another()));
    }

    private OneTenant(EveryCall every) throws Exception {
        this.every = every;
        String order = every.portal.order("CANARY-1", "\"reference\": \"Canaria\", " + PortalTest.WEIGHED);
        for (EveryCall.Call call : every.calls()) {
            for (JsonNode example : call.examples()) {
                make(example);
            }
        }
        for (String list : List.of(
                "/v1/orders",
                "/v1/orders/" + order,
                "/v1/exceptions",
                "/v1/exceptions?state=closed",
                "/v1/refunds",
                "/v1/files",
                "/v1/charges?orderId=DOC-1",
                "/v1/orders/" + kept("ORDER"))) {
            remember(every.portal.json(list));
        }
        try (Connection ledger = DriverManager.getConnection(
                        every.portal.database.url(), every.portal.database.user(), every.portal.database.password());
                Statement statement = ledger.createStatement()) {
            ids.put("delivery", one(statement, "SELECT MAX(id) FROM outbox WHERE namespace = '" + NAMESPACE + "'"));
            manifest(statement);
        }
        remember(every.portal.json("/v1/manifests?account=sandbox"));
    }

    /** The sandbox has none: one is written down as a carrier's that has. */
    private void manifest(Statement ledger) throws SQLException {
        String id = "man_" + kept("SHIPMENT").substring(4);
        ledger.execute("""
                INSERT INTO manifest (id, account, ship_day, state, number_value, created_by, created_at)
                VALUES ('%s', 'sandbox', CURRENT_DATE, 'CLOSED', 'MANIFEST-77', 'Ada', CURRENT_TIMESTAMP)""".formatted(id));
        ledger.execute("INSERT INTO manifest_paper (manifest_id, ordinal, format, bytes) VALUES ('%s', 1, 'PDF', X'25')"
                .formatted(id));
        ledger.execute("UPDATE shipment SET manifest_id = '%s' WHERE id = '%s'".formatted(id, kept("SHIPMENT")));
        words.add("MANIFEST-77");
    }

    private static String one(Statement ledger, String query) throws SQLException {
        try (ResultSet row = ledger.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    String kept(String name) {
        return String.valueOf(every.kept.get(name));
    }

    private void make(JsonNode example) throws Exception {
        EveryCall.Sent sent = every.sent(example);
        HttpResponse<String> answer = every.send(every.portal.admin, sent);
        if (example.has("x-until")) {
            String[] until = example.path("x-until").asText().split("=", 2);
            await().until(() ->
                    every.portal.json(sent.path()).at(until[0]).asText().equals(until[1]));
        }
        if (answer.headers().firstValue("Content-Type").orElse("").endsWith("json")) {
            JsonNode body = Json.mapper().readTree(answer.body());
            remember(body);
            example.path("x-keeps")
                    .properties()
                    .forEach(keep -> every.kept.put(
                            keep.getKey(), body.at(keep.getValue().asText()).asText()));
        }
    }

    private void remember(JsonNode told) {
        ID.matcher(told.toString())
                .results()
                .filter(found -> !NOBODYS.contains(found.group(1)))
                .forEach(found -> {
                    ids.putIfAbsent(found.group(1), found.group());
                    words.add(found.group());
                });
        told.findValuesAsText("trackingNumber").stream()
                .filter(number -> number.length() > 8)
                .forEach(words::add);
    }

    /** Of the same shape as one of its words, and never given. */
    static String nobodys(String word) {
        int end = word.indexOf('_') + 1;
        return ID.matcher(word).matches()
                ? word.substring(0, end) + "7" + "0".repeat(word.length() - end - 1)
                : "x".repeat(word.length());
    }

    /** How what it has stands, without what goes on by itself. */
    Map<String, String> stands() throws Exception {
        Map<String, String> stands = new TreeMap<>();
        for (String order : List.of("ORDER", "HELD", "REFUSED")) {
            JsonNode told = every.portal.json("/v1/orders/" + kept(order));
            stands.put(order, told.path("revision") + " " + told.path("shipTo") + " " + told.findValuesAsText("href"));
        }
        for (String what : List.of(
                "/v1/invoices/" + kept("INVOICE"),
                "/v1/disputes/" + kept("DISPUTE"),
                "/v1/variances?invoice=" + kept("INVOICE"),
                "/v1/refunds",
                "/v1/journal",
                "/v1/manifests/" + ids.get("man"),
                "/v1/rollout/" + NAMESPACE)) {
            stands.put(what, every.portal.json(what).toString());
        }
        return stands;
    }
}
