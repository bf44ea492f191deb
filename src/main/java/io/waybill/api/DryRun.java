package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Choice;
import io.waybill.dispatch.Rating;
import io.waybill.intake.Intake;
import io.waybill.intake.Previewed;
import io.waybill.intake.Submission;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What would come of an order: as it would be taken in, and what each account asks for it. Nothing is kept. */
record DryRun(Intake intake, Rating rating, Orders orders) {
    /**
     * 422 where no account would buy its label.
     *
     * @throws ProblemException with why it would not be taken in
     */
    Answer answer(Submission submission, Request request) {
        Previewed previewed = previewed(submission, request);
        Order order = previewed.order();
        Choice choice = intake.choose(order);
        Optional<Problem> refusal = previewed.bought() ? rating.refusal(order, choice) : Optional.empty();
        if (refusal.isPresent()) {
            return ProblemJson.answer(List.of(refusal.get()), 422, request.language());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("dryRun", true);
        answer.set("order", orders.write(order));
        ArrayNode rates = answer.putArray("rates");
        if (order.grams().signum() > 0) {
            rating.quote(order, choice instanceof Choice.Compare compare ? compare.by() : "cheapest")
                    .forEach(quoted -> rates.add(rate(quoted, request.language())));
        }
        return Answer.ok(answer);
    }

    private static ObjectNode rate(Rating.Ranked ranked, Locale language) {
        ObjectNode view = Json.mapper().valueToTree(ranked);
        Problem why = ranked.rate().why();
        if (why != null) {
            view.withObject("/rate").put("excluded", why.detail(language));
        }
        return view;
    }

    private Previewed previewed(Submission submission, Request request) {
        try {
            return intake.preview(submission);
        } catch (ProblemException e) {
            throw new ProblemException(IdempotencyKeys.asSent(e.problems(), request));
        }
    }
}
