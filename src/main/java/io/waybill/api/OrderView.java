package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutsideBook;
import io.waybill.ledger.Reads;
import io.waybill.ledger.Related;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.text.UrlPart;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An order as the interface tells it in answers and lists; {@link OrderStory} tells the rest. */
final class OrderView {
    private static final Duration FINAL_BILL = Duration.ofDays(14);

    private final Reads ledger;
    private final Locale language;
    private final Caller caller;

    OrderView(Reads ledger, Request request) {
        this.ledger = ledger;
        this.language = request.language();
        this.caller = request.caller();
    }

    ObjectNode brief(OrderRow order) {
        return briefs(List.of(order)).get(0);
    }

    /** Of a list, in its order. */
    List<ObjectNode> briefs(List<OrderRow> orders) {
        Related related = ledger.read(tx -> tx.related(orders).get());
        return orders.stream().map(order -> brief(order, related)).toList();
    }

    ObjectNode brief(OrderRow order, Related related) {
        List<ShipmentRow> shipments = related.shipments(order);
        ObjectNode view = node().put("id", order.id())
                .put("orderId", order.orderId())
                .put("namespace", order.namespace())
                .put("status", status(order, shipments))
                .put("revision", order.revision())
                .put("channel", order.channel())
                .put("source", order.source())
                .put("receivedAt", order.receivedAt().toString());
        JsonNode effective = related.effective(order);
        JsonNode to = effective.path("shipTo");
        ObjectNode recipient = view.putObject("shipTo");
        for (String field : List.of("name", "city", "country")) {
            recipient.put(field, to.path(field).asText(null));
        }
        ArrayNode list = view.putArray("shipments");
        shipments.stream()
                .filter(row -> row.carrierShipment() != null || row.account() != null)
                .forEach(row -> list.add(shipment(row, effective, related)));
        view.set("pending", pending(order, shipments, related));
        view.set("problems", told(problems(order, shipments)));
        view.putObject("links").put("self", "/v1/orders/" + order.id());
        return view;
    }

    ObjectNode shipment(ShipmentRow row) {
        return ledger.read(tx -> {
            OrderRow order = tx.orders().find(row.orderUid(), Namespaces.ALL).orElseThrow();
            Related related = tx.related(row);
            return shipment(row, related.effective(order), related);
        });
    }

    /** @param effective what of its order is bought */
    private ObjectNode shipment(ShipmentRow row, JsonNode effective, Related related) {
        List<String> numbers = related.numbers(row);
        ObjectNode view = node().put("id", row.id())
                .put("carrier", row.carrier())
                .put("account", row.account())
                .put("service", row.service())
                .put("status", row.word());
        if (row.seq() > 1) {
            view.put("seq", row.seq()).put("reason", row.reason());
        }
        ArrayNode list = view.putArray("trackingNumbers");
        numbers.forEach(list::add);
        if (row.imported()) {
            view.put("imported", true);
        } else if (row.state() == ShipmentState.LABELLED) {
            String href = "/v1/shipments/" + row.id() + "/label";
            view.putObject("label")
                    .put("format", row.labelFormat())
                    .put("size", row.labelSize())
                    .put("href", href);
            view.set(
                    "parcels",
                    parcels(row, row.content(effective).path("parcels"), related.numbersByParcel(row), href));
        }
        money(view, related.charges(row));
        return view;
    }

