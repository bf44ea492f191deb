package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of each document when it changed, so that nothing older is taken in than what was: a push that is repeated late, or overtaken
 * by a poll, changes nothing back. What does not say when it changed is taken.
 *
 * @param taker of documents whose key is what their system calls them
 */
record NewerOnly(Taker taker, JsonPointer stamp) implements Taker {
    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        return taker.takeAll(handed.stream()
                .map(one -> new Handed(one.document(), one.context(), changed(one)))
                .toList());
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }

    private @Nullable Instant changed(Handed one) {
        JsonNode said = one.document().tree().at(stamp);
        try {
            TemporalAccessor read = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    said.asText(""), OffsetDateTime::from, LocalDateTime::from);
            return read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(read);
        } catch (DateTimeException none) {
            return null;
        }
    }
}
