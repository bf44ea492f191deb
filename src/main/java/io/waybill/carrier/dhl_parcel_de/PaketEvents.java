package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.ByteArrayInputStream;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what tracking answers: elements {@code data} in {@code data}, which say in {@code name} what they are and in attributes everything else. */
final class PaketEvents {
    private static final ScanTime TIMES = ScanTime.by("dhl-parcel-de");
    private static final CodeTable STATUSES = CodeTable.read(PaketEvents.class, "statuses.csv", "unknown");
    private static final Pattern PIECE = Pattern.compile("piece-?(shipment|status-public)");
    private static final Pattern EVENT = Pattern.compile("piece-?event");
    private static final String NOTHING_FOUND = "100";
    private static final String RETURNED = "RETRN";
    private static final String DELIVERED = "DLVRD";
    private static final String WAITING = "ready_for_pickup";

    private PaketEvents() {}

    /** @throws IllegalStateException when DHL does not say anything of them */
    static List<Event> of(Answer.Read answer, List<String> numbers) {
        if (!answer.ok()) {
            throw new IllegalStateException("HTTP " + answer.status() + Reply.words(answer));
        }
        Reply root = new Reply(tree(answer.body()));
        requireAnswer(root);
        List<Event> events = new ArrayList<>();
        each(
                root,
                PIECE,
                piece -> numbers.stream()
                        .filter(number -> isAbout(piece, number))
                        .forEach(number -> events.addAll(ofPiece(piece, number))));
        return events;
    }

    /** Through the hub's one XML factory, without DTDs and entities. */
    private static JsonNode tree(byte[] body) {
        try (DocumentReader xml =
                Formats.open(new ByteArrayInputStream(body), "DHL's answer", Reading.of(Format.XML))) {
            Document document = xml.next();
            if (document == null) {
                throw new IllegalArgumentException("it has no element");
            }
            return document.tree();
        }
    }

    /** 0 is an answer, 100 knows no such number; anything else is about the login or DHL itself. */
    private static void requireAnswer(Reply root) {
        List<Reply> lists = new ArrayList<>();
        each(root, Pattern.compile(".*"), lists::add);
        Stream.concat(Stream.of(root), lists.stream())
                .filter(one -> !one.text("@code").isEmpty())
                .filter(one ->
                        !one.text("@code").equals("0") && !one.text("@code").equals(NOTHING_FOUND))
                .findFirst()
                .ifPresent(one -> {
                    throw new IllegalStateException(one.text("@code") + " " + one.text("@error"));
                });
        if (!root.text("@code").isEmpty()
                || lists.stream().anyMatch(one -> !one.text("@code").isEmpty())) {
            return;
        }
        if (lists.stream().noneMatch(one -> PIECE.matcher(one.text("@name")).matches())) {
            throw new IllegalStateException("it tells of no parcel");
        }
    }

    private static void each(Reply parent, Pattern name, Consumer<Reply> found) {
        for (Reply child : parent.list("data")) {
            if (name.matcher(child.text("@name")).matches()) {
                found.accept(child);
            }
            each(child, name, found);
        }
    }

    /** Leading zeros come and go. */
    private static boolean isAbout(Reply piece, String number) {
        return Stream.of("@piece-code", "@searched-piece-code", "@piece-identifier")
                .map(piece::text)
                .anyMatch(told -> !told.isEmpty() && plain(told).equals(plain(number)));
    }

    private static String plain(String number) {
        return number.replaceFirst("^0+", "");
    }

    private static List<Event> ofPiece(Reply piece, String number) {
        List<Event> events = new ArrayList<>();
        each(
                piece,
                EVENT,
                one -> event(one, one.text("@event-timestamp"), number).ifPresent(events::add));
        if (events.isEmpty()) {
            String status = piece.text("@status-timestamp");
            event(piece, status.isEmpty() ? piece.text("@last-event-timestamp") : status, number)
                    .ifPresent(events::add);
        }
        return events;
    }

    /** What has no code has its words for one. */
    private static Optional<Event> event(Reply json, String timestamp, String number) {
        String code = Stream.of("@standard-event-code", "@ice", "@ric")
                .map(json::text)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        String words = words(json);
        String kept = code.isEmpty() ? words : code;
        return kept == null
                ? Optional.empty()
                : time(timestamp).map(at -> new Event(number, word(json), kept, words, place(json), at));
    }

    /**
     * By DHL's own code; one that is in no table, by the international one beside it, which alone says that it goes back, or that it was
     * fetched from the branch it was brought to.
     */
    private static String word(Reply json) {
        String own = json.text("@standard-event-code");
        String ice = json.text("@ice");
        if (own.isEmpty() && ice.isEmpty()) {
            return "unknown";
        }
        boolean byIce = own.isEmpty()
                || (!STATUSES.codes().contains(own) && STATUSES.codes().contains(ice));
        String byOwn = STATUSES.word(byIce ? ice : own);
        String word = byOwn.equals(WAITING) && ice.equals(DELIVERED) ? STATUSES.word(ice) : byOwn;
        boolean back = Boolean.parseBoolean(json.text("@ruecksendung")) || ice.equals(RETURNED);
        return back && !word.equals("unknown") ? "return_to_sender" : word;
    }

    private static @Nullable String words(Reply json) {
        return Stream.of("@event-text", "@event-status", "@status", "@event-short-status")
                .map(json::text)
                .map(text ->
                        text.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String place(Reply json) {
        String place = Stream.of(json.text("@event-location"), json.text("@event-country"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }

    /** {@code 17.03.2016 11:21} or {@code 2016-03-17T11:21}, by the clocks of Germany unless it says by which. */
    private static Optional<OffsetDateTime> time(String text) {
        return TIMES.read(text, PaketCarrier.BERLIN);
    }
}
