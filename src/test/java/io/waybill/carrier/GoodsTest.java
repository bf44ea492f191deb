package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoodsTest {

    @Test
    void the_worth_is_what_was_declared_else_the_sum_of_the_lines() {
        assertThat(Goods.worth(order(item("Mug", 2, "12.50", "0.3"), item("Tea", 1, "4.00", null))))
                .isEqualTo(Money.of("29.00", "EUR"));
        assertThatThrownBy(() -> Goods.worth(order()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/items"));
        Order.Item dollars = new Order.Item(null, null, "Mug", null, 1, Money.of("1", "USD"), null, null, null);
        assertThatThrownBy(() -> Goods.worth(order(item("Tea", 1, "4.00", null), dollars)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        no -> assertThat(no.pointer()).isEqualTo("/items/1/unitPrice/currency"));
    }

    @Test
    void a_line_weighs_its_pieces_and_the_only_one_what_the_parcels_weigh() {
        assertThat(Goods.weight(shipment(item("Mug", 3, "1", "0.4"), item("Tea", 1, "1", "1")), 0, MassUnit.KG))
                .isEqualTo(Weight.of("1.2", MassUnit.KG));
        assertThat(Goods.weight(shipment(item("Mug", 3, "1", null)), 0, MassUnit.KG)
                        .value())
                .isEqualByComparingTo("3.5");
        assertThatThrownBy(() ->
                        Goods.weight(shipment(item("Mug", 3, "1", null), item("Tea", 1, "1", "1")), 0, MassUnit.KG))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/items/0/weight"));
    }

    @Test
    void a_tariff_number_is_its_digits_however_it_is_grouped() {
        assertThat(List.of(tariff("6109.10.00"), tariff(" 6109 10 00"), tariff("61091000")))
                .containsOnly("61091000");
        assertThat(Goods.hsCode(item("Mug", 1, "1", null))).isNull();
    }

    private static String tariff(String written) {
        Order.Item item = new Order.Item(null, null, "Mug", null, 1, Money.of("1", "EUR"), null, written, null);
        return String.valueOf(Goods.hsCode(item));
    }

    @Test
    void shares_add_up_to_the_whole() {
        Money whole = Money.of("100", "EUR");
        assertThat(List.of(Goods.share(whole, 0, 3), Goods.share(whole, 1, 3), Goods.share(whole, 2, 3)))
                .extracting(Money::toString)
                .containsExactly("33.34 EUR", "33.33 EUR", "33.33 EUR");
        assertThat(Goods.share(Money.of("1000", "JPY"), 0, 3))
                .as("a yen has no parts")
                .hasToString("334 JPY");
    }

    @Test
    void a_description_names_each_kind_of_goods_once() {
        Order order = order(item("Mug", 1, "1", null), item("Mug", 2, "1", null), item("Tea", 1, "1", null));
        assertThat(Goods.description(order, 50)).isEqualTo("Mug, Tea");
        assertThat(Goods.description(order, 5)).isEqualTo("Mug,");
        assertThat(Goods.description(order(), 50)).isNull();
    }

    private static Order.Item item(String words, int quantity, String price, @Nullable String kilograms) {
        Weight weight = kilograms == null ? null : Weight.of(kilograms, MassUnit.KG);
        return new Order.Item(null, null, words, null, quantity, Money.of(price, "EUR"), weight, null, null);
    }

    private static Order order(Order.Item... items) {
        Order base = Samples.shipment().order();
        return new Order(
                base.orderId(),
                null,
                null,
                null,
                List.of(),
                base.shipFrom(),
                base.shipTo(),
                null,
                null,
                null,
                base.parcels(),
                List.of(items),
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static Shipment shipment(Order.Item... items) {
        Shipment base = Samples.shipment(Samples.home("Jane Roe"), "ground", Samples.PDF, "1.5", "2");
        return new Shipment(order(items), 1, "ground", base.shipFrom(), base.parcels(), base.label());
    }
}
