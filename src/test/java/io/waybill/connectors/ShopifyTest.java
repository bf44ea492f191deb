package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.connectors.FakeShop.State;
import io.waybill.connectors.FakeSystem.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@Connector(system = "Shopify", page = "shopify.md")
class ShopifyTest extends ShopContract {
    @Override
    String name() {
        return "acme-shopify";
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "webhook")
    @Shows({Cell.BAD_SIGNATURE, Cell.DUPLICATE})
    void what_is_pushed_and_asked_for_is_one_order() throws Exception {
        int number = hub.number();
        String orderId = String.valueOf(number);
        String body = FakeShopify.pushed(number, State.PAID);

        assertThat(push(body, "h-" + number, Push.signature(body + " ")).statusCode())
                .isEqualTo(401);
        assertThat(hub.order(shop, orderId).isMissingNode()).isTrue();
        assertThat(push(body, "h-" + number, Push.signature(body)).statusCode()).isEqualTo(200);
        assertThat(push(body, "h-" + number, Push.signature(body)).statusCode()).isEqualTo(200);
        assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("held");

        shop.put(number, State.PAID);
        soon(() -> assertThat(hub.receipts(shop)).contains("1," + orderId + ",duplicate,,"));
        assertThat(hub.order(shop, orderId).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    @Shows(Cell.TRACKING)
    void scans_become_events_of_the_fulfilment() throws Exception {
        int number = hub.number();
        labelled(arrived(shop.put(number, State.PAID)));
        soon(() -> assertThat(shop.numbers(number)).hasSize(2));
        soon(() -> assertThat(((FakeShopify) shop).scans(number))
                .contains("IN_TRANSIT")
                .doesNotContain("null"));
    }

    @Test
    @Shows(value = Cell.BUSY, by = "429, THROTTLED")
    void a_throttled_query_is_asked_again() throws Exception {
        shop.system.answers(1, Reply.of(200, """
                {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]}"""));
        arrived(shop.put(hub.number(), State.PAID));
    }

    private HttpResponse<String> push(String body, String delivery, String signature) throws Exception {
        return hub.send(
                "POST",
                "/hooks/sources/acme-shopify",
                body,
                "Content-Type",
                "application/json",
                "X-Shopify-Topic",
                "orders/paid",
                "X-Shopify-Webhook-Id",
                delivery,
                "X-Shopify-Hmac-Sha256",
                signature);
    }
}
