package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Access;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.access.Scope;
import io.waybill.intake.Sources;
import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code /admin/keys}: makes keys, lists them and takes them back. A secret is answered once, when it is made. */
final class KeyCalls {
    private static final Pattern VALID_FOR = Pattern.compile("([1-9]\\d{0,3})([hd])");

    private final Access access;
    private final Sources sources;

    KeyCalls(Access access, Sources sources) {
        this.access = access;
        this.sources = sources;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/admin/keys", Scope.ADMIN, this::list),
                Resource.post("/admin/keys", Scope.ADMIN, this::create),
                Resource.post("/admin/keys/{id}/revoke", Scope.ADMIN, this::revoke));
    }

    /**
     * {@code {name, scopes, source, namespaces}}, or {@code {name, role, namespaces}} for a person; no namespaces are all.
     * {@code validFor}, {@code 90d} or {@code 12h}, ends it by itself.
     */
    private Answer create(Request request) throws IOException {
        JsonNode body = Json.mapper().readTree(request.body());
        String role = body.path("role").asText("");
        Set<String> names = words(body.path("namespaces"));
        Namespaces namespaces = names.isEmpty() ? Namespaces.ALL : Namespaces.of(names);
        String name = body.path("name").asText("");
        Optional<String> source = Optional.of(body.path("source").asText("")).filter(text -> !text.isEmpty());
        source.ifPresent(sources::get);
        NewKey wanted = role.isEmpty()
                ? new NewKey(name, Optional.empty(), scopes(body), source, namespaces, Optional.empty())
                : NewKey.forPerson(name, Role.of(role), namespaces);
        Access.Created created = access.create(
                validFor(body).map(wanted::validFor).orElse(wanted),
                request.caller().name());
        return Answer.json(
                201,
                JsonNodeFactory.instance.objectNode().put("id", created.id()).put("secret", created.secret()));
    }

    private static Optional<Duration> validFor(JsonNode body) {
        String said = body.path("validFor").asText("");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = VALID_FOR.matcher(said);
        if (!matcher.matches()) {
            throw new ProblemException(Problem.of(OrderCode.BAD_VALUE, "value", said, "legal", "12h, 90d")
                    .at("/validFor"));
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(matcher.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
    }

    private Answer list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        access.list().forEach(row -> items.add(view(row)));
        return Answer.ok(answer.putNull("next"));
    }

    private Answer revoke(Request request) {
        access.revoke(request.parameter("id"), request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("id", request.parameter("id"))
                .put("state", "revoked"));
    }

    private static ObjectNode view(KeyBook.Row row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("name", row.name())
                .put("role", row.role())
                .put("scopes", row.scopes())
                .put("source", row.source())
                .put("namespaces", row.namespaces())
                .put("createdAt", row.createdAt().toString())
                .put(
                        "expiresAt",
                        row.expiresAt() == null ? null : row.expiresAt().toString())
                .put(
                        "revokedAt",
                        row.revokedAt() == null ? null : row.revokedAt().toString());
    }

    private static Set<Scope> scopes(JsonNode body) {
        return words(body.path("scopes")).stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
