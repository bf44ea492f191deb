package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.LogPlace;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a log hands over once more: whoever reads it begins anew from what was committed, and one who stood still reads on
 * beside the one who took its place. What an order said before it was revised by the same log changes nothing back, and of a
 * cancelled order the record it came with is no news.
 */
record Repeated(Tx tx, Submission submission) {
    /** Why the document is left out, if it is. */
    Optional<Problem> of(OrderRow known) {
        return Optional.ofNullable(submission.origin())
                .flatMap(origin -> LogPlace.of(origin.key()))
                .flatMap(place -> last(known)
                        .filter(last -> place.isBefore(last) || (known.cancelledAt() != null && place.equals(last)))
                        .map(last -> left(place, last)));
    }

    private static Problem left(LogPlace place, LogPlace last) {
        return place.isRow()
                ? Problem.of(IntakeCode.ROW_BEFORE_KNOWN, "number", place.offset(), "known", last.offset())
                : Problem.of(IntakeCode.OLDER_THAN_KNOWN, "at", place.writtenAt(), "known", last.writtenAt());
    }

    /** Of the document with which this source said last what the order says. */
    private Optional<LogPlace> last(OrderRow known) {
        return tx.story().of(known.id()).stream()
                .map(StoryBook.Entry::detail)
                .flatMap(Stream::ofNullable)
                .map(Json::kept)
                .filter(detail -> detail.path("source").asText().equals(submission.source()))
                .map(detail -> detail.path("document"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .flatMap(key -> LogPlace.of(key).stream())
                .reduce((earlier, later) -> later);
    }
}
