package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.connectors.FakeShop.State;
import io.waybill.connectors.FakeSystem.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Connector(system = "BigCommerce", page = "bigcommerce.md")
class BigCommerceTest extends ShopContract {
    @Override
    String name() {
        return "acme-bigcommerce";
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "webhook")
    @Shows(Cell.BAD_SIGNATURE)
    void a_webhook_that_names_only_the_order_is_believed_when_it_is_signed() throws Exception {
        int number = hub.number();
        String body = """
                {"scope": "store/order/created", "store_id": "1025646", "producer": "stores/abc123", "created_at": 1795512600,
                 "hash": "dd70c0976e06b67aaf671e73f49dcb79230ebf9d", "data": {"type": "order", "id": %d}}""".formatted(number);

        assertThat(push(number, body, body + " ").statusCode()).isEqualTo(401);
        assertThat(push(number, body, body).statusCode()).isEqualTo(200);
        assertThat(push(number, body, body).statusCode()).isEqualTo(200);
        arrived(shop.put(number, State.PAID));
    }

    @Test
    @Shows(value = Cell.BUSY, by = "429, X-Rate-Limit-Time-Reset-Ms")
    void a_store_whose_quota_is_used_up_is_asked_when_its_window_is_over() throws Exception {
        shop.system.answers(1, new Reply(429, "", Map.of("X-Rate-Limit-Time-Reset-Ms", "900")), shop::isLook);
        soon(() -> assertThat(shop.system.isCalm()).isTrue());
        arrived(shop.put(hub.number(), State.PAID));
        assertThat(shop.system.calmFor()).isGreaterThan(Duration.ofMillis(850));
    }

    @Test
    void an_order_that_goes_back_to_be_paid_waits_until_it_is() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        showsHold(orderId, () -> shop.put(number, State.UNPAID), () -> shop.put(number, State.MOVED));
    }

    private HttpResponse<String> push(int number, String body, String signed) throws Exception {
        String id = "bc-" + number;
        String at = String.valueOf(Instant.now().getEpochSecond());
        return hub.send(
                "POST",
                "/hooks/sources/acme-bigcommerce",
                body,
                "webhook-id",
                id,
                "webhook-timestamp",
                at,
                "webhook-signature",
                "v1," + Push.standard(id + "." + at + "." + signed));
    }
}
