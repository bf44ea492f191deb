package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.Ledger;
import java.util.List;

/** {@code /audit}: who did what, newest first. */
final class AuditCalls {
    private static final int PAGE = 200;

    private final Ledger ledger;

    AuditCalls(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Resource> resources() {
        return List.of(Resource.get("/audit", Scope.ADMIN, this::list).taking("entity", "cursor"));
    }

    private Answer list(Request request) {
        List<AuditBook.Entry> found = ledger.read(tx -> tx.audit()
                .list(
                        request.caller().namespaces(),
                        request.named("entity").orElse(null),
                        request.cursor("aud").orElse(null),
                        PAGE + 1));
        Paged<AuditBook.Entry> entries = Paged.of(found, PAGE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        entries.rows().forEach(entry -> items.add(view(entry)));
        return Answer.ok(answer.put("next", entries.next(AuditBook.Entry::id)));
    }

    private static ObjectNode view(AuditBook.Entry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("at", entry.happenedAt().toString())
                .put("by", entry.actor())
                .put("act", entry.act())
                .put("entity", entry.entityId())
                .put("namespace", entry.namespace())
                .put("detail", entry.detail());
    }
}
