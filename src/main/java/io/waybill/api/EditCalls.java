package io.waybill.api;

import io.waybill.access.Scope;
import io.waybill.intake.Editing;
import io.waybill.intake.Taken;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Standing;
import io.waybill.order.Said;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code PATCH /orders/{id}}: a JSON Merge Patch (RFC 7396) changes what stands in an order, and it is bought again where a
 * purchase was refused. {@code If-Match: "3"} changes revision 3 and no other.
 */
final class EditCalls {
    private final Ledger ledger;
    private final Editing editing;
    private final Waits waits;

    EditCalls(Ledger ledger, Editing editing, Waits waits) {
        this.ledger = ledger;
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
                Said.in(request.body()),
                revisions(request),
                scope,
                request.caller().name());
        if (!taken.isIn()) {
            return Taking.refused(taken, request);
        }
        Standing standing = waits.await(id, request);
        return Settled.answer(ledger, standing, 200, request);
    }

    /** {@code "3"}, {@code 3}, or several; any where there is none, or a star. One that is left empty meant some revision. */
    private static List<Integer> revisions(Request request) {
        String text = request.headers().getOrDefault("If-Match", "*").strip();
        if (text.equals("*")) {
            return List.of();
        }
        List<String> numbers = Pattern.compile(",")
                .splitAsStream(text)
                .map(tag -> tag.strip().replaceFirst("^\"(.*)\"$", "$1"))
                .toList();
        if (numbers.isEmpty() || !numbers.stream().allMatch(number -> number.matches("[1-9]\\d{0,8}"))) {
            throw Request.badParameter("If-Match", text, "legal.revision");
        }
        return numbers.stream().map(Integer::valueOf).toList();
    }
}
