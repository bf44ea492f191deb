package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.mapping.Nearest;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-call:SYSTEM?mapping=M&as=NAME}: makes of the body, an event, what a system is to be asked or told, and lays
 * what it answered into the body under {@code NAME}, where the next step's mapping finds it. The mapping writes {@code {method,
 * path, body}}, or {@code calls}, a list of them that are made in turn, and nothing else, since what nobody reads would be told
 * nobody; where it skips or writes nothing, nothing is called. {@code facts} is what the settings say of the system; with {@code sink=NAME} the mapping finds
 * {@code sink.NAME.partner.*} as the event's member {@code partner}. Whatever is no success
 * fails the step, so that the event stays in the outbox: a mapping that looks first writes nothing twice.
 */
final class CallVerb extends Verb {
    /** What a call is made of, and beside which nothing stands: several calls. */
    static final List<String> MEMBERS = List.of("method", "path", "body");

    static final String CALLS = "calls";

    private final MappingVerb.Mapper mapper;
    private final Function<String, HttpSystem> systems;
    private final Settings settings;

    CallVerb(MappingVerb.Mapper mapper, Function<String, HttpSystem> systems, Settings settings) {
        this.mapper = mapper;
        this.systems = systems;
        this.settings = settings;
    }

    @Override
    Processor step(String name, Map<String, Object> options) {
        String mapping = option(options, "mapping", "");
        String as = option(options, "as", "answer");
        if (mapping.isEmpty()) {
            throw new IllegalArgumentException("waybill-call:" + name + " needs a mapping");
        }
        HttpSystem system = systems.apply(name);
        Partner partner = Partner.of(settings, option(options, "sink", ""));
        return exchange -> {
            partner.putInto(exchange);
            call(exchange, system, mapping, as);
        };
    }

    private void call(Exchange exchange, HttpSystem system, String mapping, String as) throws Exception {
        ObjectNode body =
                (ObjectNode) Json.mapper().readTree(exchange.getMessage().getBody(String.class));
        body.set("facts", system.facts());
        JsonNode wish = Json.mapper().readTree(mapper.map(mapping, body.toString()));
        if (wish.isEmpty()) {
            return;
        }
        requireKnown(wish, mapping);
        if (wish.has(CALLS)) {
            ArrayNode answers = JsonNodeFactory.instance.arrayNode();
            for (JsonNode one : wish.path(CALLS)) {
                answers.add(ask(system, one));
            }
            body.set(as, answers);
        } else {
            body.set(as, ask(system, wish));
        }
        exchange.getMessage().setBody(body.toString());
    }

    /** Before the first of several is made. */
    private static void requireKnown(JsonNode wish, String mapping) {
        List<Problem> problems = new ArrayList<>();
        if (wish.has(CALLS)) {
            unknown(wish, List.of(CALLS), mapping, problems);
            wish.path(CALLS).forEach(one -> unknown(one, MEMBERS, mapping, problems));
        } else {
            unknown(wish, MEMBERS, mapping, problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.stream().distinct().toList());
        }
    }

    private static void unknown(JsonNode call, List<String> known, String mapping, List<Problem> problems) {
        call.fieldNames().forEachRemaining(member -> {
            if (!known.contains(member)) {
                problems.add(Problem.of(
                        EdgeCode.CALL_MEMBER_UNKNOWN,
                        "mapping",
                        mapping,
                        "member",
                        member,
                        "nearest",
                        Nearest.to(member, known)));
            }
        });
    }

    private static JsonNode ask(HttpSystem system, JsonNode wish) throws SystemException {
        JsonNode body = wish.get("body");
        String method = wish.path("method").asText(body == null ? "GET" : "POST");
        JsonNode said = system.call(method, wish.path("path").asText(), body).body();
        return said.isMissingNode() ? JsonNodeFactory.instance.nullNode() : said;
    }
}
