package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Links;
import io.waybill.access.Scope;
import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.LabelBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One shipment, where its parcels are, its label's bytes, and giving it back. */
final class ShipmentCalls {
    /** Formats and their media types; ZPL and EPL2 are sent to printers as they are. */
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("PDF", "application/pdf", "PNG", "image/png", "ZPL", "application/zpl", "EPL2", "application/epl2");

    /** Of a carrier's page: it looks as it was made, with what stands in itself, and runs and loads nothing. */
    private static final String PAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static final Set<String> OVER = Set.of("voided", "cancelled");

    private final Ledger ledger;
    private final Dispatch dispatch;
    private final Links links;

    ShipmentCalls(Ledger ledger, Dispatch dispatch, Links links) {
        this.links = links;
        this.ledger = ledger;
        this.dispatch = dispatch;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/shipments/{id}", Scope.READ, request -> Answer.ok(view(request))),
                Resource.get("/shipments/{id}/tracking", Scope.READ, this::tracking),
                Resource.get("/shipments/{id}/label", Scope.READ, this::label).taking("parcel", "format"),
                Resource.get("/shipments/{id}/papers", Scope.READ, this::papers),
                Resource.get("/shipments/{id}/papers/{kind}", Scope.READ, this::paper)
                        .taking("parcel"),
                Resource.act("/shipments/{id}/label-link", Scope.READ, this::link)
                        .taking("parcel", "format"),
                Resource.act("/shipments/{id}/void", Scope.LABELS_VOID, this::giveBack),
                Resource.act("/orders/{id}/void", Scope.LABELS_VOID, this::giveAllBack));
    }

    /** A label by a link that was made for it, for a browser or a printer without a key. */
    Resource linked() {
        return new Resource("get", "/labels/{token}", Optional.empty(), this::followed);
    }

    /** What the carrier said of its parcels, in the words of all carriers, oldest first. */
    private Answer tracking(Request request) {
        ShipmentRow shipment = find(request);
        return ledger.read(tx -> Listed.answer(
                tx.tracking().shown(shipment.id()).stream()
                        .map(event -> OrderStory.event(shipment.id(), event))
                        .toList(),
                null));
    }

    private Answer label(Request request) {
        ShipmentRow shipment = find(request);
        return bytes(shipment, parcel(request), format(request, shipment));
    }

    static String mediaType(String format) {
        return switch (format) {
            case "TXT" -> "text/plain";
            case "HTML" -> "text/html";
            default -> MEDIA_TYPES.getOrDefault(format, "application/octet-stream");
        };
    }

    /** Everything printable that is kept or that the carrier prints again: labels, invoices, receipts. */
    private Answer papers(Request request) {
        ShipmentRow shipment = find(request);
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        dispatch.papers(shipment)
                .forEach(paper -> items.addObject()
                        .put("kind", paper.kind())
                        .put("parcel", paper.parcel())
                        .put("format", paper.format())
                        .put(
                                "href",
                                "/v1/shipments/" + shipment.id() + "/papers/" + paper.kind() + "?parcel="
                                        + paper.parcel()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("items", items);
        return Answer.ok(answer.putNull("next"));
    }

    private Answer paper(Request request) {
        ShipmentRow shipment = find(request);
        String kind = request.parameter("kind");
        String parcel = request.query("parcel").orElse("0");
        if (kind.endsWith("label")) {
            requireStillGood(shipment);
        }
        LabelBook.Paper paper = dispatch.papers(shipment).stream()
                .filter(one ->
                        one.kind().equals(kind) && String.valueOf(one.parcel()).equals(parcel))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ApiCode.NO_SUCH_PAPER,
                        "id",
                        shipment.id(),
                        "papers",
                        dispatch.papers(shipment).stream()
                                .map(one -> one.kind() + "?parcel=" + one.parcel())
                                .distinct()
                                .collect(Collectors.joining(", ")))));
        Answer answer = Answer.bytes(mediaType(paper.format()), paper.bytes()).with("Cache-Control", "no-store");
        return paper.format().equals("HTML") ? answer.with("Content-Security-Policy", PAGE_POLICY) : answer;
    }

    private Answer link(Request request) {
        ShipmentRow shipment = find(request);
        Links.Link link = links.to(shipment.id() + " " + parcel(request) + " " + format(request, shipment));
        return Answer.json(
                201,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("href", "/labels/" + link.token())
                        .put("expiresAt", link.expiresAt().toString()));
    }

    private Answer followed(Request request) {
        String[] what = links.open(request.parameter("token"))
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.LINK_OVER)))
                .split(" ", -1);
        ShipmentRow shipment = find(what[0], Namespaces.ALL);
        return bytes(shipment, Integer.parseInt(what[1]), what[2]).with("Referrer-Policy", "no-referrer");
    }

    private static String format(Request request, ShipmentRow shipment) {
        String format = request.named("format").orElse(shipment.labelFormat()).toUpperCase(Locale.ROOT);
        if (!MEDIA_TYPES.containsKey(format)) {
            throw new ProblemException(
                    Problem.of(OrderCode.UNSUPPORTED_FORMAT, "format", format, "legal", "PDF, PNG, ZPL, EPL2"));
        }
        return format;
    }

    private Answer bytes(ShipmentRow shipment, int parcel, String format) {
        if (shipment.imported()) {
            throw new ProblemException(Problem.of(ApiCode.LABEL_IS_ELSEWHERE, "id", shipment.id()));
        }
        requireStillGood(shipment);
        Optional<byte[]> bytes = dispatch.label(shipment, parcel, format);
        if (bytes.isPresent()) {
            return Answer.bytes(mediaType(format), bytes.get()).with("Cache-Control", "no-store");
        }
        Set<String> formats = formats(shipment, parcel);
        if (!formats.isEmpty() && !formats.contains(format)) {
            throw new ProblemException(
                    Problem.of(OrderCode.UNSUPPORTED_FORMAT, "format", format, "legal", String.join(", ", formats)));
        }
        throw new ProblemException(
                shipment.state() == ShipmentState.LABELLED
                        ? Problem.of(ApiCode.NO_SUCH_PARCEL, "id", shipment.id(), "parcel", parcel, "format", format)
                        : Problem.of(OrderCode.LABEL_NOT_READY, "id", shipment.id(), "seconds", 2));
    }

    /** In which the label of a parcel is there. */
    private Set<String> formats(ShipmentRow shipment, int parcel) {
        return ledger.<List<LabelBook.Paper>>read(tx -> tx.labels().of(shipment.id())).stream()
                .filter(paper -> paper.kind().endsWith("label") && paper.parcel() == parcel)
                .map(LabelBook.Paper::format)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Nothing may leave with a label that was given back, or is about to be. */
    private void requireStillGood(ShipmentRow shipment) {
        if (shipment.state() == ShipmentState.VOIDING || shipment.state().isOver()) {
            String orderId = ledger.read(tx -> tx.orders().find(shipment.orderUid(), Namespaces.ALL))
                    .orElseThrow()
                    .orderId();
            throw new ProblemException(
                    Problem.of(ApiCode.NOTHING_TO_PRINT, "orderId", orderId, "id", shipment.orderUid()));
        }
    }

    private static int parcel(Request request) {
        String text = request.query("parcel").orElse("1");
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw Request.badParameter("parcel", text, "1, 2, 3 …");
        }
        return Integer.parseInt(text);
    }

    private Answer giveBack(Request request) {
        dispatch.voidLabel(
                request.parameter("id"),
                request.caller().namespaces(),
                request.caller().name());
        ObjectNode view = view(request);
        return Answer.json(OVER.contains(view.path("status").asText()) ? 200 : 202, view);
    }

    private Answer giveAllBack(Request request) {
        String id = request.parameter("id");
        Namespaces scope = request.caller().namespaces();
        dispatch.voidOrder(id, scope, request.caller().name());
        return ledger.read(tx -> {
            ObjectNode view =
                    new OrderView(tx, request).brief(tx.orders().find(id, scope).orElseThrow());
            return Answer.json(view.path("status").asText().equals("voided") ? 200 : 202, view);
        });
    }

    private ObjectNode view(Request request) {
        ShipmentRow row = find(request);
        return ledger.read(tx -> new OrderView(tx, request).shipment(row));
    }

    private ShipmentRow find(Request request) {
        return find(request.parameter("id"), request.caller().namespaces());
    }

    private ShipmentRow find(String id, Namespaces scope) {
        return ledger.read(tx -> tx.shipments().find(id, scope))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", id)));
    }
}
