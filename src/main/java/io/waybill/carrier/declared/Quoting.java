package io.waybill.carrier.declared;

import io.waybill.carrier.CallSettings;
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
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Prices of every service: by one question, or where the carrier wants to hear which channel, by one for each.
 *
 * @param ask the prices that are told of a shipment; one without a service asks for all of them
 * @param threads what several questions are asked by
 */
record Quoting(Description description, Function<Shipment, List<Rate>> ask, ExecutorService threads) {
    private static final String ALL = "*";

    private static final int AT_ONCE = 6;

    /**
     * What the questions of an account are asked by, whoever waits for the prices: so many at a time that each soon has its turn by
     * the account's pace and one of its connections, for without it a channel has no price.
     */
    static ExecutorService threads(String carrier, CallSettings called) {
        int paced = called.perSecond() == 0 ? AT_ONCE : Math.min(AT_ONCE, called.perSecond());
        int most = Math.min(paced, called.connections());
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), question -> {
                    Thread thread = new Thread(question, "quote-" + carrier);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    List<Rate> rates(Shipment shipment) {
        Set<String> services = description.tables().services().words();
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
        Map<String, Future<List<Rate>>> asked = new LinkedHashMap<>();
        services.forEach(service -> asked.put(service, threads.submit(() -> ofOne(service, shipment))));
        try {
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
            asked.values().forEach(one -> one.cancel(true));
        }
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
