package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.connectors.FakeShop.State;
import io.waybill.connectors.FakeSystem.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        soon(() -> assertThat(hub.receipts(shop)).anyMatch(line -> line.endsWith("," + orderId + ",duplicate,,")));
        assertThat(hub.order(shop, orderId).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    @Shows({Cell.CHANGED, Cell.CANCELLED, Cell.CANCELLED_LATE})
    void what_is_pushed_later_changes_the_order_calls_it_off_or_is_told_to_a_person() throws Exception {
        String orderId = pushed("orders/paid", State.PAID);
        JsonNode order = hub.order(shop, pushed("orders/updated", State.MOVED, orderId));
        assertThat(order.path("revision").asInt()).isEqualTo(2);
        pushed("orders/cancelled", State.CALLED_OFF, orderId);
        assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("cancelled");

        String sold = pushed("orders/paid", State.PAID);
        JsonNode labelled = labelled(hub.order(shop, sold));
        pushed("orders/cancelled", State.CALLED_OFF, sold);
        assertThat(reasons(sold)).containsExactly("changed-late");
        assertThat(numbers(hub.order(shop, sold))).isEqualTo(numbers(labelled));
    }

    @Test
    @Shows(value = Cell.SKIPPED, by = "test")
    void what_is_pushed_and_not_to_be_shipped_is_told() throws Exception {
        for (State state : List.of(State.UNPAID, State.DIGITAL)) {
            assertThat(hub.order(shop, pushed("orders/updated", state)).isMissingNode())
                    .isTrue();
        }
        int number = hub.number();
        String test = FakeShopify.pushed(number, State.PAID).replace("\"test\": false", "\"test\": true");
        assertThat(push(test, "t-" + number, Push.signature(test)).statusCode()).isEqualTo(200);
        assertThat(hub.order(shop, String.valueOf(number)).isMissingNode()).isTrue();
        assertThat(String.join("", hub.receipts(shop))).contains("not paid", "nothing to ship", "a test order");
    }

    @Test
    @Shows(Cell.ORDERS)
    void an_order_of_more_lines_than_are_asked_for_at_once_comes_whole() throws Exception {
        String orderId = ((FakeShopify) shop).putLong(hub.number(), 195);

        JsonNode items = arrived(orderId).at("/order/items");
        assertThat(items).hasSize(195);
        assertThat(items.at("/194/sku").asText()).isEqualTo("MUG-194");
    }

    @Test
    @Shows(Cell.TRACKING)
    void a_label_fulfils_the_lines_and_quantities_that_are_its_own_and_still_open_and_no_others() throws Exception {
        FakeShopify shopify = (FakeShopify) shop;
        int number = hub.number();
        JsonNode held = arrived(shopify.putLong(number, 3));
        shopify.remains(number, 7, 1); // one of two was sent by hand
        shopify.remains(number, 8, 0);
        shopify.remains(number, 99, 4); // sold after the order came in

        JsonNode labelled = labelled(held);

        soon(() -> assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled)));
        assertThat(shopify.remaining(number)).containsExactlyInAnyOrderEntriesOf(Map.of(7, 0, 8, 0, 9, 0, 99, 4));
        soon(() -> assertThat(told(held.path("orderId").asText())).isTrue());
        assertThat(reasons(held.path("orderId").asText())).isEmpty();
    }

    @Test
    void of_an_order_of_more_lines_than_are_looked_at_all_is_fulfilled_that_is_open() throws Exception {
        FakeShopify shopify = (FakeShopify) shop;
        int number = hub.number();

        labelled(arrived(shopify.putLong(number, 120)));

        soon(() -> assertThat(shopify.remaining(number))
                .hasSize(120)
                .allSatisfy((line, left) -> assertThat(left).isZero()));
    }

    @Test
    void a_push_that_comes_late_changes_nothing_back() throws Exception {
        int number = hub.number();
        String orderId = String.valueOf(number);
        String before = FakeShopify.pushed(number, State.PAID);
        String after = FakeShopify.pushed(number, State.MOVED).replace("T04:00:05-05:00", "T04:10:00-05:00");

        assertThat(push(after, "new-" + number, Push.signature(after)).statusCode())
                .isEqualTo(200);
        assertThat(push(before, "old-" + number, Push.signature(before)).statusCode())
                .isEqualTo(200);

        JsonNode order = hub.order(shop, orderId);
        assertThat(order.path("revision").asInt()).isEqualTo(1);
        assertThat(order.at("/order/shipTo/line1").asText()).isEqualTo("2 Oak St");
        assertThat(hub.receipts(shop)).anyMatch(line -> line.contains("skipped") && line.contains("a newer one"));
    }

    private String pushed(String topic, State state) throws Exception {
        return pushed(topic, state, String.valueOf(hub.number()));
    }

    /**
     * A signed push that is taken.
     *
     * @return the order's number
     */
    private String pushed(String topic, State state, String orderId) throws Exception {
        String body = FakeShopify.pushed(Integer.parseInt(orderId), state);
        assertThat(push(body, topic + orderId, Push.signature(body)).statusCode())
                .isEqualTo(200);
        return orderId;
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
    void a_throttled_query_is_asked_again_when_its_cost_is_restored() throws Exception {
        Reply throttled = Reply.of(200, """
                {"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
                 "extensions": {"cost": {"requestedQueryCost": 512, "throttleStatus":
                   {"maximumAvailable": 2000, "currentlyAvailable": 412, "restoreRate": 100}}}}""");
        shop.system.answers(1, throttled, shop::isLook);
        soon(() -> assertThat(shop.system.isCalm()).isTrue());
        arrived(shop.put(hub.number(), State.PAID));
        assertThat(shop.system.calmFor()).isGreaterThan(Duration.ofMillis(950));
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
