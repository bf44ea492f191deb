package io.waybill.carrier.dhl_express;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Offset;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import java.net.URLEncoder;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code GET /tracking}: many waybills or many pieces at once. Who signed is not read. */
final class ExpressTracking {
    private static final ScanTime TIMES = ScanTime.by("dhl-express");
    private static final CodeTable STATUSES = CodeTable.read(ExpressTracking.class, "statuses.csv", "unknown");

    /** DHL takes 200; an address of that length is not sure to pass every gateway. */
    static final int AT_ONCE = 50;

    private ExpressTracking() {}

    /** One call and the numbers it asks for. */
    record Question(String path, List<String> numbers) {}

    /** A waybill has ten digits; everything else is a piece. */
    static List<Question> questions(List<String> numbers) {
        List<Question> questions = new ArrayList<>();
        for (boolean waybills : List.of(true, false)) {
            List<String> some = numbers.stream()
                    .filter(number -> number.matches("\\d{10}") == waybills)
                    .toList();
            for (int i = 0; i < some.size(); i += AT_ONCE) {
                List<String> batch = some.subList(i, Math.min(i + AT_ONCE, some.size()));
                String parameter = waybills ? "shipmentTrackingNumber=" : "pieceTrackingNumber=";
                String path = batch.stream()
                        .map(number -> parameter + URLEncoder.encode(number, UTF_8))
                        .collect(Collectors.joining(
                                "&", "/tracking?", "&trackingView=all-checkpoints&levelOfDetail=all"));
                questions.add(new Question(path, batch));
            }
        }
        return questions;
    }

    /** @throws IllegalStateException when DHL does not say anything of them */
    static List<Event> events(Answer.Read answer, List<String> numbers) {
        if (!answer.ok()) {
            if (ExpressLookUp.isNotFound(answer)) {
                return List.of();
            }
            throw new IllegalStateException(ExpressErrors.words(answer));
        }
        Reply json = Reply.of(answer.body());
        if (!json.at("shipments").isPresent()) {
            throw new IllegalStateException(ExpressErrors.words(answer));
        }
        List<Event> events = new ArrayList<>();
        for (Reply shipment : json.list("shipments")) {
            numbers.forEach(number -> events.addAll(events(shipment, number, numbers.size() == 1)));
        }
        return events;
    }

    /** @param alone the one number that was asked for, so the answer is about it */
    private static List<Event> events(Reply shipment, String number, boolean alone) {
        List<Reply> pieces = shipment.list("pieces");
        Optional<Reply> piece = pieces.stream()
                .filter(one -> NumberText.isSame(one.text("trackingNumber"), number))
                .findFirst();
        boolean about = NumberText.isSame(shipment.text("shipmentTrackingNumber"), number) || piece.isPresent();
        if (!about
                && !(alone
                        && number.matches("\\d{10}")
                        && shipment.text("shipmentTrackingNumber").isEmpty())) {
            return List.of();
        }
        List<Reply> own = piece.map(one -> one.list("events")).orElse(List.of());
        List<Reply> told = own.isEmpty() ? shipment.list("events") : own;
        List<Reply> all = told.isEmpty() && piece.isEmpty()
                ? pieces.stream().flatMap(one -> one.list("events").stream()).toList()
                : told;
        return all.stream()
                .flatMap(one -> event(one, number).stream())
                .distinct()
                .toList();
    }

    private static Optional<Event> event(Reply json, String number) {
        String code = json.text("typeCode").toUpperCase(Locale.ROOT);
        String words = json.text("description");
        return time(json)
                .map(at -> new Event(
                        number,
                        code.isEmpty() ? "unknown" : STATUSES.word(code),
                        code,
                        words.isEmpty() ? null : words,
                        place(json),
                        at));
    }

    private static @org.jspecify.annotations.Nullable String place(Reply json) {
        Reply area = json.at("serviceArea");
        return Stream.of(area.text("description"), area.text("code"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** The local time with its offset where that is told; else as if it were Greenwich's. */
    private static Optional<OffsetDateTime> time(Reply json) {
        String told = json.text("date") + " " + json.text("time");
        return TIMES.read(told, Offset.of(json.text("GMTOffset")));
    }
}
