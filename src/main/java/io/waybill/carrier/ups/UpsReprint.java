package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Label Recovery: the labels of a shipment printed again. Asked for by the shipment's number, it may hold those of all its
 * packages or of one alone; those that are missing are asked for by their own numbers, and each goes to the parcel that has
 * its number.
 */
final class UpsReprint {
    private static final String UNREADABLE = "UPS sent no label that can be read";

    private final LabelRequest wanted;
    private final Function<String, Answer> ask;

    /** What is known of the parcels' numbers. */
    private final SortedMap<Integer, String> numbers;

    private final SortedMap<Integer, Reply> images = new TreeMap<>();

    /** @param ask for the labels under a tracking number */
    UpsReprint(LabelRequest wanted, Function<String, Answer> ask) {
        this.wanted = wanted;
        this.ask = ask;
        this.numbers = new TreeMap<>(wanted.numbers());
    }

    /** Gone is only said where UPS says that this label is never printed again; the label is then voided and bought once more. */
    Fetched fetch(ShipmentId id) {
        return ask.apply(id.value()).read(this::fetched, Fetched.NotYet::new);
    }

    private Fetched fetched(Answer.Read answer) {
        if (!answer.ok() || UpsErrors.isToldInSuccess(answer, UpsRecovery.RESPONSE)) {
            UpsErrors errors = UpsErrors.of(answer);
            boolean gone = List.of("gone", "voided").contains(UpsRecovery.word(errors));
            return gone ? new Fetched.Gone(errors.words()) : new Fetched.NotYet(errors.words());
        }
        List<Reply> results = results(answer);
        if (numbers.size() < 2) {
            inTheirOrder(results);
        } else {
            byNumber(results);
        }
        for (Map.Entry<Integer, String> one : numbers.entrySet()) {
            if (!images.containsKey(one.getKey())) {
                String missing = asked(one.getKey(), one.getValue());
                if (!missing.isEmpty()) {
                    return new Fetched.NotYet("the label of " + one.getValue() + " is missing: " + missing);
                }
            }
        }
        return UpsLabels.of(images, wanted)
                .map(label -> UpsLabels.withPapers(label, response(answer), wanted))
                .<Fetched>map(Fetched.Ready::new)
                .orElseGet(() -> new Fetched.NotYet(UNREADABLE));
    }

    private static List<Reply> results(Answer.Read answer) {
        return response(answer).list("LabelResults");
    }

    private static Reply response(Answer.Read answer) {
        return Reply.of(answer.body()).at(UpsRecovery.RESPONSE);
    }

    /** Of one parcel, or of a shipment whose other numbers nobody told: the one that is known keeps its place. */
    private void inTheirOrder(List<Reply> results) {
        List<Reply> rest = new ArrayList<>(results);
        if (results.size() > 1) {
            byNumber(results);
            rest.removeIf(one -> numbers.containsValue(number(one)));
        }
        int parcel = 0;
        for (Reply one : rest) {
            do {
                parcel++;
            } while (images.containsKey(parcel));
            images.put(parcel, one.at("LabelImage"));
        }
    }

    /** Where no label names its package and there is one for each, they come in the packages' order. */
    private void byNumber(List<Reply> results) {
        boolean named = results.stream().anyMatch(one -> !number(one).isEmpty());
        if (!named && results.size() == numbers.size()) {
            List<Integer> parcels = List.copyOf(numbers.keySet());
            for (int i = 0; i < results.size(); i++) {
                images.put(parcels.get(i), results.get(i).at("LabelImage"));
            }
            return;
        }
        numbers.forEach((parcel, number) -> results.stream()
                .filter(one -> number(one).equalsIgnoreCase(number))
                .findFirst()
                .ifPresent(one -> images.put(parcel, one.at("LabelImage"))));
    }

    /**
     * The label of one package, by its own number.
     *
     * @return why there is none, or empty
     */
    private String asked(int parcel, String number) {
        return ask.apply(number)
                .read(
                        answer -> {
                            if (!answer.ok() || UpsErrors.isToldInSuccess(answer, UpsRecovery.RESPONSE)) {
                                return UpsErrors.of(answer).words();
                            }
                            List<Reply> results = results(answer);
                            boolean alone = results.size() == 1;
                            return results.stream()
                                    .filter(one -> number(one).equalsIgnoreCase(number)
                                            || (alone && number(one).isEmpty()))
                                    .findFirst()
                                    .map(one -> {
                                        images.put(parcel, one.at("LabelImage"));
                                        return "";
                                    })
                                    .orElse(UNREADABLE);
                        },
                        why -> why);
    }

    private static String number(Reply result) {
        return result.text("TrackingNumber");
    }
}
