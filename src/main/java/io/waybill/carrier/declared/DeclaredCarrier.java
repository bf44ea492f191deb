package io.waybill.carrier.declared;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Balances;
import io.waybill.carrier.Bills;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Channels;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Described;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.HookSecrets;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.mapping.Mappings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One account at a described carrier. It implements everything; {@link Capabilities} shows what the description has. */
final class DeclaredCarrier
        implements Carrier,
                LabelsByAddress,
                Described,
                Rates,
                Voids,
                Tracks,
                Webhooks,
                Fees,
                Bills,
                Balances,
                Channels {
    private final Description description;
    private final HookSecrets hookSecrets;
    private final @Nullable BigDecimal least;
    private final Calls calls;
    private final Sales sales;
    private final LookUp lookUp;
    private final Purchasing purchasing;
    private final Questions questions;
    private final Pushes pushes;
    private final ExecutorService quotes;

    /**
     * @param settings of the account, with its secrets
     * @param hookSecrets what its webhooks are proven by
     * @param least balance below which a person is told, or null
     */
    DeclaredCarrier(
            Description description,
            CallSettings called,
            Map<String, String> settings,
            HookSecrets hookSecrets,
            @Nullable BigDecimal least) {
        this.hookSecrets = hookSecrets;
        this.least = least;
        this.description = description;
        CarrierHttp http = new CarrierHttp(called);
        Authorization authorization = Authorizations.of(description.auth(), settings, http, called.base());
        Replies replies = new Replies(description.id(), description.tables());
        Set<ReplySpec> readings = description.operations().values().stream()
                .map(Operation::reads)
                .collect(Collectors.toUnmodifiableSet());
        this.calls = new Calls(
                new AccountLine(http, authorization, called, answer -> replies.refusesToken(readings, answer)),
                Settings.plain(description.settings(), settings),
                replies);
        this.sales = new Sales(
                description.tables(),
                new Papers(new Downloads(called, description.name(), description.files()), description.labels()),
                description.parcels());
        this.lookUp = new LookUp(calls, description.operation(Verb.FIND), sales);
        this.purchasing = new Purchasing(description, calls, sales, lookUp);
        this.pushes = new Pushes(description, hookSecrets, sales);
        this.questions = new Questions(description, calls);
        this.quotes = Quoting.threads(description.id(), called);
    }

    Description description() {
        return description;
    }

    @Override
    public String carrierId() {
        return description.id();
    }

    @Override
    public Mappings mappings() {
        return description.mappings();
    }

    @Override
    public CarrierFacts facts() {
        return Capabilities.facts(description);
    }

    @Override
    public IdempotencyClass idempotency() {
        return description.idempotency();
    }

    @Override
    public Services services() {
        return description.tables().services();
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return description.parcels();
    }

    @Override
    public boolean preparesAlone() {
        return purchasing.preparesAlone();
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return purchasing.prepare(shipment, ref);
    }

    @Override
    public Outcome buy(Prepared prepared) {
        return purchasing.buy(prepared);
    }

    @Override
    public Found find(Ref ref) {
        return lookUp.of(ref).found();
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new Printing(description, calls, sales).fetch(id, request);
    }

    @Override
    public Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted) {
        return new Printing(description, calls, sales).reread(id, answer, wanted);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        Operation operation = description.needed(Verb.CANCEL);
        Map<String, String> words = calls.words(ref, id);
        return calls.change(operation, words, calls.body(operation, words))
                .read(
                        answer -> Cancelled.read(operation, calls.said(operation, answer), description.tables()),
                        Voided.Unknown::new);
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return new Quoting(description, questions::rates, quotes).rates(shipment);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        return questions.track(trackingNumbers);
    }

    @Override
    public int most() {
        return description.needed(Verb.TRACK).most();
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return questions.fees(id, ref);
    }

    @Override
    public boolean areTheBill() {
        return description.bill() == CarrierFacts.Bill.PULL
                && description.operation(Verb.BILLED).isEmpty();
    }

    @Override
    public List<Fee> booked(LocalDate day) {
        return questions.booked(day);
    }

    @Override
    public Balance balance() {
        return new Balance(questions.balance(), least);
    }

    @Override
    public List<Channel> channels() {
        return questions.channels();
    }

    @Override
    public boolean isOn() {
        return hookSecrets.isOn();
    }

    @Override
    public String prove(Delivery delivery) {
        return pushes.prove(delivery);
    }

    @Override
    public List<Event> read(byte[] body) {
        return pushes.events(body);
    }

    @Override
    public List<Arrived> arrived(byte[] body) {
        return pushes.arrived(body);
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "DeclaredCarrier[" + description.id() + "]";
    }
}
