package io.waybill.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything that changed in a system, page by page. The position moves after a page is taken in, never before; each run
 * begins an overlap before it. What was handed on already and says the same is not handed on again, as far as can be remembered.
 */
final class Poll {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;
    private static final int MOST_PAGES = 1_000;

    /** No system has smaller pages than so many documents, unless its route says so. */
    private static final int LEAST_PAGE = 10;

    private final PollPlan plan;
    private final PolledSystem system;
    private final Positions positions;
    private final Supplier<Instant> first;
    private final InstantSource clock;
    private final int mostPages;
    /** What each document said where it was listed last, by what its system calls it; what was listed longest ago is forgotten first. */
    private final Map<String, Set<String>> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Where the last run stopped because it had asked often enough; null when it came to an end. */
    private @Nullable Cursor rest;

    /** The most documents a page had. */
    private int largest;

    /**
     * @param first from when on, where the source was never read
     * @param clock the position never passes it, whatever a document says of when it changed
     */
    Poll(
            PollPlan plan,
            HttpSystem system,
            MappingVerb.Mapper mapper,
            Positions positions,
            Supplier<Instant> first,
            InstantSource clock) {
        this(plan, system, mapper, positions, first, clock, MOST_PAGES);
    }

    /** @param mostPages that are asked for in one run */
    Poll(
            PollPlan plan,
            HttpSystem system,
            MappingVerb.Mapper mapper,
            Positions positions,
            Supplier<Instant> first,
            InstantSource clock,
            int mostPages) {
        this.clock = clock;
        this.mostPages = mostPages;
        this.plan = plan;
        this.system = new PolledSystem(plan, system, mapper);
        this.positions = positions;
        this.first = first;
    }

    /** Takes a page of documents in, for good. */
    interface Hand {
        void take(String documents) throws Exception;
    }

    /**
     * Where the next question begins.
     *
     * @param path of the next page as the system names it, or null
     */
    record Cursor(
            Instant since, int page, String after, @Nullable String path) {}

    /**
     * Begins an overlap before the position, or where the run before it had to stop.
     *
     * @return how many documents were handed on
     */
    int run(Hand hand, BooleanSupplier goesOn) throws Exception {
        Instant at = position();
        Cursor cursor = rest == null ? new Cursor(at.minus(plan.overlap()), 1, "", null) : rest;
        rest = null;
        int taken = 0;
        List<JsonNode> before = List.of();
        for (int pages = 0; pages < mostPages && cursor != null && goesOn.getAsBoolean(); pages++) {
            HttpSystem.Said said = system.page(cursor);
            List<JsonNode> items = new ArrayList<>();
            plan.list(said.body()).forEach(items::add);
            if (cursor.page() > 1 && items.equals(before)) {
                break; // Magento answers its last page to the question for one behind it
            }
            before = items;
            Instant newest = plan.newest(items).orElse(at);
            taken += handOn(items, hand);
            Instant upTo = believable(newest);
            if (upTo.isAfter(at)) {
                at = upTo;
                positions.move(plan.source(), at);
            }
            cursor = next(cursor, said, items.size(), newest);
            rest = pages == mostPages - 1 ? cursor : null;
        }
        return taken;
    }

    /** One document from the future would hide every other until then. */
    private Instant believable(Instant newest) {
        Instant now = clock.instant();
        return newest.isAfter(now) ? now : newest;
    }

    /** Durable from the first look on, so that nothing between it and the second is lost. */
    private Instant position() {
        return positions.of(plan.source()).orElseGet(() -> {
            Instant begin = first.get();
            positions.move(plan.source(), begin);
            return begin;
        });
    }

    /** By the system's own mark; else by the last change, which a page that shifts under us cannot hide; by number where time stands still. */
    private @Nullable Cursor next(Cursor now, HttpSystem.Said said, int size, Instant newest) {
        if (plan.after() != null) {
            String mark = plan.mark(said.body());
            return size == 0 || mark.isEmpty() || mark.equals(now.after())
                    ? null
                    : new Cursor(now.since(), 1, mark, null);
        }
        if (plan.links()) {
            return said.link() == null ? null : new Cursor(now.since(), 1, "", said.link());
        }
        if (!isFull(size)) {
            return null;
        }
        Instant behind = newest.minus(SECOND);
        return behind.isAfter(now.since())
                ? new Cursor(behind, 1, "", null)
                : new Cursor(now.since(), now.page() + 1, "", null);
    }

    /** Many systems give less at a time than they are asked for: as much as this one ever gave may not be all there is. */
    private boolean isFull(int size) {
        boolean full = size >= plan.size() || (size >= LEAST_PAGE && size >= largest);
        largest = Math.max(largest, size);
        return full;
    }

    private int handOn(List<JsonNode> items, Hand hand) throws Exception {
        Map<String, JsonNode> said = new LinkedHashMap<>();
        items.forEach(item -> said.put(Sha256.of(item.toString()), item));
        Map<String, JsonNode> fresh = new LinkedHashMap<>(said);
        fresh.entrySet().removeIf(one -> isKnown(one.getKey(), one.getValue()));
        if (!fresh.isEmpty()) {
            ArrayNode documents = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : fresh.values()) {
                documents.add(system.whole(item));
            }
            hand.take(documents.toString());
        }
        remember(said);
        return fresh.size();
    }

    private boolean isKnown(String hash, JsonNode item) {
        return seen.getOrDefault(name(item, hash), Set.of()).contains(hash);
    }

    /** What a document said on an earlier page, and says no more, is news when it says so again. */
    private void remember(Map<String, JsonNode> page) {
        Map<String, Set<String>> now = new LinkedHashMap<>();
        page.forEach((hash, item) ->
                now.computeIfAbsent(name(item, hash), none -> new HashSet<>()).add(hash));
        now.forEach((name, said) -> {
            seen.remove(name);
            seen.put(name, said);
        });
    }

    private String name(JsonNode item, String hash) {
        String said = item.at(plan.identity()).asText("");
        return said.isEmpty() ? hash : said;
    }
}
