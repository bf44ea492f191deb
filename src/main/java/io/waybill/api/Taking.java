package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.dispatch.Dispatch;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Translated;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Standing;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import io.waybill.trace.Traces;
import io.waybill.trace.Visit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /orders[?source=&mapped=&dryRun=&reopen=&new=]}: takes an order in, waits for its label, and answers as far as it
 * got; or calls one off, where its mapping says so.
 */
final class Taking {
    private final Ledger ledger;
    private final Orders orders;
    private final Intake intake;
    private final MappedIntake mapped;
    private final DryRun dryRun;
    private final Waits waits;
    private final Speaker speaker;

    Taking(
            Ledger ledger,
            Orders orders,
            Intake intake,
            MappedIntake mapped,
            Dispatch dispatch,
            Waits waits,
            Speaker speaker) {
        this.ledger = ledger;
        this.orders = orders;
        this.intake = intake;
        this.mapped = mapped;
        this.dryRun = new DryRun(intake, dispatch.rating(), orders);
        this.waits = waits;
        this.speaker = speaker;
    }

    List<Resource> resources() {
        return List.of(Resource.post("/orders", Scope.ORDERS_WRITE, this::take)
                .needing(Scope.LABELS_BUY)
                .taking("source", "mapped", "dryRun", "reopen", "new"));
    }

    private Answer take(Request request) {
        boolean isDryRun = request.isOn("dryRun");
        String source = speaker.source(request);
        JsonNode whole = parsed(source, request);
        JsonNode body;
        Translated translated;
        try {
            body = request.isOn("mapped") ? whole : mapped.document(source, whole);
            translated = translated(source, body, request, isDryRun);
        } catch (ProblemException e) {
            return takenBefore(source, request)
                    .filter(known -> !isDryRun)
                    .map(known -> taken(() -> known, request))
                    .orElseThrow(() -> e);
        }
        Submission submission = submission(request, source, body, translated);
        if (isDryRun) {
            return dryRun.answer(submission, request);
        }
        if (translated.stops() != null) {
            return stopped(mapped.stop(submission, translated), translated, request);
        }
        return taken(() -> intake.take(submission), request);
    }

    /** @throws ProblemException {@code not-json}, … of a source whose mapping reads files of another kind with where these go */
    private JsonNode parsed(String source, Request request) {
        try {
            return orders.parse(request.body());
        } catch (ProblemException e) {
            Optional<Format> files = request.isOn("mapped") ? Optional.empty() : mapped.files(source);
            throw files.map(format -> new ProblemException(e.problems().stream()
                            .map(problem -> problem.with("by", source).with("format", format.word()))
                            .toList()))
                    .orElse(e);
        }
    }

    /** @throws ProblemException everything its mapping found wrong; {@code not-ours} */
    private Translated translated(String source, JsonNode body, Request request, boolean dryRun) {
        if (request.isOn("mapped")) {
            return Translated.asItIs(body);
        }
        Translated translated = mapped.translate(source, Document.of(body));
        if (translated.skipped() != null && (dryRun || translated.stops() == null)) {
            throw notOurs(translated.skipped());
        }
        return translated;
    }

    private static ProblemException notOurs(@Nullable String reason) {
        return new ProblemException(Problem.of(ApiCode.NOT_OURS, "reason", String.valueOf(reason)));
    }

    /** What came of the same call under the same key, before its mapping became another. */
    private Optional<Taken> takenBefore(String source, Request request) {
        return Optional.ofNullable(IdempotencyKeys.of(request))
                .flatMap(key -> intake.taken(
                        source, key, Sha256.of(request.body()), request.caller().namespaces()));
    }

    private Answer taken(Supplier<Taken> take, Request request) {
        try (Visit visit = Traces.called("POST /v1/orders")) {
            return taken(take.get(), request, visit);
        }
    }

    private Answer taken(Taken taken, Request request, Visit visit) {
        if (taken.result() == Taken.Result.SHADOWED) {
            return shadowed(taken, request);
        }
        if (!taken.isIn()) {
            return refused(taken, request);
        }
        String uid = String.valueOf(taken.orderUid());
        Standing standing = waits.await(uid, request);
        visit.answered(uid, request.header("traceparent").orElse(null));
        boolean replayed = taken.result() == Taken.Result.DUPLICATE;
        int ready = replayed ? 200 : 201;
        Answer answer = Settled.answer(ledger, standing, ready, request);
        return replayed ? answer.with("Idempotent-Replayed", "true") : answer;
    }

    /** 200: the order is cancelled or waits, or there was nothing left to call off; 409 where that is too late. */
    private Answer stopped(Taken taken, Translated translated, Request request) {
        if (taken.result() == Taken.Result.SHADOWED) {
            return shadowed(taken, request);
        }
        if (taken.result() == Taken.Result.SKIPPED && MappedIntake.isHold(translated.stops())) {
            throw notOurs(translated.skipped());
        }
        if (!taken.isIn()) {
            return refused(taken, request);
        }
        String uid = String.valueOf(taken.orderUid());
        ObjectNode order = ledger.read(tx -> new OrderView(tx, request)
                .brief(tx.orders().find(uid, Namespaces.ALL).orElseThrow()));
        return Answer.ok(order).with("Location", "/v1/orders/" + uid);
    }

    /** 200: it was looked at, and there is no order. */
    private static Answer shadowed(Taken taken, Request request) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("shadow", true).put("orderId", taken.orderId());
        ArrayNode problems = answer.putArray("problems");
        taken.problems().forEach(problem -> problems.add(ProblemJson.error(problem, request.language())));
        return Answer.ok(answer);
    }

    private Submission submission(Request request, String source, JsonNode body, Translated translated) {
        requireNamespace(request.caller(), intake.namespaceOf(source, translated.canonical()));
        return new Submission(
                source,
                request.address().isEmpty() ? "portal" : "api",
                translated.canonical(),
                IdempotencyKeys.of(request),
                Sha256.of(request.body()),
                null,
                translated.mapping(),
                translated.version(),
                request.isOn("reopen"),
                request.isOn("new"),
                request.caller().name(),
                translated.mapping() == null ? null : body,
                translated.skipped());
    }

    static void requireNamespace(Caller caller, String namespace) {
        if (!caller.namespaces().has(namespace)) {
            throw new ProblemException(Problem.of(ApiCode.NOT_YOUR_NAMESPACE, "namespace", namespace)
                    .with("own", String.join(", ", caller.namespaces().names()))
                    .at("/namespace"));
        }
    }

    static Answer refused(Taken taken, Request request) {
        List<Problem> problems = IdempotencyKeys.asSent(taken.problems(), request);
        Answer answer = ProblemJson.answer(problems, Statuses.of(problems), request.language());
        boolean soon = taken.problems().stream()
                .anyMatch(problem -> problem.code().equals(OrderCode.ORDER_BEING_BOUGHT.code()));
        Optional<String> seconds = taken.problems().stream()
                .flatMap(problem -> Stream.ofNullable(problem.values().get("seconds")))
                .findFirst();
        Answer located = taken.orderUid() == null || (!soon && taken.result() == Taken.Result.REJECTED)
                ? answer
                : answer.with("Location", "/v1/orders/" + taken.orderUid());
        return seconds.map(later -> located.with("Retry-After", later)).orElse(located);
    }
}
