package io.waybill.carrier.declared;

import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.mapping.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Prices of every service: by one question, or where the carrier wants to hear which channel, by one for each.
 *
 * @param ask the prices that are told of a shipment; one without a service asks for all of them
 */
record Quoting(Description description, Function<Shipment, List<Rate>> ask) {
    private static final String ALL = "*";

    /** So many questions at a time: a carrier counts what it is asked in a second. */
    private static final int AT_ONCE = 6;

    List<Rate> rates(Shipment shipment) {
        Set<String> services = description.tables().channels().keySet();
        return shipment.service().isEmpty() && namesChannel() && !services.isEmpty()
                ? ofEach(services, shipment)
                : ask.apply(shipment);
    }

    private boolean namesChannel() {
        Mapping request = description.needed(Verb.RATES).request();
        return request != null && (request.readsField("channel") || request.readsField("service"));
    }

    /** Each service once, by the answer to its own question where that tells of it. */
    private List<Rate> ofEach(Set<String> services, Shipment shipment) {
        Map<String, Rate> own = new LinkedHashMap<>();
        Map<String, Rate> beside = new LinkedHashMap<>();
        for (Map.Entry<String, List<Rate>> answer : answers(services, shipment).entrySet()) {
            String service = answer.getKey();
            for (Rate rate : answer.getValue()) {
                Rate told = rate.service().equals(ALL) ? as(service, rate) : rate;
                (told.service().equals(service) ? own : beside).putIfAbsent(told.service(), told);
            }
        }
        beside.forEach(own::putIfAbsent);
        return new ArrayList<>(own.values());
    }

    /** Side by side: whoever waits for the prices waits no longer than for the slowest few. */
    private Map<String, List<Rate>> answers(Set<String> services, Shipment shipment) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, services.size()), this::thread);
        try {
            Map<String, Future<List<Rate>>> asked = new LinkedHashMap<>();
            services.forEach(service -> asked.put(service, threads.submit(() -> ofOne(service, shipment))));
            Map<String, List<Rate>> answers = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<Rate>>> one : asked.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException broke ? broke : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody waits for the prices of " + description.id() + " any more", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Thread thread(Runnable question) {
        Thread thread = new Thread(question, "quote-" + description.id());
        thread.setDaemon(true);
        return thread;
    }

    /** One the request cannot be written for, or is not written for, takes no such shipment. */
    private List<Rate> ofOne(String service, Shipment shipment) {
        try {
            return ask.apply(of(service, shipment));
        } catch (RefusedException no) {
            return List.of(Rate.excluded(service, no.problem(description.id())));
        }
    }

    private static Shipment of(String service, Shipment of) {
        return new Shipment(of.order(), of.seq(), service, of.shipFrom(), of.parcels(), of.label());
    }

    private static Rate as(String service, Rate no) {
        return new Rate(service, List.of(), null, null, null, null, no.excluded(), no.why());
    }
}
