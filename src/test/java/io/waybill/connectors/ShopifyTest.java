package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.connectors.FakeShop.State;
import io.waybill.connectors.FakeSystem.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
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
    void what_is_pushed_is_believed_when_it_is_signed_and_has_the_shop_asked() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        String body = FakeShopify.pushed(number, State.PAID);

        assertThat(push(body, "h-" + number, Push.signature(body + " ")).statusCode())
                .isEqualTo(401);
        assertThat(push(body, "h-" + number, Push.signature(body)).statusCode()).isEqualTo(200);
        assertThat(push(body, "h-" + number, Push.signature(body)).statusCode()).isEqualTo(200);

        assertThat(arrived(orderId).path("status").asText()).isEqualTo("held");
        assertThat(hub.order(shop, orderId).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void a_push_lets_nothing_go_that_the_shop_holds_or_hands_out_itself_for_it_says_neither() throws Exception {
        FakeShopify shopify = (FakeShopify) shop;
        int number = hub.number();
        shopify.hold(number, true);
        String orderId = shop.put(number, State.PAID);
        assertThat(arrived(orderId).at("/order/release").asText()).isEqualTo("hold");

        String body = FakeShopify.pushed(number, State.PAID).replace("1 Main St", "2 Main St");
        assertThat(push(body, "held-" + number, Push.signature(body)).statusCode())
                .isEqualTo(200);

        arrived(shop.put(hub.number(), State.PAID));
        hub.pack(hub.order(shop, orderId));
        assertThat(hub.order(shop, orderId).at("/pending/0/what").asText()).isEqualTo("release");
    }

    @Test
    void what_is_left_of_an_order_that_is_on_hold_waits_until_it_is_let_go() throws Exception {
        FakeShopify shopify = (FakeShopify) shop;
        int number = hub.number();
        String orderId = shopify.putLong(number, 2);
        arrived(orderId);
        shopify.remains(number, 7, 0);
        soon(() -> assertThat(items(orderId)).containsExactly("MUG-1 2"));

        showsHold(orderId, () -> shopify.hold(number, true), () -> shopify.hold(number, false));

        soon(() -> assertThat(shop.numbers(number)).hasSize(2));
        assertThat(reasons(orderId)).isEmpty();
    }

    @Test
    @Shows(value = Cell.SKIPPED, by = "test")
    void a_test_order_is_told() throws Exception {
        int number = hub.number();
        ((FakeShopify) shop).putTest(number);
        arrived(shop.put(hub.number(), State.PAID));

        soon(() -> assertThat(hub.receipts(shop)).anyMatch(line -> line.contains("a test order")));
        assertThat(hub.order(shop, String.valueOf(number)).isMissingNode()).isTrue();
    }

    /** Each line of the order, its SKU and how many. */
    private List<String> items(String orderId) throws Exception {
        List<String> items = new ArrayList<>();
        hub.order(shop, orderId)
                .at("/order/items")
                .forEach(item -> items.add(
                        item.path("sku").asText() + " " + item.path("quantity").asInt()));
        return items;
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

        String orderId = held.path("orderId").asText();
        soon(() -> assertThat(items(orderId)).containsExactly("MUG 1", "MUG-2 2"));
        JsonNode labelled = labelled(held);

        soon(() -> assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled)));
        assertThat(shopify.remaining(number)).containsExactlyInAnyOrderEntriesOf(Map.of(7, 0, 8, 0, 9, 0, 99, 4));
        soon(() -> assertThat(told(orderId)).isTrue());
        arrived(shop.put(hub.number(), State.PAID));
        assertThat(reasons(orderId)).isEmpty();
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
    void a_label_that_is_given_back_and_not_bought_again_takes_its_fulfilment_with_it() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        JsonNode labelled = labelled(arrived(orderId));
        soon(() -> assertThat(shop.numbers(number)).hasSize(2));

        hub.send("POST", "/v1/shipments/" + labelled.at("/shipments/0/id").asText() + "/void", "");

        soon(() -> assertThat(shop.numbers(number)).isEmpty());
        assertThat(((FakeShopify) shop).remaining(number)).isEqualTo(Map.of(7, 2));
        soon(() -> assertThat(told(orderId)).isTrue());
        arrived(shop.put(hub.number(), State.PAID));
        assertThat(hub.order(shop, orderId).path("shipments")).hasSize(1);
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
