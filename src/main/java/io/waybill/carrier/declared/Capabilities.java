package io.waybill.carrier.declared;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Arrival.Way;
import io.waybill.carrier.Balances;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.Channels;
import io.waybill.carrier.Described;
import io.waybill.carrier.Fees;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A described carrier has the capabilities its file describes, and no other: the hub finds them by {@code instanceof}. */
final class Capabilities {
    private static final Map<Verb, Class<?>> BY_VERB = Map.of(
            Verb.CANCEL, Voids.class,
            Verb.TRACK, Tracks.class,
            Verb.RATES, Rates.class,
            Verb.FEES, Fees.class,
            Verb.BILLED, Bills.class,
            Verb.BALANCE, Balances.class,
            Verb.CHANNELS, Channels.class);

    private Capabilities() {}

    static Carrier of(DeclaredCarrier carrier) {
        return shown(carrier.description(), (proxy, method, arguments) -> {
            try {
                return method.invoke(carrier, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }

    static CarrierFacts facts(Description description) {
        Class<? extends Carrier> type = shown(description, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                })
                .getClass();
        return new CarrierFacts(
                description.name(),
                description.api(),
                type,
                description.idempotency(),
                description.labels(),
                description.bill(),
                description.lacks(),
                otherwise(description));
    }

    /** What may not be in the answer to a purchase is asked for, where there is a call for it, or pushed. */
    private static Map<Fact, Arrival> otherwise(Description description) {
        Map<Fact, Arrival> otherwise = new EnumMap<>(Fact.class);
        if (description.operation(Verb.LABEL).isPresent()) {
            Arrival later = description.hook().isPresent()
                    ? Arrival.by(Way.SYNC, Way.POLL, Way.PUSH)
                    : Arrival.by(Way.SYNC, Way.POLL);
            List.of(Fact.LABEL, Fact.NUMBER, Fact.CHARGE).forEach(fact -> otherwise.put(fact, later));
        }
        return otherwise;
    }

    private static Carrier shown(Description description, InvocationHandler handler) {
        List<Class<?>> types = new ArrayList<>(List.of(Carrier.class, Described.class));
        BY_VERB.forEach((verb, type) -> {
            if (description.operations().containsKey(verb)) {
                types.add(type);
            }
        });
        if (description.hook().isPresent()) {
            types.add(Webhooks.class);
        }
        if (!description.operations().containsKey(Verb.LABEL)) {
            types.add(LabelsByAddress.class);
        }
        types.sort(java.util.Comparator.comparing(Class::getName));
        return (Carrier)
                Proxy.newProxyInstance(Capabilities.class.getClassLoader(), types.toArray(Class<?>[]::new), handler);
    }
}
