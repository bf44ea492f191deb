package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.access.Sessions;
import io.waybill.measure.MassUnit;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What every template is given: the words of its language, how values are written, who is looking. */
public final class Frame {
    private static final Set<String> NOT_DONE = Set.of(
            "unsaved",
            "none-ticked",
            "none-decided",
            "no-file",
            "no-errors",
            "another-asked",
            "committed-later",
            "not-handed-over");

    private final Texts texts;
    private final Formats formats;
    private final Told told;
    private final Locale language;
    private final Caller caller;
    private final String path;
    private final String here;
    private final String done;
    private final @Nullable JsonNode problem;
    private final Form back;
    private final String answered;

    /**
     * @param here the path with its query, to come back to
     * @param done what was just done, a key under {@code done.}; empty is nothing
     * @param back the form that was refused just now; an empty one where none was
     * @param answered the path of the form whose answer this is, refused or not; empty where it answers none
     */
    Frame(
            Locale language,
            Caller caller,
            String path,
            String here,
            String done,
            @Nullable JsonNode problem,
            Form back,
            String answered) {
        this.texts = Texts.in(language);
        this.formats = new Formats(texts, language);
        this.told = new Told(texts);
        this.language = language;
        this.caller = caller;
        this.path = path;
        this.here = here;
        this.done = done;
        this.problem = problem;
        this.back = back;
        this.answered = answered;
    }

    /** A place in the head of every page. */
    public record Room(String href, String text, boolean current) {}

    public String t(String key, Object... values) {
        return texts.text(key, values);
    }

    /** The word for one of the hub's words: {@code word("status", "held")}. */
    public String word(String family, String word) {
        return texts.word(family, word);
    }

    /** Several of them, parted by dots. */
    public String words(String family, JsonNode words) {
        return StreamSupport.stream(words.spliterator(), false)
                .map(word -> word(family, word.asText()))
                .collect(Collectors.joining(" · "));
    }

    public boolean hasWord(String family, String word) {
        return texts.has(family + "." + word);
    }

    public String lang() {
        return language.getLanguage().equals("zh") ? "zh-CN" : "en";
    }

    public boolean isChinese() {
        return lang().equals("zh-CN");
    }

    /** Those this visitor may use. */
    public List<Room> rooms() {
        return Rooms.of(this);
    }

    /** What the story of an order says in one field: the hub's words in those of the pages, anybody else's as they are. */
    public String told(JsonNode detail, String field) {
        String value = s(detail, field);
        return switch (field) {
            case "channel" -> word("channel", value);
            case "reason" -> detail.has("label") ? word("another", value) : value;
            case "action" -> word("resolve", value);
            case "lost" -> word("answer", value);
            default -> value;
        };
    }

    /** What the audit log keeps of an act. */
    public String audited(JsonNode entry) {
        return new Audited(this).told(s(entry, "detail"));
    }

    Room room(String href, String key) {
        boolean beside = href.equals("/mappings") && (path.equals("/routes") || path.equals("/files"));
        boolean current = href.equals("/") ? path.equals("/") : path.equals(href) || path.startsWith(href + "/");
        return new Room(href, t(key), current || beside);
    }

    public boolean signedIn() {
        return caller.session().isPresent();
    }

    public boolean known() {
        return !caller.equals(Caller.ANYONE);
    }

    public String name() {
        return caller.name();
    }

    public boolean may(String scope) {
        return caller.may(Scope.of(scope));
    }

    /** The same of what is everybody's. */
    public boolean mayForAll(String scope) {
        return may(scope) && caller.namespaces().all();
    }

    /** What a form proves itself with. */
    public String csrf() {
        return caller.session().map(Sessions::csrf).orElse("");
    }

    public String here() {
        return here;
    }

    public String path() {
        return path;
    }

    /** The sentence about what was just done; empty when nothing was. */
    public String done() {
        String key = "done." + done;
        return done.isEmpty() || !texts.has(key) ? "" : texts.text(key);
    }

    /** False where that sentence says that nothing was done, or not yet. */
    public boolean isDone() {
        return !NOT_DONE.contains(done);
    }

    /** Whether a form came after the end of its session, and nothing of it was saved. */
    public boolean isUnsaved() {
        return done.equals("unsaved");
    }

    /** What a call refused. */
    public JsonNode problem() {
        return problem == null ? JsonNodeFactory.instance.missingNode() : problem;
    }

    public boolean hasProblem() {
        return problem != null;
    }

    /** What was wrong with the field at this JSON pointer, as it stands beside it; empty where nothing was. */
    public String wrong(String pointer) {
        for (JsonNode error : problem().path("errors")) {
            if (s(error, "pointer").equals(pointer)) {
                String expected = s(error, "expected");
                return sentence(error, "detail")
                        + (expected.isEmpty() ? "" : " " + sentence(t("problem.expected", "expected", expected)));
            }
        }
        return s(problem(), "pointer").equals(pointer) ? sentence(problem(), "detail") : "";
    }

    /** The path of the form whose answer this page is; null where it answers none. */
    public @Nullable String answered() {
        return answered.isEmpty() ? null : answered;
    }

    /** Whether the form that is sent to this path was refused just now. */
    public boolean isBack(String to) {
        return back.to().equals(to);
    }

