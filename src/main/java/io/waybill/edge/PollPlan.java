package io.waybill.edge;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.problem.Problem;
import io.waybill.text.UrlPart;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * How a system is asked for what changed, oldest first, and where in its answer that stands.
 *
 * @param path with {@code {since}}, {@code {page}} and {@code {after}} to be filled in
 * @param ask a mapping from {@code {since, after}} to the body that is posted; null for a GET
 * @param items where the list of documents is
 * @param stamp where a document says when it changed
 * @param identity where a document says what its system calls it for good
 * @param times how times are written, UTC unless they say otherwise; null for ISO 8601
 * @param size how many documents a full page has
 * @param overlap how long before the last change is asked for again: what a clock or a slow transaction let slip
 * @param after where the mark of the next page is; null when pages go on by time
 * @param links whether a Link header names the next page
 * @param more lists of a document of which only the beginning came, by where they are, and the mapping that asks for the rest
 * @param details what is asked for each document, and laid into it: {@code products} by {@code /v2/orders/{id}/products}
 */
record PollPlan(
        String source,
        String path,
        @Nullable String ask,
        JsonPointer items,
        JsonPointer stamp,
        JsonPointer identity,
        @Nullable DateTimeFormatter times,
        int size,
        Duration overlap,
        @Nullable JsonPointer after,
        boolean links,
        Map<String, String> more,
        Map<String, String> details) {

    private static final int MOST_TOLD = 10;

    /**
     * @param option one by its name, or its default
     * @throws IllegalArgumentException for a bad one, by name
     */
    static PollPlan read(String source, BiFunction<String, String, String> option) {
        String times = option.apply("times", "");
        String after = option.apply("after", "");
        return new PollPlan(
                source,
                option.apply("path", ""),
                emptyIsNull(option.apply("ask", "")),
                JsonPointer.compile(option.apply("items", "")),
                JsonPointer.compile(option.apply("stamp", "/updated_at")),
                JsonPointer.compile(option.apply("identity", "/id")),
                times.isEmpty() ? null : DateTimeFormatter.ofPattern(times, Locale.ENGLISH),
                Integer.parseInt(option.apply("size", "100")),
                span(option.apply("overlap", "300000")),
                after.isEmpty() ? null : JsonPointer.compile(after),
                option.apply("links", "false").equals("true"),
                pairs(option.apply("more", "")),
                pairs(option.apply("details", "")));
    }

    /** {@code a=b,c=d}. */
    static Map<String, String> pairs(String said) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String one : said.split(",", -1)) {
            int sign = one.indexOf('=');
            if (sign > 0) {
                pairs.put(
                        one.substring(0, sign).strip(), one.substring(sign + 1).strip());
            }
        }
        return pairs;
    }

    /**
     * Milliseconds, or {@code 90s}, {@code 5m}, {@code 1h}.
     *
     * @throws IllegalArgumentException for a text that is neither
     */
    static Duration span(String said) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(said.strip()));
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    String path(Instant since, int page, String mark) {
        return path.replace("{since}", UrlPart.of(written(since)))
                .replace("{page}", String.valueOf(page))
                .replace("{after}", UrlPart.of(mark));
    }

    /** As the system writes times. */
    String written(Instant time) {
        return times == null ? time.toString() : times.format(time.atOffset(ZoneOffset.UTC));
    }

    /** When a document changed; empty when it does not say. */
    Optional<Instant> changed(JsonNode item) {
        try {
            TemporalAccessor read = (times == null ? DateTimeFormatter.ISO_DATE_TIME : times)
                    .parseBest(said(item), java.time.OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(read));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The newest change of a page.
     *
     * @throws SystemException {@code poll-bad-item} when no document says when it changed: then the route is wrong
     */
    Optional<Instant> newest(List<JsonNode> items) throws SystemException {
        Optional<Instant> newest =
                items.stream().map(this::changed).flatMap(Optional::stream).max(Instant::compareTo);
        if (newest.isEmpty() && !items.isEmpty()) {
            throw new SystemException(
                    Problem.of(EdgeCode.POLL_BAD_ITEM, "source", source, "field", stamp, "value", said(items.get(0))));
        }
        return newest;
    }

    /**
     * The documents of a page; none where the system answers without content, with null for a list, or leaves an empty list out of what
     * would hold nothing else.
     *
     * @throws SystemException {@code poll-no-list} when there is no list where the route says: it must not look like a day without orders
     */
    JsonNode list(JsonNode answer) throws SystemException {
        JsonNode list = answer.at(items);
        if (answer.isMissingNode() || list.isArray() || list.isNull() || isLeftOut(answer)) {
            return list;
        }
        String members = answer.isObject()
                ? String.join(
                        ", ",
                        answer.properties().stream()
                                .map(Map.Entry::getKey)
                                .limit(MOST_TOLD)
                                .toList())
                : answer.getNodeType().name().toLowerCase(Locale.ROOT);
        throw new SystemException(
                Problem.of(EdgeCode.POLL_NO_LIST, "source", source, "field", items, "found", members));
    }

    /** The mark of the next page; empty where there is none, or where {@code hasNextPage} beside it says so. */
    String mark(JsonNode answer) {
        JsonPointer at = Objects.requireNonNull(after);
        JsonPointer around = at.head();
        JsonNode goesOn =
                around == null ? MissingNode.getInstance() : answer.at(around).path("hasNextPage");
        return goesOn.isBoolean() && !goesOn.booleanValue() ? "" : answer.at(at).asText("");
    }

    private boolean isLeftOut(JsonNode answer) {
        JsonPointer around = items.head();
        return around != null
                && answer.at(around).isObject()
                && answer.at(around).isEmpty();
    }

    private String said(JsonNode item) {
        return item.at(stamp).asText("");
    }

    /** The call for one detail of a document, by its own number. */
    static String detail(String path, JsonNode item) {
        return path.replace("{id}", UrlPart.of(item.path("id").asText("")));
    }
}
