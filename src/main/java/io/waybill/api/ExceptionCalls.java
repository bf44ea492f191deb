package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.api.TableExport.Page;
import io.waybill.delivery.Delivery;
import io.waybill.dispatch.Dispatch;
import io.waybill.intake.Desk;
import io.waybill.intake.Retrying;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.ExceptionSearch;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.order.OrderCode;
import io.waybill.order.Said;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What needs a person: the list, one of them, who looks after it, trying again, and sending a delivery again or never. */
final class ExceptionCalls {
    private static final int MOST = 200;
    private static final int LONGEST_REASON = 500;
    private static final String REASONS =
            Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.joining(", "));

    private final Ledger ledger;
    private final Desk desk;
    private final Retrying retrying;
    private final Dispatch dispatch;
    private final Delivery delivery;
    private final Assignees assignees;

    ExceptionCalls(
            Ledger ledger, Desk desk, Retrying retrying, Dispatch dispatch, Delivery delivery, Assignees assignees) {
        this.dispatch = dispatch;
        this.retrying = retrying;
        this.ledger = ledger;
        this.desk = desk;
        this.delivery = delivery;
        this.assignees = assignees;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/exceptions", Scope.READ, this::list)
                        .taking(
                                "reason",
                                "source",
                                "assignee",
                                "overdue",
                                "state",
                                "since",
                                "until",
                                "cursor",
                                "limit",
                                "format"),
                Resource.get("/exceptions/{id}", Scope.READ, this::one),
                Resource.post("/exceptions/{id}/assign", Scope.ORDERS_WRITE, this::assign),
                Resource.act("/exceptions/{id}/retry", Scope.LABELS_BUY, this::retry),
                Resource.act("/deliveries/{id}/replay", Scope.ORDERS_WRITE, this::replay),
                Resource.post("/deliveries/{id}/discard", Scope.ORDERS_WRITE, this::discard));
    }

    private Answer list(Request request) throws IOException {
        ExceptionSearch search = search(request);
        boolean isTable = Listed.isTable(request);
        int size = isTable ? MOST : search.limit();
        return Listed.pages(
                request,
                request.query("cursor"),
                ExceptionView.TABLE,
                after -> page(request, search.after(after, size + 1), isTable));
    }

    private Page page(Request request, ExceptionSearch search, boolean isTable) {
        Namespaces scope = request.caller().namespaces();
        return ledger.read(tx -> {
            if (search.after() != null
                    && tx.exceptions().find(search.after(), scope).isEmpty()) {
                throw Request.badCursor(search.after());
            }
            List<ExceptionBook.Row> found = tx.exceptions().search(search, scope);
            ExceptionView view = view(tx, request, found);
            return Page.of(found, search.limit() - 1, isTable ? view::row : view::of, ExceptionBook.Row::id);
        });
    }

    private static ExceptionSearch search(Request request) {
        String reason = request.named("reason").orElse(null);
        if (reason != null && Reason.of(reason).isEmpty()) {
            throw Request.badParameter("reason", reason, REASONS);
        }
        String state = request.named("state").orElse("open");
        if (!state.equals("open") && !state.equals("closed")) {
            throw Request.badParameter("state", state, "open, closed");
        }
        return new ExceptionSearch(
                reason,
                request.named("source").orElse(null),
                assignee(request),
                request.isOn("overdue"),
                state.equals("closed"),
                request.from("since").orElse(null),
                request.upTo("until").orElse(null),
                null,
                request.limit(MOST));
    }

    /** A name; {@code me}; {@code none} for what nobody looks after. */
    private static @Nullable String assignee(Request request) {
        Optional<String> asked = request.named("assignee");
        return asked.map(name -> name.equals("me") ? request.caller().name() : name.equals("none") ? "" : name)
                .orElse(null);
    }

    private Answer one(Request request) {
        return ledger.read(tx -> Answer.ok(view(tx, request)));
    }

    /** {@code {"assignee": "Jane"}}, {@code "me"}, or null to give it back; with {@code "was"} unless somebody else has it. */
    private Answer assign(Request request) {
        JsonNode body = Fields.among(Said.in(request.body()), "assignee", "was");
        JsonNode said = body.path("assignee");
        if (!said.isNull() && !said.isTextual()) {
            throw new ProblemException(Problem.of(ApiCode.ASSIGNEE_MISSING).at("/assignee"));
        }
        String caller = request.caller().name();
        String assignee = said.isNull() ? null : said.textValue().equals("me") ? caller : said.textValue();
        String was = Fields.text(body, "was");
        return ledger.commit(tx -> {
            ExceptionBook.Row row = find(tx, request);
            if (assignee != null) {
                assignees.require(tx, assignee, row);
            }
            if (!body.has("was")) {
                if (!tx.exceptions().assign(row.id(), assignee)) {
                    throw closed(row);
                }
            } else if (!tx.exceptions().reassign(row.id(), was, assignee)) {
                throw taken(find(tx, request));
            }
            tx.audit().record(caller, "exception.assign", row.id(), row.namespace(), assignee);
            return Answer.ok(view(tx, request));
        });
    }

    private Answer retry(Request request) {
        ExceptionBook.Row row = ledger.read(tx -> find(tx, request));
        if (row.closedAt() != null) {
            throw closed(row);
        }
        retry(row, request.caller().namespaces(), request.caller().name());
        return ledger.read(tx -> Answer.json(202, view(tx, request)));
    }

    private void retry(ExceptionBook.Row row, Namespaces scope, String actor) {
        switch (Reason.of(row.reason()).orElseThrow()) {
            case DELIVERY_PARKED -> delivery.replay(row.subjectId(), scope, actor);
            case ORDER_REJECTED -> {
                retrying.again(row, actor);
                ledger.commitAll(tx -> retried(tx, row, actor));
            }
            case FILE_FAILED -> throw new ProblemException(Problem.of(ApiCode.DROP_IT_AGAIN, "name", row.subjectId()));
            case RELEASE_STUCK -> desk.release(String.valueOf(row.orderUid()), scope, actor);
            case TRACKING_FAILED, PARCEL_STILL ->
                ledger.commitAll(tx -> {
                    tx.journeys().next(row.subjectId(), Duration.ZERO);
                    retried(tx, row, actor);
                });
            case BALANCE_LOW -> {
                dispatch.lookAtBalance(row.subjectId());
                ledger.commitAll(tx -> retried(tx, row, actor));
            }
            case HOOK_UNREADABLE ->
                ledger.commitAll(tx -> {
                    tx.hooks().retry(row.subjectId());
                    retried(tx, row, actor);
                });
            case BOUGHT_ANYWAY,
                    SECOND_LABEL,
                    CHANGED_LATE,
                    SOURCE_SILENT,
                    MARK_FAILED,
                    VOID_REFUSED,
                    REFUND_OVERDUE,
                    DISPUTE_DEADLINE,
                    PARCEL_STUCK,
                    BUNDLE_UNWRITTEN,
                    BACKUP_FAILED,
                    RESTORE_NOT_DONE ->
                throw new ProblemException(Problem.of(ApiCode.NOTHING_TO_RETRY, "id", row.id()));
            case NO_RATE,
                    CARRIER_REFUSED,
                    PURCHASE_FAILED,
                    PURCHASE_UNRESOLVED,
                    ORPHAN_LABEL,
                    LABEL_OVERDUE,
                    LABEL_GONE -> desk.retry(String.valueOf(row.orderUid()), scope, actor);
        }
    }

    /** What becomes of an order or a delivery stands there under its own name. */
    private static void retried(Tx tx, ExceptionBook.Row row, String actor) {
        tx.audit().record(actor, "exception.retried", row.id(), row.namespace(), row.reason());
    }

    private Answer replay(Request request) {
        delivery.replay(
                request.parameter("id"),
                request.caller().namespaces(),
                request.caller().name());
        return Answer.json(
                202,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", request.parameter("id"))
                        .put("state", "pending"));
    }

    /** The body is {@code {"reason": "…"}}. */
    private Answer discard(Request request) {
        String reason = Fields.word(Fields.among(Said.in(request.body()), "reason"), "reason", LONGEST_REASON);
        if (reason.isEmpty()) {
            throw new ProblemException(
                    Problem.of(OrderCode.MISSING_FIELD, "field", "reason").at("/reason"));
        }
        delivery.discard(
                request.parameter("id"),
                reason,
                request.caller().namespaces(),
                request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("id", request.parameter("id"))
                .put("state", "discarded"));
    }

    private static ExceptionBook.Row find(Tx tx, Request request) {
        String id = request.parameter("id");
        return tx.exceptions()
                .find(id, request.caller().namespaces())
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.EXCEPTION_NOT_FOUND, "id", id)));
    }

    private static ProblemException taken(ExceptionBook.Row row) {
        return row.closedAt() != null
                ? closed(row)
                : new ProblemException(Problem.of(
                        ApiCode.EXCEPTION_TAKEN, "id", row.id(), "assignee", String.valueOf(row.assignee())));
    }

    private static ProblemException closed(ExceptionBook.Row row) {
        return new ProblemException(
                Problem.of(ApiCode.EXCEPTION_CLOSED, "id", row.id(), "fact", String.valueOf(row.closingFact())));
    }

    private static ObjectNode view(Tx tx, Request request) {
        ExceptionBook.Row row = find(tx, request);
        return view(tx, request, List.of(row)).of(row);
    }

    private static ExceptionView view(Tx tx, Request request, List<ExceptionBook.Row> rows) {
        return new ExceptionView(tx.now(), request.language(), ExceptionFiles.of(tx, rows));
    }
}
