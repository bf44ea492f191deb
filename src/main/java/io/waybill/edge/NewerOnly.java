package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Feed;
import io.waybill.batch.Taken;
import io.waybill.batch.Taker;
import io.waybill.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Takes nothing that is older than what was taken in of the same document: a push that is repeated late, or overtaken by a poll,
 * changes nothing back. One document at a time, many documents side by side. What does not say when it changed is taken; so is
 * what says that it will change, by a clock that runs ahead: what it calls later would keep out what is.
 */
final class NewerOnly implements Taker {
    private static final List<Lock> TURNS =
            IntStream.range(0, 64).<Lock>mapToObj(each -> new ReentrantLock()).toList();

    /** How far two clocks that are right may be apart. */
    private static final Duration APART = Duration.ofMinutes(5);

    private final Taker taker;
    private final Positions positions;
    private final JsonPointer stamp;

    private final InstantSource clock;

    /** @param taker of documents whose key is what their system calls them */
    NewerOnly(Taker taker, Positions positions, JsonPointer stamp, InstantSource clock) {
        this.taker = taker;
        this.positions = positions;
        this.stamp = stamp;
        this.clock = clock;
    }

    @Override
    public List<Taken> takeAll(List<Handed> handed) {
        List<Lock> turns = handed.stream()
                .map(one -> Math.floorMod(one.context().key().hashCode(), TURNS.size()))
                .distinct()
                .sorted()
                .map(TURNS::get)
                .toList();
        turns.forEach(Lock::lock);
        try {
            return inTurn(handed);
        } finally {
            turns.forEach(Lock::unlock);
        }
    }

    private List<Taken> inTurn(List<Handed> handed) {
        List<Handed> newer = handed.stream().filter(one -> !isOlder(one)).toList();
        List<Taken> taken = new ArrayList<>(taker.takeAll(newer));
        newer.forEach(one -> changed(one).ifPresent(at -> positions.saw(source(one), key(one), at)));
        for (int i = 0; i < handed.size(); i++) {
            if (!newer.contains(handed.get(i))) {
                taken.add(i, old(handed.get(i)));
            }
        }
        return taken;
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }

    private boolean isOlder(Handed one) {
        Optional<Instant> at = changed(one);
        return at.isPresent()
                && positions
                        .seen(source(one), key(one))
                        .filter(this::isPast)
                        .filter(at.get()::isBefore)
                        .isPresent();
    }

    private boolean isPast(Instant at) {
        return at.isBefore(clock.instant().plus(APART));
    }

    private Taken old(Handed one) {
        Problem why = Problem.of(
                EdgeCode.OLDER_THAN_KNOWN,
                "at",
                changed(one).orElseThrow(),
                "known",
                positions.seen(source(one), key(one)).orElseThrow());
        return new Taken(Taken.Result.SKIPPED, null, null, why.code(), List.of(why));
    }

    private Optional<Instant> changed(Handed one) {
        JsonNode said = one.document().tree().at(stamp);
        try {
            return Optional.of(DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            said.asText(""), OffsetDateTime::from, LocalDateTime::from))
                    .map(read ->
                            read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(read))
                    .filter(this::isPast);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static String source(Handed one) {
        return one.context().feed().source();
    }

    private static String key(Handed one) {
        return one.context().key();
    }
}
