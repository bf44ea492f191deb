package io.waybill.api;

import io.waybill.access.Scope;
import io.waybill.intake.Editing;
import io.waybill.intake.Taken;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Standing;
import io.waybill.order.Orders;
import java.util.List;
import java.util.Optional;

/**
 * {@code PATCH /orders/{id}}: a JSON Merge Patch (RFC 7396) changes what stands in an order, and it is bought again where a
 * purchase was refused. {@code If-Match: "3"} changes revision 3 and no other.
 */
final class EditCalls {
    private final Ledger ledger;
    private final Orders orders;
    private final Editing editing;
    private final Waits waits;

    EditCalls(Ledger ledger, Orders orders, Editing editing, Waits waits) {
        this.ledger = ledger;
        this.orders = orders;
        this.editing = editing;
        this.waits = waits;
    }

    List<Resource> resources() {
        return List.of(
                Resource.patch("/orders/{id}", Scope.ORDERS_WRITE, this::edit).needing(Scope.LABELS_BUY));
    }

    private Answer edit(Request request) {
        String id = request.parameter("id");
        Namespaces scope = request.caller().namespaces();
        Taken taken = editing.edit(
                id,
                orders.parse(request.body()),
                revision(request).orElse(null),
                scope,
                request.caller().name());
        if (!taken.isIn()) {
            return Taking.refused(taken, request);
        }
        Standing standing = waits.await(id, request);
        return Settled.answer(ledger, standing, 200, request);
    }

    /** {@code "3"} or {@code 3}; a star is any, as is none. One that is left empty meant some revision. */
    private static Optional<Integer> revision(Request request) {
        String text = request.headers().getOrDefault("If-Match", "*").strip();
        if (text.equals("*")) {
            return Optional.empty();
        }
        String number = text.replaceFirst("^\"(.*)\"$", "$1");
        if (!number.matches("[1-9]\\d{0,8}")) {
            throw Request.badParameter("If-Match", text, "legal.revision");
        }
        return Optional.of(Integer.valueOf(number));
    }
}
