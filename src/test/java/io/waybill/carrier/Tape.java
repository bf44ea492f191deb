package io.waybill.carrier;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a played carrier answered to the calls of one question. It can be asked once more, to the same answers but for one of them;
 * what it is asked beyond them the carrier answers itself.
 */
final class Tape {
    private final Map<String, List<Said>> kept = new LinkedHashMap<>();

    /** One of the calls. */
    record Place(String call, int time) {
        boolean isOfToken() {
            return call.contains("token") || call.contains("authorization");
        }

        @Override
        public String toString() {
            return time == 0 ? call : call + " (" + (time + 1) + ")";
        }
    }

    ResponseDefinition keep(Request request, Supplier<ResponseDefinition> answer) {
        ResponseDefinition given = answer.get();
        synchronized (kept) {
            kept.computeIfAbsent(call(request), call -> new ArrayList<>()).add(Said.of(given));
        }
        return given;
    }

    List<Place> places() {
        List<Place> places = new ArrayList<>();
        kept.forEach((call, answers) -> {
            for (int time = 0; time < answers.size(); time++) {
                places.add(new Place(call, time));
            }
        });
        return places;
    }

    Said at(Place place) {
        return kept.get(place.call()).get(place.time());
    }

    /** Whoever asks again at this place, or after it, hears this instead. */
    CarrierStub.Way but(Place place, Said instead) {
        Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
        return (request, answer) -> {
            String call = call(request);
            @Nullable List<Said> answers = kept.get(call);
            int time = times.computeIfAbsent(call, one -> new AtomicInteger()).getAndIncrement();
            if (call.equals(place.call()) && time >= place.time()) {
                return instead.answer();
            }
            return answers == null
                    ? answer.get()
                    : answers.get(Math.min(time, answers.size() - 1)).answer();
        };
    }

    private static String call(Request request) {
        return request.getMethod() + " " + request.getUrl();
    }
}