    /** @param numbers by their parcel */
    private ArrayNode parcels(ShipmentRow row, JsonNode said, Map<Integer, String> numbers, String href) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int number : labelled(row, said.size(), numbers.keySet())) {
            ObjectNode parcel = list.addObject();
            JsonNode reference = said.path(number - 1).path("reference");
            if (reference.isTextual()) {
                parcel.put("reference", reference.textValue());
            }
            String tracking = numbers.getOrDefault(number, numbers.get(0));
            if (tracking != null) {
                parcel.put("trackingNumber", tracking);
            }
            parcel.putObject("label").put("href", href + "?parcel=" + number);
        }
        return list;
    }

    /**
     * Which parcels have a label: those with a number of their own, and where these are not just all of them, those a label
     * is kept of; some carriers give one number to all.
     */
    private Set<Integer> labelled(ShipmentRow row, int parcels, Set<Integer> numbered) {
        Set<Integer> all = new TreeSet<>(numbered);
        all.remove(0);
        if (all.size() != parcels || all.stream().anyMatch(parcel -> parcel > parcels)) {
            all.addAll(ledger.read(tx -> tx.labels().parcels(row.id())));
            all.remove(0);
        }
        return all.isEmpty() && !numbered.isEmpty() ? Set.of(1) : all;
    }

    private void money(ObjectNode view, List<ChargeBook.Row> charges) {
        ArrayNode lines = view.putArray("charges");
        Charges.shown(charges, caller).forEach(charge -> lines.add(Charges.view(charge)));
        Charges.total(charges).ifPresent(total -> view.set("total", total));
    }

    private static ArrayNode pending(OrderRow order, List<ShipmentRow> shipments, Related related) {
        ArrayNode pending = JsonNodeFactory.instance.arrayNode();
        String self = "/v1/orders/" + order.id();
        for (ShipmentRow row : shipments) {
            switch (row.state()) {
                case HELD -> {
                    ObjectNode what = pending.addObject().put("what", held(row));
                    ArrayNode waitingFor = what.putArray("waitingFor");
                    Stream.ofNullable(row.waitingFor())
                            .flatMap(pointers -> Stream.of(pointers.split(",", -1)))
                            .forEach(waitingFor::add);
                    if (held(row).equals("spending_limit")) {
                        what.put("expectedBy", row.due().toString());
                    }
                    what.put("href", self + (held(row).equals("parcels") ? "/parcels" : "/release"));
                }
                case CHOOSING, READY, BUYING, BOUGHT -> {
                    ObjectNode label = pending.addObject().put("what", "label").put("href", self);
                    Optional.of(row)
                            .filter(ready -> ready.state() == ShipmentState.READY)
                            .flatMap(related::stop)
                            .ifPresent(stop -> label.put("waitsFor", "account_on")
                                    .put("account", row.account())
                                    .put("reason", stop.reason()));
                }
                case UNKNOWN, REVIEW ->
                    pending.addObject()
                            .put("what", "outcome")
                            .put("nextCheckAt", row.due().toString())
                            .put("href", self);
                case LABELLED -> {
                    if (isBillToCome(row, related)) {
                        ObjectNode bill =
                                pending.addObject().put("what", "final_bill").put("account", row.account());
                        billExpectedBy(row).ifPresent(day -> bill.put("expectedBy", day));
                        bill.put(
                                "href",
                                "/v1/charges?orderId=" + UrlPart.of(order.orderId()) + "&namespace="
                                        + UrlPart.of(order.namespace()));
                    }
                }
                default -> {}
            }
        }
        return pending;
    }

    /** What no account of the hub's was bought with is on no invoice. */
    private static boolean isBillToCome(ShipmentRow row, Related related) {
        return !OutsideBook.NO_ACCOUNT.equals(row.account()) && !related.isBilled(row);
    }

    /** A day in UTC; empty where nobody knows when it was labelled. */
    private static Optional<String> billExpectedBy(ShipmentRow row) {
        return Optional.ofNullable(row.labelledAt())
                .map(labelled -> labelled.plus(FINAL_BILL).toString().substring(0, 10));
    }

    /** What a held shipment waits for: {@code parcels}, {@code ship_date}, {@code spending_limit}, {@code labels_on}, or {@code release} by a person. */
    private static String held(ShipmentRow row) {
        return switch (String.valueOf(row.holdReason())) {
            case "packed" -> "parcels";
            case "shipDate" -> "ship_date";
            case "spendingLimit" -> "spending_limit";
            case "stageOff" -> "labels_on";
            default -> "release";
        };
    }

    /** What stands in the way of an order now: of its shipments, or of taking it in at all. */
    List<Problem> problems(OrderRow order) {
        return ledger.read(tx -> problems(order, tx.shipments().of(order.id())));
    }

    private List<Problem> problems(OrderRow order, List<ShipmentRow> shipments) {
        if (shipments.isEmpty()) {
            return ledger.read(tx -> tx.rejections().newest(order.namespace(), order.id(), order.orderId())).stream()
                    .flatMap(rejection -> stored(rejection.problems()).stream())
                    .toList();
        }
        return problems(shipments);
    }

    static List<Problem> problems(List<ShipmentRow> shipments) {
        return shipments.stream()
                .flatMap(row -> stored(row.standing()).stream())
                .toList();
    }

    private ArrayNode told(List<Problem> problems) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> list.add(ProblemJson.error(problem, language)));
        return list;
    }

    /** Problems the ledger keeps as JSON. */
    static List<Problem> stored(@Nullable String json) {
        return json == null ? List.of() : List.of(Json.kept(json, Problem[].class));
    }

    private static String status(OrderRow order, List<ShipmentRow> shipments) {
        return order.cancelledAt() != null ? "cancelled" : ShipmentState.wordOf(shipments);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
