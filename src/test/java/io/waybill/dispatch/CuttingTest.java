package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.ledger.Piece;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CuttingTest {
    @Test
    void parcels_stay_in_their_order_and_the_last_piece_has_the_rest() throws JsonProcessingException {
        List<Piece> pieces = Cutting.cut(shipment("US", "", "", 9), 4);

        assertThat(pieces)
                .extracting(Piece::parcels)
                .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8));
    }

    @Test
    void what_is_insured_is_shared_out_to_the_cent() throws JsonProcessingException {
        Shipment whole =
                shipment("US", "\"options\": {\"insuredValue\": {\"amount\": 100, \"currency\": \"USD\"}},", "", 3);

        List<Money> insured = Cutting.shipments(whole, 1).stream()
                .map(piece -> piece.order().options().insuredValue())
                .toList();

        assertThat(insured).extracting(Money::toString).containsExactly("33.34 USD", "33.33 USD", "33.33 USD");
        assertThat(insured.stream().reduce(Money::plus).orElseThrow().amount()).isEqualByComparingTo("100");
        Money two = Cutting.shipments(whole, 2).get(0).order().options().insuredValue();
        assertThat(two.amount()).isEqualByComparingTo(new BigDecimal("66.67"));
    }

    @Test
    void what_is_declared_is_what_the_goods_of_the_piece_are_worth_and_shared_out_where_they_have_no_price()
            throws JsonProcessingException {
        String declared = "\"customs\": {\"declaredValue\": {\"amount\": 50, \"currency\": \"EUR\"}},";
        String priced = "{\"sku\": \"A\", \"quantity\": 1, \"unitPrice\": {\"amount\": 20, \"currency\": \"EUR\"}}";

        Shipment withPrices = Cutting.shipments(shipment("CA", declared, priced + ", {\"sku\": \"B\"}", 2), 1)
                .get(0);
        assertThat(withPrices.order().customs().declaredValue()).isNull();
        Shipment without = Cutting.shipments(shipment("CA", declared, "{\"sku\": \"A\"}, {\"sku\": \"B\"}", 2), 1)
                .get(1);
        assertThat(without.order().customs().declaredValue()).hasToString("25.00 EUR");
        assertThat(without.order().items()).extracting(Order.Item::sku).containsExactly("B");
    }

    @Test
    void goods_in_two_pieces_or_in_none_are_refused_where_they_are_declared_and_go_first_where_not()
            throws JsonProcessingException {
        String both = "{\"sku\": \"A\"}, {\"sku\": \"nowhere\"}";
        assertThatThrownBy(() -> Cutting.cut(shipment("CA", "", both, 2), 1))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/items/1"));

        assertThat(Cutting.cut(shipment("US", "", both, 2), 1))
                .extracting(Piece::items)
                .containsExactly(List.of(0, 1), List.of());
    }

    /** Parcel 1 holds A, parcel 2 holds B. */
    private static Shipment shipment(String country, String more, String items, int parcels)
            throws JsonProcessingException {
        StringBuilder boxes = new StringBuilder();
        for (int i = 0; i < parcels; i++) {
            boxes.append(i == 0 ? "" : ", ")
                    .append("{\"weight\": {\"value\": 1, \"unit\": \"kg\"}, \"items\": [\"")
                    .append((char) ('A' + i))
                    .append("\"]}");
        }
        Order order = Json.mapper().readValue("""
                {"orderId": "SO-1", "service": "ground", %s
                 "shipFrom": {"name": "Depot", "line1": "500 Depot Rd", "city": "Austin", "state": "TX",
                              "postalCode": "78701", "country": "US"},
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Somewhere", "country": "%s"},
                 "items": [%s], "parcels": [%s]}""".formatted(more, country, items, boxes), Order.class);
        return new Shipment(order, 1, "ground", order.shipFrom(), order.parcels(), new LabelRequest("PDF", "4x6", 203));
    }
}
