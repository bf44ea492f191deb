package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.connectors.FakeShop.State;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@Connector(system = "WooCommerce", page = "woocommerce.md")
class WooCommerceTest extends ShopContract {
    @Override
    String name() {
        return "acme-woo";
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "webhook")
    @Shows(Cell.BAD_SIGNATURE)
    void a_webhook_brings_an_order_once_and_only_when_it_is_signed() throws Exception {
        int number = hub.number();
        String orderId = String.valueOf(number);
        String body = ((FakeWooCommerce) shop).body(number, State.PAID);

        assertThat(push(body, "d-" + number, Push.signature(body + " ")).statusCode())
                .isEqualTo(401);
        assertThat(hub.order(shop, orderId).isMissingNode()).isTrue();
        assertThat(push(body, "d-" + number, Push.signature(body)).statusCode()).isEqualTo(200);
        assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("held");
        assertThat(push(body, "d-" + number, Push.signature(body)).statusCode()).isEqualTo(200);
        assertThat(hub.order(shop, orderId).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void a_paid_order_put_on_hold_before_its_label_is_not_bought_until_the_shop_lets_it_go() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        showsHold(orderId, () -> ((FakeWooCommerce) shop).hold(number), () -> shop.put(number, State.MOVED));
    }

    @Test
    void the_order_is_completed() throws Exception {
        int number = hub.number();
        labelled(arrived(shop.put(number, State.PAID)));
        soon(() -> assertThat(((FakeWooCommerce) shop).status(number)).isEqualTo("completed"));
    }

    @Test
    void an_order_called_off_while_its_numbers_are_written_is_not_completed() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        ((FakeWooCommerce) shop).putWhenTold(number, State.CALLED_OFF);

        JsonNode labelled = labelled(arrived(orderId));

        soon(() -> assertThat(shop.numbers(number)).hasSameSizeAs(numbers(labelled)));
        soon(() -> assertThat(told(orderId)).isTrue());
        assertThat(((FakeWooCommerce) shop).status(number)).isEqualTo("cancelled");
        soon(() -> assertThat(reasons(orderId)).containsExactly("changed-late"));
    }

    @Test
    void a_push_that_comes_late_changes_nothing_back() throws Exception {
        int number = hub.number();
        String orderId = String.valueOf(number);
        String before = ((FakeWooCommerce) shop).body(number, State.PAID, "2026-11-24T09:00:00");
        String after = ((FakeWooCommerce) shop).body(number, State.MOVED, "2026-11-24T09:10:00");

        assertThat(push(after, "new-" + number, Push.signature(after)).statusCode())
                .isEqualTo(200);
        assertThat(push(before, "old-" + number, Push.signature(before)).statusCode())
                .isEqualTo(200);

        JsonNode order = hub.order(shop, orderId);
        assertThat(order.path("revision").asInt()).isEqualTo(1);
        assertThat(order.at("/order/shipTo/line1").asText()).isEqualTo("2 Oak St");
        assertThat(hub.receipts(shop)).anyMatch(line -> line.contains("skipped") && line.contains("a newer one"));
    }

    private HttpResponse<String> push(String body, String delivery, String signature) throws Exception {
        return hub.send(
                "POST",
                "/hooks/sources/acme-woo",
                body,
                "Content-Type",
                "application/json",
                "X-WC-Webhook-Delivery-ID",
                delivery,
                "X-WC-Webhook-Signature",
                signature);
    }
}
