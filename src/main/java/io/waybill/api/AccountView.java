package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Arrival;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Described;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.UnknownCodes;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.ArrivalBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.StopBook;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An account as the interface tells it: what its carrier can do, how it does, and whether it is off.
 *
 * @param labels how long the labels of each account took to come
 */
record AccountView(Accounts accounts, List<StopBook.Row> stops, Map<String, ArrivalBook.Median> labels) {
    private static final Carriers CARRIERS = new Carriers();

    /** As it stands now, of the orders in these namespaces. */
    static AccountView read(Ledger ledger, Accounts accounts, Namespaces scope) {
        return ledger.read(
                tx -> new AccountView(accounts, tx.stops().all(), tx.arrivals().labels(scope)));
    }

    ObjectNode of(Account account) {
        Carrier carrier = account.carrier();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("name", account.name())
                .put("carrier", account.carrierId())
                .put("on", stops(account).findAny().isEmpty())
                .put("idempotency", carrier.idempotency().name())
                .put("rates", account.rates().isPresent())
                .put("rateSheet", account.sheet() != null)
                .put("voids", carrier instanceof Voids)
                .put("tracking", carrier instanceof Tracks ? "poll" : "none")
                .put("webhooks", carrier instanceof Webhooks)
                .put("manifests", carrier instanceof Manifests)
                .put("chargeEvent", account.chargeEvent());
        facts(account).ifPresent(facts -> {
            facts.formats().forEach(view.putArray("formats")::add);
            view.put("bill", facts.bill().name().toLowerCase(Locale.ROOT));
            arrives(view.putObject("arrives"), account.carrier(), facts, labels.get(account.name()));
        });
        ArrayNode unknown = view.putArray("unknownCodes");
        UnknownCodes.of(account.carrierId())
                .forEach(seen -> unknown.addObject()
                        .put("table", seen.table())
                        .put("code", seen.code())
                        .put("times", seen.times()));
        view.set("health", Availability.view(accounts.breaker(account.name()).health()));
        stops(account)
                .findFirst()
                .ifPresent(stop -> view.putObject("off")
                        .put("reason", stop.reason())
                        .put("by", stop.stoppedBy())
                        .put("since", stop.stoppedAt().toString())
                        .put("all", stop.account().equals(StopBook.ALL)));
        return view;
    }

    /** What was measured counts more than what the carrier says. */
    private static void arrives(
            ObjectNode view, Carrier carrier, CarrierFacts facts, ArrivalBook.@Nullable Median label) {
        boolean isPushed = carrier instanceof Webhooks hooks && hooks.isOn();
        facts.arrivals().forEach((fact, arrival) -> {
            ArrivalBook.Median seen = fact == Arrival.Fact.LABEL ? label : null;
            Duration usually = seen == null ? arrival.usually() : seen.delay();
            ObjectNode one = view.putObject(fact.name().toLowerCase(Locale.ROOT));
            ArrayNode how = one.putArray("how");
            (isPushed ? arrival : arrival.withoutPush())
                    .how()
                    .forEach(way -> how.add(way.name().toLowerCase(Locale.ROOT)));
            one.put("usually", usually == null ? null : usually.toString())
                    .put("measured", seen == null ? 0 : seen.count());
        });
    }

    private Optional<CarrierFacts> facts(Account account) {
        return account.carrier() instanceof Described described
                ? Optional.of(described.facts())
                : CARRIERS.facts(account.carrierId());
    }

    private Stream<StopBook.Row> stops(Account account) {
        return stops.stream()
                .filter(stop ->
                        stop.account().equals(StopBook.ALL) || stop.account().equals(account.name()));
    }
}
