package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Erasure;
import io.waybill.order.Said;
import java.util.List;

/** The store itself: a backup now, the end of a restore, and forgetting a recipient. A backup goes where the settings say. */
final class StoreCalls {
    private final Backups backups;
    private final Erasure erasure;
    private final Dispatch dispatch;

    StoreCalls(Backups backups, Erasure erasure, Dispatch dispatch) {
        this.backups = backups;
        this.erasure = erasure;
        this.dispatch = dispatch;
    }

    List<Resource> resources() {
        return List.of(
                Resource.act("/admin/backups", Scope.ADMIN, this::backUp),
                Resource.act("/admin/restore/done", Scope.ADMIN, this::done),
                Resource.post("/admin/erase", Scope.ADMIN, this::eraseNamespace),
                Resource.act("/orders/{id}/erase", Scope.ADMIN, this::erase));
    }

    private Answer backUp(Request request) {
        request.caller().requireAllNamespaces();
        Backups.Made made = backups.make(request.caller().name());
        return Answer.json(
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("file", made.file().toString())
                        .put("bytes", made.bytes())
                        .put("millis", made.took().toMillis()));
    }

    private Answer done(Request request) {
        request.caller().requireAllNamespaces();
        int released = dispatch.endHold(request.caller().name());
        return Answer.ok(JsonNodeFactory.instance.objectNode().put("released", released));
    }

    private Answer erase(Request request) {
        String id = request.parameter("id");
        erasure.order(id, request.caller().namespaces(), request.caller().name());
        return Answer.ok(JsonNodeFactory.instance.objectNode().put("id", id).put("state", "erased"));
    }

    /** {@code {namespace}}: every order of it that has no open shipment. */
    private Answer eraseNamespace(Request request) {
        String namespace = Fields.text(Fields.among(Said.ifAny(request.body()), "namespace"), "namespace")
                .strip();
        if (namespace.isEmpty() || !request.caller().namespaces().has(namespace)) {
            throw Request.badParameter("namespace", namespace, "legal.namespace");
        }
        Erasure.Done done = erasure.namespace(namespace, request.caller().name());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return Answer.ok(
                answer.put("namespace", namespace).put("erased", done.erased()).put("open", done.open()));
    }
}
