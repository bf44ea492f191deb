package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.AnotherLabel.Why;
import io.waybill.intake.AnotherLabel.Wish;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Standing;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code POST /orders/{id}/shipments}: one more label for an order, with a reason and under a key. */
final class AnotherLabelCalls {
    private static final int LONGEST_KEY = 180;
    private static final int LONGEST_NOTE = 1000;
    private static final List<String> CONTENT = List.of("parcels", "items", "service", "account");
    private static final List<String> FIELDS =
            List.of("key", "reason", "lost", "note", "parcels", "items", "service", "account");
    private static final String REASONS =
            Arrays.stream(Why.values()).map(Why::text).collect(Collectors.joining(", "));

    private final Ledger ledger;
    private final AnotherLabel labels;
    private final Waits waits;

    AnotherLabelCalls(Ledger ledger, AnotherLabel labels, Waits waits) {
        this.ledger = ledger;
        this.labels = labels;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(Resource.post("/orders/{id}/shipments", Scope.LABELS_BUY, this::ask));
    }

    private Answer ask(Request request) {
        String id = request.parameter("id");
        Namespaces scope = request.caller().namespaces();
        AnotherLabel.Asked asked = labels.ask(
                id,
                wish(Said.in(request.body()), request),
                scope,
                request.caller().name());
        Standing standing = waits.await(id, request);
        Answer answer = Settled.ofShipment(ledger, standing, asked.shipment(), asked.replayed() ? 200 : 201, request);
        return asked.replayed() ? answer.with("Idempotent-Replayed", "true") : answer;
    }

    private static Wish wish(JsonNode body, Request request) {
        Fields.requireAmong(body, FIELDS);
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        CONTENT.stream().filter(body::hasNonNull).forEach(field -> content.set(field, body.get(field)));
        Why why = why(body);
        if (why == Why.SPLIT && !body.hasNonNull("parcels")) {
            throw missing("parcels");
        }
        return new Wish(
                key(body, request),
                why,
                Fields.flag(body, "lost"),
                text(body, "note", LONGEST_NOTE).orElse(""),
                content);
    }

    private static String key(JsonNode body, Request request) {
        Optional<String> header = request.header("Idempotency-Key").map(key -> checked(key, "key", LONGEST_KEY));
        Optional<String> said = text(body, "key", LONGEST_KEY);
        if (said.isPresent() && header.isPresent() && !said.equals(header)) {
            throw new ProblemException(Problem.of(OrderCode.BAD_VALUE, "value", said.get(), "legal", "legal.key")
                    .at("/key"));
        }
        return said.or(() -> header).orElseThrow(() -> missing("key"));
    }

    private static Why why(JsonNode body) {
        String reason = text(body, "reason", LONGEST_KEY).orElseThrow(() -> missing("reason"));
        return Arrays.stream(Why.values())
                .filter(why -> why.text().equals(reason))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(Problem.of(OrderCode.BAD_VALUE, "value", reason, "legal", REASONS)
                                .at("/reason")));
    }

    private static ProblemException missing(String field) {
        return new ProblemException(
                Problem.of(OrderCode.MISSING_FIELD, "field", field).at("/" + field));
    }

    private static Optional<String> text(JsonNode body, String field, int longest) {
        return Optional.of(Fields.word(body, field, longest)).filter(text -> !text.isEmpty());
    }

    private static String checked(String text, String field, int longest) {
        if (text.length() > longest) {
            throw new ProblemException(Problem.of(OrderCode.TOO_LONG, "length", text.length(), "max", longest)
                    .at("/" + field));
        }
        return text;
    }
}
