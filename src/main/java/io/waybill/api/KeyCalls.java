package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Access;
import io.waybill.access.AccessCode;
import io.waybill.access.NewKey;
import io.waybill.access.Scope;
import io.waybill.intake.Sources;
import io.waybill.ledger.KeyBook;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /admin/keys}: makes keys, lists them and takes them back, for who sees all namespaces. A secret is answered once,
 * when it is made.
 */
final class KeyCalls {
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
                Resource.act("/admin/keys/{id}/revoke", Scope.ADMIN, this::revoke));
    }

    private Answer create(Request request) {
        request.caller().requireAllNamespaces();
        NewKey wanted = KeyWish.read(Said.ifAny(request.body()));
        wanted.source().ifPresent(source -> KeyWish.at("/source", () -> sources.get(source)));
        List<Problem> warnings = warnings(wanted);
        Access.Created created = access.create(wanted, request.caller().name());
        ObjectNode made =
                JsonNodeFactory.instance.objectNode().put("id", created.id()).put("secret", created.secret());
        ArrayNode told = made.putArray("warnings");
        warnings.forEach(warning -> told.add(ProblemJson.error(warning, request.language())));
        return Answer.json(201, made);
    }

    /** A key may be renewed while the old one still works, and a source may bring orders of other namespaces: neither is refused. */
    private List<Problem> warnings(NewKey wanted) {
        List<Problem> warnings = new ArrayList<>();
        wanted.source()
                .map(sources::get)
                .filter(source -> !wanted.namespaces().has(source.namespace()))
                .ifPresent(source -> warnings.add(Problem.of(
                        AccessCode.KEY_BESIDE_SOURCE, "name", source.name(), "namespace", source.namespace())));
        Instant now = Instant.now();
        List<String> others = access.list().stream()
                .filter(row -> row.person()
                        && wanted.role().isPresent()
                        && row.name().equals(wanted.name())
                        && isInForce(row, now))
                .map(KeyBook.Row::id)
                .toList();
        if (!others.isEmpty()) {
            warnings.add(
                    Problem.of(AccessCode.KEY_BESIDE_ANOTHER, "name", wanted.name(), "ids", String.join(", ", others)));
        }
        return warnings;
    }

    private static boolean isInForce(KeyBook.Row row, Instant now) {
        Instant ends = row.expiresAt();
        return row.revokedAt() == null && (ends == null || now.isBefore(ends));
    }

    private Answer list(Request request) {
        request.caller().requireAllNamespaces();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        access.list().forEach(row -> items.add(view(row)));
        return Answer.ok(answer.putNull("next"));
    }

    private Answer revoke(Request request) {
        request.caller().requireAllNamespaces();
        access.revoke(request.parameter("id"), request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("id", request.parameter("id"))
                .put("state", "revoked"));
    }

    /** Namespaces that are null are all, as those a wish leaves out are. */
    private static ObjectNode view(KeyBook.Row row) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("name", row.name())
                .put("role", row.role());
        row.scopeWords().forEach(view.putArray("scopes")::add);
        view.put("source", row.source());
        if (row.seen().all()) {
            view.putNull("namespaces");
        } else {
            row.seen().names().forEach(view.putArray("namespaces")::add);
        }
        return view.put("createdAt", row.createdAt().toString())
                .put(
                        "expiresAt",
                        row.expiresAt() == null ? null : row.expiresAt().toString())
                .put(
                        "revokedAt",
                        row.revokedAt() == null ? null : row.revokedAt().toString());
    }
}
