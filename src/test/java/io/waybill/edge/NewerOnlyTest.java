package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Feed;
import io.waybill.batch.Taken;
import io.waybill.batch.Taken.Result;
import io.waybill.batch.Taker;
import io.waybill.batch.Taker.Handed;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Documents as polls and pushes hand them over, in whatever order they come. */
class NewerOnlyTest {
    private static final Feed FEED =
            new Feed("orders", "shop", "acme", "webhook", "m", Reading.of(Format.JSON), Locale.ENGLISH);

    private final List<String> keys = new ArrayList<>();
    private final Map<String, Instant> known = new ConcurrentHashMap<>();
    private final Taker taker = new ByIdentity(
            new NewerOnly(
                    this::take,
                    new Remembered(),
                    JsonPointer.compile("/updated"),
                    () -> Instant.parse("2026-11-24T12:00:00Z")),
            JsonPointer.compile("/id"));

    @Test
    void an_older_one_is_skipped_with_its_reason_and_its_neighbours_are_taken() {
        take("A", "2026-11-24T04:05:00-05:00");

        List<Taken> taken = taker.takeAll(List.of(
                one("B", "2026-11-24T09:00:00Z"), one("A", "2026-11-24T09:04:59Z"), one("C", "2026-11-24T09:00:00")));

        assertThat(taken).extracting(Taken::result).containsExactly(Result.ACCEPTED, Result.SKIPPED, Result.ACCEPTED);
        assertThat(taken.get(1).problems()).extracting(Problem::code).containsExactly("older-than-known");
    }

    @Test
    void what_is_as_new_as_known_or_does_not_say_when_it_changed_is_taken() {
        take("A", "2026-11-24T09:00:00Z");

        assertThat(take("A", "2026-11-24T09:00:00Z")).isEqualTo(Result.ACCEPTED);
        assertThat(take("A", "yesterday")).isEqualTo(Result.ACCEPTED);
        assertThat(take("A", "2026-11-24T08:00:00Z")).isEqualTo(Result.SKIPPED);
    }

    @Test
    void what_changed_while_its_systems_clock_ran_ahead_keeps_nothing_out_that_comes_after_it() {
        known.put("id/B", Instant.parse("2026-11-24T15:00:00Z"));

        assertThat(take("A", "2026-11-24T15:00:00Z")).isEqualTo(Result.ACCEPTED);
        assertThat(take("A", "2026-11-24T11:58:00Z")).isEqualTo(Result.ACCEPTED);
        assertThat(take("B", "2026-11-24T11:58:00Z")).as("known from before").isEqualTo(Result.ACCEPTED);
    }

    @Test
    void a_document_is_known_by_what_its_system_calls_it_however_long_and_without_that_by_its_place() {
        take("A", "");
        take("x".repeat(5_000), "");
        take("", "");

        assertThat(keys).startsWith("id/A").endsWith("sha:1@1").allMatch(key -> key.length() < 100);
    }

    private Result take(String id, String updated) {
        return taker.takeAll(List.of(one(id, updated))).get(0).result();
    }

    private List<Taken> take(List<Handed> handed) {
        handed.forEach(one -> keys.add(one.context().key()));
        return handed.stream()
                .map(one -> new Taken(Result.ACCEPTED, "1", "ord_1", null, List.of()))
                .toList();
    }

    private static Handed one(String id, String updated) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("id", id).put("updated", updated);
        return new Handed(Document.of(tree), new Taker.Context(FEED, "sha:1@1", null, null, null));
    }

    private final class Remembered implements Positions {
        @Override
        public Optional<Instant> of(String source) {
            return Optional.empty();
        }

        @Override
        public void move(String source, Instant to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Long> number(String source) {
            return Optional.empty();
        }

        @Override
        public void moveNumber(String source, long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void silent(String source, Problem why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void heard(String source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Instant> seen(String source, String document) {
            return Optional.ofNullable(known.get(document));
        }

        @Override
        public void saw(String source, String document, Instant changed) {
            known.put(document, changed);
        }
    }
}
