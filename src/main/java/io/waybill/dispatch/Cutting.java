package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CarrierCode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.Lane;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.ledger.Piece;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a shipment into as many purchases as its carrier needs: the parcels in their order, each item with the parcel that
 * names it, what is insured and declared shared out to the cent.
 */
final class Cutting {
    private static final Orders ORDERS = new Orders();

    private final Shipment whole;
    private final List<List<Integer>> parcels;

    private Cutting(Shipment whole, int most) {
        this.whole = whole;
        this.parcels = groups(whole.parcels().size(), most);
    }

    /** @throws RefusedException when customs must be told what is in each parcel and the order does not say */
    static List<Piece> cut(Shipment whole, int most) {
        return new Cutting(whole, most).pieces();
    }

    /** The same, to be asked about. */
    static List<Shipment> shipments(Shipment whole, int most) {
        return cut(whole, most).stream().map(piece -> of(whole, piece)).toList();
    }

    private static Shipment of(Shipment whole, Piece piece) {
        Order order =
                Json.mapper().convertValue(MergePatch.apply(ORDERS.write(whole.order()), piece.says()), Order.class);
        return new Shipment(order, whole.seq(), whole.service(), whole.shipFrom(), order.parcels(), whole.label());
    }

    private static List<List<Integer>> groups(int parcels, int most) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int from = 0; from < parcels; from += most) {
            groups.add(IntStream.range(from, Math.min(parcels, from + most))
                    .boxed()
                    .toList());
        }
        return groups;
    }

    private List<Piece> pieces() {
        List<List<Integer>> items = items();
        return IntStream.range(0, parcels.size())
                .mapToObj(i -> new Piece(parcels.get(i), items.get(i), says(parcels.get(i), items.get(i))))
                .toList();
    }

    /** For each piece its items. Those no parcel names go with the first piece, where nobody is told of them. */
    private List<List<Integer>> items() {
        List<List<Integer>> items = new ArrayList<>();
        parcels.forEach(piece -> items.add(new ArrayList<>()));
        for (int i = 0; i < whole.order().items().size(); i++) {
            List<Integer> named = piecesWith(whole.order().items().get(i));
            if (named.size() != 1 && isDeclared()) {
                throw new RefusedException(Problem.of(
                                CarrierCode.CARRIER_NEEDS_CONTENTS,
                                "most",
                                parcels.get(0).size())
                        .at("/items/" + i));
            }
            items.get(named.size() == 1 ? named.get(0) : 0).add(i);
        }
        return items;
    }

    private List<Integer> piecesWith(Order.Item item) {
        return IntStream.range(0, parcels.size())
                .filter(piece -> parcels.get(piece).stream()
                        .flatMap(parcel -> whole.parcels().get(parcel).items().stream())
                        .anyMatch(name -> name.equals(item.sku()) || name.equals(item.externalId())))
                .boxed()
                .toList();
    }

    private boolean isDeclared() {
        Lane lane = Lane.of(whole);
        return whole.order().customs() != null || !(lane.isFreeOfCustoms() || lane.isWithinUsAndPr());
    }

    private ObjectNode says(List<Integer> piece, List<Integer> items) {
        ObjectNode says = JsonNodeFactory.instance.objectNode();
        ArrayNode itsParcels = says.putArray("parcels");
        piece.forEach(parcel ->
                itsParcels.add(Json.mapper().valueToTree(whole.parcels().get(parcel))));
        if (!whole.order().items().isEmpty()) {
            ArrayNode itsItems = says.putArray("items");
            items.forEach(item ->
                    itsItems.add(Json.mapper().valueToTree(whole.order().items().get(item))));
        }
        Order.Options options = whole.order().options();
        if (options != null && options.insuredValue() != null) {
            says.putObject("options").set("insuredValue", tree(share(options.insuredValue(), piece)));
        }
        Order.Customs customs = whole.order().customs();
        if (customs != null && customs.declaredValue() != null) {
            boolean priced = items.stream()
                    .allMatch(item -> whole.order().items().get(item).unitPrice() != null);
            says.putObject("customs")
                    .set(
                            "declaredValue",
                            priced && !items.isEmpty() ? null : tree(share(customs.declaredValue(), piece)));
        }
        return says;
    }

    private Money share(Money all, List<Integer> piece) {
        return piece.stream()
                .map(parcel -> Goods.share(all, parcel, whole.parcels().size()))
                .reduce(new Money(BigDecimal.ZERO, all.currency()), Money::plus);
    }

    private static ObjectNode tree(Money money) {
        return Json.mapper().valueToTree(money);
    }
}
