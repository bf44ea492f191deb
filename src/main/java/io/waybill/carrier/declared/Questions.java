package io.waybill.carrier.declared;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Bills.Fee;
import io.waybill.carrier.Channels.Channel;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks.Event;
import io.waybill.measure.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a described carrier is asked that changes nothing. */
record Questions(Description description, Calls calls) {
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_DAYS = 365;

    /** One of no service that says why when the carrier does not answer, or says no. */
    List<Rate> rates(Shipment shipment) {
        Operation operation = description.needed(Verb.RATES);
        byte[] body = Requests.body(operation, ShipmentTree.of(shipment, description, Map.of(), calls.open()));
        return calls.ask(operation, new HashMap<>(), body).read(answer -> rates(operation, answer), Rate::none);
    }

    private List<Rate> rates(Operation operation, Answer.Read answer) {
        Said said = calls.said(operation, answer);
        if (!(said instanceof Said.Yes yes)) {
            return List.of(Rate.excluded("*", said.told()));
        }
        List<Rate> unreadable = new ArrayList<>();
        Reply read = MappedReply.rates(
                operation.reply(),
                yes.answer(),
                problem -> unreadable.add(Rate.excluded("*", "its price cannot be read: " + problem)));
        return Stream.concat(
                        read.list("rates").stream().map(this::readable),
                        unreadable.stream().distinct())
                .toList();
    }

    /** One that cannot be read hides no other. */
    private Rate readable(Reply rate) {
        try {
            return rate(rate);
        } catch (RuntimeException unreadable) {
            String service = description.tables().services().named(rate.text("channel"));
            return Rate.excluded(
                    service.isEmpty() ? "*" : service, "its price cannot be read: " + unreadable.getMessage());
        }
    }

    private Rate rate(Reply rate) {
        String service = description.tables().services().named(rate.required("channel"));
        String excluded = rate.text("excluded");
        if (!excluded.isEmpty()) {
            return new Rate(service, List.of(), null, null, null, excluded);
        }
        boolean known = description.tables().services().words().contains(service);
        Optional<Money> total = Prices.total(rate);
        return new Rate(
                service,
                Prices.charges(rate, description.tables().charges()),
                total.orElse(null),
                days(rate),
                null,
                total.isEmpty() ? "no price" : known ? null : "services.csv has no word for it");
    }

    /** As a whole number, up to a year of them. */
    private static @Nullable Integer days(Reply rate) {
        String told = rate.text("days").replaceFirst("\\.0+$", "");
        return told.matches("\\d{1,3}") && Integer.parseInt(told) <= MOST_DAYS ? Integer.valueOf(told) : null;
    }

    List<Event> track(List<String> numbers) {
        Operation operation = description.needed(Verb.TRACK);
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += operation.most()) {
            List<String> some = numbers.subList(from, Math.min(from + operation.most(), numbers.size()));
            events.addAll(track(operation, some));
        }
        return events;
    }

    /** That nothing is known of several may be said of one of them: each is asked about by itself then. */
    private List<Event> track(Operation operation, List<String> some) {
        Map<String, String> words = Map.of("trackingNumber", some.get(0), "trackingNumbers", String.join(",", some));
        Optional<Reply> told = told(operation, words, some.get(0));
        if (told.isEmpty() && some.size() > 1) {
            return some.stream()
                    .flatMap(number -> track(operation, List.of(number)).stream())
                    .toList();
        }
        return told.map(answer -> Journeys.events(answer, description.tables().statuses(), some))
                .orElse(List.of());
    }

    Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return told(description.needed(Verb.FEES), calls.words(ref, id), id.value())
                .map(answer -> Prices.charges(answer, description.tables().charges()))
                .filter(charges -> !charges.isEmpty());
    }

    /** Page by page, where the operation has a page: until one is empty, or says that it is the last. */
    List<Fee> booked(LocalDate day) {
        Operation operation = description.needed(Verb.BILLED);
        List<Fee> fees = new ArrayList<>();
        @Nullable Reply before = null;
        for (int page = 1; page <= MOST_PAGES; page++) {
            Optional<Reply> told = told(operation, page(day, page), "the fees of " + day);
            List<Reply> some = told.map(answer -> answer.list("fees")).orElse(List.of());
            if (told.isPresent() && !some.isEmpty() && told.get().equals(before)) {
                throw new IllegalStateException(
                        description.id() + " answers with page " + (page - 1) + " when it is asked for page " + page);
            }
            for (Reply fee : some) {
                fees.add(fee(fee, told.orElseThrow()));
            }
            String pages = told.map(answer -> answer.text("pages")).orElse("");
            boolean isLast = !pages.isEmpty() && page >= Integer.parseInt(pages);
            if (some.isEmpty() || isLast || !isPaged(operation, day)) {
                return fees;
            }
            before = told.orElseThrow();
        }
        throw new IllegalStateException(description.id() + " has more than " + MOST_PAGES + " pages of fees of " + day);
    }

    /** Whether another page is another question. */
    private boolean isPaged(Operation operation, LocalDate day) {
        return operation.isPaged()
                || !Arrays.equals(calls.body(operation, page(day, 1)), calls.body(operation, page(day, 2)));
    }

    private static Map<String, String> page(LocalDate day, int page) {
        return Map.of("day", day.toString(), "page", String.valueOf(page));
    }

    /** By the tracking number, else by the carrier's own. */
    private Fee fee(Reply fee, Reply answer) {
        String tracking = fee.text("trackingNumber");
        String number = tracking.isEmpty() ? fee.text("id") : tracking;
        List<String> references = Stream.of(fee.text("reference"), fee.text("id"))
                .filter(one -> !one.isEmpty())
                .toList();
        Charge charge =
                Prices.charge(fee, answer.text("currency"), description.tables().charges());
        return new Fee(number.isEmpty() ? null : number, references, charge);
    }

    Money balance() {
        return told(description.needed(Verb.BALANCE), Map.of(), "the balance")
                .map(answer -> Prices.money(answer.required("amount"), answer.required("currency")))
                .orElseThrow(() -> new IllegalStateException(description.id() + " knows no such account"));
    }

    List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        told(description.needed(Verb.CHANNELS), Map.of(), "its channels").ifPresent(answer -> {
            for (Reply one : answer.list("channels")) {
                String code = one.required("code");
                String service = description.tables().services().named(code);
                channels.add(new Channel(code, one.text("name"), service.equals(code) ? null : service));
            }
        });
        return channels;
    }

    /**
     * Empty when the carrier knows nothing of it.
     *
     * @throws IllegalStateException when it does not answer, or says no
     */
    private Optional<Reply> told(Operation operation, Map<String, String> words, String about) {
        Answer answer = calls.ask(operation, words);
        return answer.readOrThrow(read -> told(operation, read), description.id() + " tells nothing of " + about);
    }

    private Optional<Reply> told(Operation operation, Answer.Read answer) {
        Said said = calls.said(operation, answer);
        if (said instanceof Said.Yes yes) {
            boolean isTrack = operation.verb() == Verb.TRACK;
            return Optional.of(
                    isTrack
                            ? MappedReply.events(operation.reply(), yes.answer())
                            : MappedReply.shaped(operation.reply(), yes.answer()));
        }
        if (said instanceof Said.Nothing) {
            return Optional.empty();
        }
        throw new IllegalArgumentException(said.told());
    }
}
