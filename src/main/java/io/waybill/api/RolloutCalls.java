package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.ledger.Channel;
import io.waybill.ledger.Stage;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.rollout.Moment;
import io.waybill.rollout.Rollout;
import io.waybill.rollout.Wanted;
import io.waybill.text.Shortened;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /rollout}: which channels take a namespace's orders, which stages are on, which sources are only looked at. */
record RolloutCalls(Rollout rollout, RolloutView view) {
    private static final Set<String> CHANNEL_KEYS = Set.of("from", "until", "readOnly");
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_VALUE = 100;

    List<Resource> resources() {
        return List.of(
                Resource.get("/rollout", Scope.READ, this::all),
                Resource.get("/rollout/{namespace}", Scope.READ, this::one),
                Resource.put("/rollout/{namespace}/channels", Scope.ADMIN, this::channels),
                Resource.post("/rollout/{namespace}/channels/rollback", Scope.ADMIN, this::rollBack),
                Resource.put("/rollout/{namespace}/stages", Scope.ADMIN, this::stages));
    }

    private Answer all(Request request) {
        Set<String> names = new TreeSet<>(rollout.namespaces());
        rollout.switches(request.caller().namespaces()).forEach(one -> names.add(one.namespace()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        names.stream()
                .filter(request.caller().namespaces()::has)
                .map(name -> told(name, request))
                .forEach(items::add);
        return Answer.ok(answer.putNull("next"));
    }

    private Answer one(Request request) {
        return Answer.ok(told(known(request), request));
    }

    private ObjectNode told(String namespace, Request request) {
        return view.of(namespace, request.caller().namespaces(), request.language());
    }

    private String known(Request request) {
        String namespace = request.parameter("namespace");
        Taking.requireNamespace(request.caller(), namespace);
        rollout.requireKnown(namespace, request.caller().namespaces());
        return namespace;
    }

    /** {@code {channels: {api: {from: …}, excel: {until: …}}, reason}}: the named ones change, together. */
    private Answer channels(Request request) {
        String namespace = known(request);
        JsonNode body = body(request, Set.of("channels", "reason"));
        Map<Channel, Wanted> wanted = new EnumMap<>(Channel.class);
        named(body, "channels", "{\"excel\": {\"until\": …}}")
                .properties()
                .forEach(one -> wanted.put(
                        Channel.read(one.getKey())
                                .orElseThrow(() -> bad("/channels/" + one.getKey(), one.getKey(), Channel.words())),
                        wanted(one.getValue(), "/channels/" + one.getKey())));
        if (wanted.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "channels").at("/channels"));
        }
        rollout.setChannels(namespace, wanted, reason(body), request.caller().name());
        return Answer.ok(told(namespace, request));
    }

    private static JsonNode named(JsonNode body, String field, String expected) {
        JsonNode named = body.path(field);
        if (!named.isMissingNode()) {
            requireObject(named, "/" + field, expected);
        }
        return named;
    }

    private static void requireObject(JsonNode value, String pointer, String expected) {
        if (!value.isObject()) {
            throw bad(pointer, Shortened.openly(LONGEST_VALUE, value.toString()), expected);
        }
    }

    private static Wanted wanted(JsonNode how, String pointer) {
        requireObject(how, pointer, "{\"from\": …, \"until\": …, \"readOnly\": …}");
        requireAmong(how, CHANNEL_KEYS, pointer);
        return new Wanted(
                moment(how, "from", pointer),
                moment(how, "until", pointer),
                isOn(how.path("readOnly"), pointer + "/readOnly", false));
    }

    private static @Nullable Moment moment(JsonNode how, String name, String pointer) {
        return how.hasNonNull(name) ? Moment.read(how.path(name).asText(), pointer + "/" + name) : null;
    }

    private static boolean isOn(JsonNode value, String pointer, boolean fallback) {
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw bad(pointer, value.asText(), "true, false");
        }
        return value.booleanValue();
    }

    /** {@code {change, reason}}: the last one, and only the named one where one is named. */
    private Answer rollBack(Request request) {
        String namespace = known(request);
        JsonNode body = body(request, Set.of("change", "reason"));
        String change = Fields.text(body, "change");
        rollout.rollBackChannels(
                namespace,
                change.isBlank() ? null : change,
                reason(body),
                request.caller().name());
        return Answer.ok(told(namespace, request));
    }

    /** {@code {stages: {tracking: true}, reason}}: the named ones are switched. */
    private Answer stages(Request request) {
        String namespace = known(request);
        JsonNode body = body(request, Set.of("stages", "reason"));
        Map<Stage, Boolean> wanted = new EnumMap<>(Stage.class);
        named(body, "stages", "{\"tracking\": true}")
                .properties()
                .forEach(one -> wanted.put(
                        Stage.read(one.getKey())
                                .orElseThrow(() -> bad("/stages/" + one.getKey(), one.getKey(), Stage.words())),
                        isOn(one.getValue(), "/stages/" + one.getKey(), true)));
        if (wanted.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "stages").at("/stages"));
        }
        String actor = request.caller().name();
        wanted.forEach((stage, on) -> rollout.setStage(namespace, stage, on, reason(body), actor));
        return Answer.ok(told(namespace, request));
    }

    private JsonNode body(Request request, Set<String> known) {
        if (request.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode body = Said.in(request.body());
        requireAmong(body, known, "");
        return body;
    }

    static @Nullable String reason(JsonNode body) {
        String reason = Fields.text(body, "reason");
        return reason.isBlank() ? null : Shortened.to(LONGEST_REASON, reason);
    }

    private static void requireAmong(JsonNode object, Set<String> known, String pointer) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw bad(pointer + "/" + name, name, String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    static ProblemException bad(String pointer, String value, String expected) {
        return new ProblemException(
                Problem.of(ApiCode.BAD_PARAMETER, "name", pointer, "value", value, "legal", expected)
                        .at(pointer));
    }
}