    /** The same, of the form that says this in a field of its own. */
    public boolean isBack(String to, String field, String value) {
        return isBack(to) && back.all(field).contains(value);
    }

    /** What was typed into a form that was refused just now; else what stands there otherwise. */
    public String typed(String to, String field, String otherwise) {
        return typed(to, field, 0, otherwise);
    }

    /** The same of a field there are several of, counted from 0. */
    public String typed(String to, String field, int place, String otherwise) {
        return isBack(to) && place < back.all(field).size() ? back.all(field).get(place) : otherwise;
    }

    /** The address of a file of ours, which changes when the file does. */
    public String asset(String name) {
        return Assets.address(name);
    }

    /** What the pages call the field at this JSON pointer; empty where they have no word for it. */
    public String label(String pointer) {
        return told.label(pointer);
    }

    /** What an audit of an invoice found, by the name of its rule; the name itself where nobody has words for it. */
    public String rule(String name) {
        return Told.rule(language, name);
    }

    /** What a finding rests on, in words. */
    public String evidence(JsonNode finding) {
        return new Evidence(texts).told(s(finding, "evidence"));
    }

    /** What to do about one error; empty when nobody says. */
    public String hint(JsonNode error) {
        return told.hint(error);
    }

    public String title(JsonNode problemShown) {
        return told.title(problemShown);
    }

    /** With a full stop. */
    public String sentence(JsonNode node, String field) {
        return sentence(s(node, field));
    }

    /** With a full stop. */
    public String sentence(String text) {
        return told.sentence(text);
    }

    /** A field as text; empty when it is missing or null. */
    public String s(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    public boolean has(JsonNode node, String field) {
        return node.hasNonNull(field) && !node.path(field).asText("x").isEmpty();
    }

    public String time(JsonNode node, String field) {
        return formats.time(s(node, field));
    }

    public String moment(String instant) {
        return formats.time(instant);
    }

    /** Its time of day alone. */
    public String clock(JsonNode node, String field) {
        return formats.clock(s(node, field));
    }

    public String day(JsonNode node, String field) {
        return formats.day(s(node, field));
    }

    /** When a line of money came to be: the minute, or the day where no more is known. */
    public String when(JsonNode line) {
        String day = Sides.day(line);
        return day.isEmpty() ? time(line, "occurredAt") : formats.day(day);
    }

    /** How long ago that was. */
    public String ago(JsonNode node, String field) {
        String moment = s(node, field);
        return moment.isEmpty() ? "–" : formats.age(Duration.between(Instant.parse(moment), Instant.now()));
    }

    /** @param duration ISO 8601 */
    public String age(String duration) {
        return formats.age(duration);
    }

    /** The same, and nothing at all is at once. */
    public String delay(String duration) {
        return Duration.parse(duration).toMinutes() == 0 ? texts.text("arrives.at-once") : formats.age(duration);
    }

    public String number(long number) {
        return formats.number(BigDecimal.valueOf(number));
    }

    public String decimal(JsonNode node, String field) {
        String value = s(node, field);
        return value.isEmpty() ? "–" : formats.number(new BigDecimal(value));
    }

    /** A weight of an invoice, whose {@code weightUnit} is spelt as its carrier does: {@code L} is lb. */
    public String billedWeight(JsonNode row, String field) {
        String unit = s(row, "weightUnit");
        String read = MassUnit.read(unit).map(MassUnit::word).orElse(unit);
        return has(row, field) ? (decimal(row, field) + " " + read).strip() : "";
    }

    /** How much of one number another is, in percent; 0 where either is missing. */
    public int percent(JsonNode node, String part, String whole) {
        if (!has(node, part) || !has(node, whole)) {
            return 0;
        }
        double all = Double.parseDouble(s(node, whole));
        return all <= 0 ? 100 : (int) Math.floor(Double.parseDouble(s(node, part)) * 100 / all);
    }

    /** {@code {amount, currency}} */
    public String money(JsonNode money) {
        return formats.money(money);
    }

    public String money(JsonNode node, String amount, String currency) {
        return formats.money(s(node, amount), s(node, currency));
    }

    public String money(String amount, String currency) {
        return formats.money(amount, currency);
    }

    public String zone() {
        return formats.zone();
    }

    /** What follows the last slash. */
    public String tail(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** The names of what an answer's schemas refer to. */
    public List<String> refs(JsonNode answer) {
        return answer.path("content").findValuesAsText("$ref").stream()
                .map(this::tail)
                .distinct()
                .toList();
    }

    /** As a part of an address. */
    public String u(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** How a status is coloured; its word says the same. */
    public String tone(String status) {
        return switch (status) {
            case "labelled", "delivered", "sent", "in_transit", "accepted", "posted", "approved", "ready-to-ship" ->
                "good";
            case "refused", "unresolved", "rejected", "conflict", "parked", "failed", "disputed", "bad" -> "bad";
            case "held", "voiding", "label_pending", "pending", "claimed", "matched", "duplicate" -> "warn";
            default -> "calm";
        };
    }

    /** The same of a manifest: one that is open still waits for its carrier. */
    public String manifestTone(String status) {
        return switch (status) {
            case "open" -> "warn";
            case "closed" -> "good";
            default -> tone(status);
        };
    }
}
