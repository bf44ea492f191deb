package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connectors.FakeSystem.Call;
import io.waybill.connectors.FakeSystem.Reply;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Odoo's JSON-RPC as far as the connector needs it: a session by cookie, and calls of stock.picking by call_kw. Refusals are answers of 200. */
final class FakeOdoo extends FakeShop {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Map<Integer, ObjectNode> pickings = new ConcurrentHashMap<>();
    private final AtomicInteger session = new AtomicInteger(1);
    private volatile String password = ShopsHub.SECRET;

    @Override
    String name() {
        return "acme-odoo";
    }

    @Override
    String settings() {
        return """
                sink.acme-odoo.events=order.labelled
                system.acme-odoo.auth=session
                system.acme-odoo.database=acme
                system.acme-odoo.user=waybill
                system.acme-odoo.password=env:SHOP_SECRET
                """;
    }

    /** Nobody's cookie is good any more. */
    void endSessions() {
        session.incrementAndGet();
    }

    void password(String now) {
        password = now;
        endSessions();
    }

    @Override
    String put(int number, State state) {
        String name = "WH/OUT/%05d".formatted(number);
        ObjectNode picking = NODES.objectNode()
                .put("id", number)
                .put("name", name)
                .put("origin", "S%05d".formatted(number))
                .put("state", state(state))
                .put("picking_type_code", "outgoing")
                .put("write_date", TIMES.format(Instant.now().atOffset(ZoneOffset.UTC)))
                .put("weight", 0.0)
                .put("carrier_tracking_ref", false);
        ObjectNode partner = picking.putObject("partner_id")
                .put("name", "Jane Roe")
                .put("commercial_company_name", false)
                .put("street2", false)
                .put("city", "Austin")
                .put("zip", "78701")
                .put("phone", false)
                .put("email", false);
        partner.putObject("state_id").put("code", "TX");
        partner.putObject("country_id").put("code", "US");
        if (state.street().isEmpty()) {
            partner.put("street", false);
        } else {
            partner.put("street", state.street());
        }
        ObjectNode move = picking.putArray("move_ids").addObject().put("product_uom_qty", 2.0);
        move.putObject("product_id").put("default_code", "MUG-1").put("display_name", "[MUG-1] Mug");
        pickings.put(number, picking);
        return name;
    }

    /** It is so from now on, and was written no later than it says. */
    void within(int number, State state) {
        pickings.computeIfPresent(number, (same, before) -> before.deepCopy().put("state", state(state)));
    }

    private static String state(State state) {
        return switch (state) {
            case UNPAID -> "confirmed";
            case DIGITAL -> "draft";
            case CALLED_OFF -> "cancel";
            case SENT -> "done";
            case PAID, MOVED, NOWHERE -> "assigned";
        };
    }

    @Override
    Reply answer(Call call) {
        JsonNode params = call.body().path("params");
        if (call.path().equals("/web/session/authenticate")) {
            return login(params);
        }
        if (!("session_id=s" + session.get()).equals(call.headers().get("cookie"))) {
            return fault(100, "Odoo Session Expired", "odoo.http.SessionExpiredException", "Session expired");
        }
        String method = params.path("method").asText();
        if (!call.path().equals("/web/dataset/call_kw/stock.picking/" + method)
                || !params.path("model").asText().equals("stock.picking")
                || !params.has("kwargs")) {
            return fault(404, "404: Not Found", "werkzeug.exceptions.NotFound", call.path());
        }
        return isLook(call) ? result(changed(params.path("kwargs"))) : write(params.path("args"));
    }

    @Override
    boolean isLook(Call call) {
        return call.body().at("/params/method").asText().equals("web_search_read");
    }

    private Reply login(JsonNode params) {
        boolean known = params.path("db").asText().equals("acme")
                && params.path("login").asText().equals("waybill")
                && params.path("password").asText().equals(password);
        return known
                ? new Reply(
                        200,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{\"uid\":2,\"db\":\"acme\"}}",
                        Map.of(
                                "Set-Cookie",
                                "session_id=s" + session.get()
                                        + "; Expires=Fri, 26 Feb 2027 00:00:00 GMT; HttpOnly; Path=/"))
                : fault(200, "Odoo Server Error", "odoo.exceptions.AccessDenied", "Access Denied");
    }

    private Reply write(JsonNode args) {
        ObjectNode written = pickings.computeIfPresent(args.at("/0/0").asInt(), (number, before) -> {
            ObjectNode picking = before.deepCopy();
            picking.setAll((ObjectNode) args.path(1));
            return picking.put("write_date", TIMES.format(Instant.now().atOffset(ZoneOffset.UTC)));
        });
        return written == null
                ? fault(200, "Odoo Server Error", "odoo.exceptions.MissingError", "Record does not exist")
                : result(NODES.booleanNode(true));
    }

    private JsonNode changed(JsonNode asked) {
        if (!asked.at("/domain/0").toString().equals("[\"picking_type_code\",\"=\",\"outgoing\"]")
                || !asked.path("order").asText().startsWith("write_date asc")
                || !asked.at("/specification/partner_id/fields/street").isObject()) {
            throw new IllegalStateException("not what web_search_read takes: " + asked);
        }
        String since = asked.at("/domain/1/2").asText();
        List<ObjectNode> later = pickings.values().stream()
                .filter(one -> one.path("write_date").asText().compareTo(since) >= 0)
                .sorted(Comparator.comparing(one -> one.path("write_date").asText()))
                .toList();
        ObjectNode answer = NODES.objectNode().put("length", later.size());
        answer.putArray("records")
                .addAll(later.stream()
                        .skip(asked.path("offset").asLong())
                        .limit(asked.path("limit").asLong())
                        .toList());
        return answer;
    }

    private static Reply result(JsonNode result) {
        ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0").putNull("id");
        answer.set("result", result);
        return Reply.json(answer);
    }

    private static Reply fault(int code, String message, String name, String words) {
        ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0").putNull("id");
        answer.putObject("error")
                .put("code", code)
                .put("message", message)
                .putObject("data")
                .put("name", name)
                .put("message", words);
        return Reply.json(answer);
    }

    @Override
    List<String> numbers(int number) {
        JsonNode told = pickings.get(number).path("carrier_tracking_ref");
        return told.isTextual() ? List.of(told.asText().split(",", -1)) : List.of();
    }

    @Override
    String cost(int number) {
        JsonNode price = pickings.get(number).path("carrier_price");
        return price.isMissingNode() ? "" : new BigDecimal(price.asText()).setScale(2) + " USD";
    }
}
