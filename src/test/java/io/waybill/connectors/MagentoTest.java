package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.connectors.FakeShop.State;
import org.junit.jupiter.api.Test;

@Connector(system = "Magento 2", page = "magento.md", hasNone = Cell.BAD_SIGNATURE)
class MagentoTest extends ShopContract {
    @Override
    String name() {
        return "acme-magento";
    }

    @Test
    void an_order_put_on_hold_before_its_label_is_not_bought_until_the_shop_lets_it_go() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        showsHold(orderId, () -> ((FakeMagento) shop).hold(number), () -> shop.put(number, State.MOVED));
    }

    @Test
    void an_order_sent_by_hand_before_it_is_billed_buys_no_label() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        arrived(orderId);

        ((FakeMagento) shop).sendBeforeItIsBilled(number);
        soon(() -> assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("cancelled"));
    }
}
