package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
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
import io.waybill.carrier.HookProof;
import io.waybill.carrier.HookSecrets;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
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
        implements Carrier, Described, Rates, Voids, Tracks, Webhooks, Fees, Bills, Balances, Channels {
    private final Description description;
    private final HookSecrets hookSecrets;
    private final @Nullable BigDecimal least;
    private final Calls calls;
    private final Sales sales;
    private final LookUp lookUp;
    private final Questions questions;
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
    public String serviceWord(String service) {
        return description.tables().service(service);
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return description.parcels();
    }

    /** With {@code confirm}, the free draft is made here: what is bought later is the draft of this number. */
    /** Where a purchase is confirmed, what is confirmed is made first. */
    @Override
    public boolean preparesAlone() {
        return description.operation(Verb.CONFIRM).isEmpty();
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        Refusals.requireParcels(shipment, description.parcels());
        if (description.latin()) {
            Latin.require(shipment);
        }
        if (!description.labels().contains(shipment.label().format())) {
            throw Refusals.takesNot(shipment.label().format(), "/label/format", description.labels());
        }
        ObjectNode tree = tree(shipment, calls.words(ref));
        byte[] create = Requests.body(description.needed(Verb.CREATE), tree);
        Optional<Operation> confirm = description.operation(Verb.CONFIRM);
        if (confirm.isEmpty()) {
            return new Prepared(ref, create);
        }
        String draft = new Drafts(description.needed(Verb.CREATE), calls, lookUp).make(create, ref);
        calls.requirePath(confirm.get(), calls.words(ref), draft);
        byte[] body = Requests.body(confirm.get(), tree.put("draft", draft));
        return new Prepared(ref, new Drafted(draft, body).bytes());
    }

    private ObjectNode tree(Shipment shipment, Map<String, String> words) {
        boolean anyService = shipment.service().isEmpty();
        String channel = anyService ? "" : description.tables().channel(shipment.service());
        return ShipmentTree.of(shipment, channel, description.units(), words, calls.open());
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Operation operation = description.purchase();
        Map<String, String> words = calls.words(prepared.ref());
        byte[] body = prepared.bytes();
        if (operation.verb() == Verb.CONFIRM) {
            Drafted drafted = Drafted.read(prepared.bytes());
            words.put("draft", drafted.id());
            body = drafted.body();
        }
        return calls.buy(operation, words, body).outcome(answer -> outcome(operation, answer, prepared.ref()));
    }

    private Outcome outcome(Operation operation, Answer.Read answer, Ref ref) {
        Said said = calls.said(operation, answer);
        if (said instanceof Said.Yes yes) {
            Reply sale = Replies.shaped(operation.reply(), yes.answer());
            if (!Sales.isSold(sale)) {
                throw new IllegalArgumentException("it says " + sale.text("status"));
            }
            return sales.bought(sale, ref, Papers.AS_IT_COMES, answer.body());
        }
        if (!(said instanceof Said.No no)) {
            return new Outcome.Unknown(said.told(), answer.body());
        }
        return switch (no.kind()) {
            case "refused" -> new Outcome.Refused(no.words(), no.code(), no.pointer(), answer.body());
            case "not-sent", "account" -> new Outcome.NotSent(no.words(), answer.retryAfter(), answer.body());
            case "duplicate" -> lookUp.soldBefore(no, ref, answer.body());
            default -> new Outcome.Unknown(no.told(), answer.body());
        };
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
        return new Quoting(description, this::quote, quotes).rates(shipment);
    }

    private List<Rate> quote(Shipment shipment) {
        return questions.rates(Requests.body(description.needed(Verb.RATES), tree(shipment, Map.of())));
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        return questions.track(trackingNumbers);
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
        HookSpec hook = description.hook().orElseThrow();
        List<String> secrets = hookSecrets.required();
        if (hook.hmac()) {
            List<byte[]> keys =
                    secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
            HookProof.requireHmac(keys, delivery.body(), delivery.header(hook.header()));
        } else {
            HookProof.requireEcho(secrets, delivery.header(hook.header()));
        }
        return HookProof.nameOf(delivery.body());
    }

    @Override
    public List<Event> read(byte[] body) {
        return Journeys.events(pushed(body), description.tables().statuses(), List.of());
    }

    @Override
    public List<Arrived> arrived(byte[] body) {
        Reply pushed = pushed(body);
        String id = pushed.text("id");
        return id.isEmpty()
                ? List.of()
                : List.of(new Arrived(new ShipmentId(id), sales.fetched(pushed, Papers.AS_IT_COMES)));
    }

    private Reply pushed(byte[] body) {
        HookSpec hook = description.hook().orElseThrow();
        return Replies.shaped(hook.reply(), hook.reads().tree(body));
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "DeclaredCarrier[" + description.id() + "]";
    }
}
