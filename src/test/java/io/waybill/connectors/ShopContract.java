package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.connectors.FakeShop.State;
import io.waybill.connectors.FakeSystem.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every connector to a shop shows: an order comes in, a label is bought, and the shop hears of it in its own words. */
abstract class ShopContract {
    private static final Reply BUSY = new Reply(429, "{}", Map.of("Retry-After", "1"));

    static ShopsHub hub;
    FakeShop shop;

    abstract String name();

    @BeforeAll
    static void open(TestInfo test) throws Exception {
        hub = ShopsHub.running(test.getTestClass().orElseThrow());
    }

    @BeforeEach
    void enter() {
        shop = hub.shops.get(name());
    }

    @AfterEach
    void calm() {
        shop.system.calm();
    }

    @Test
    @Shows(value = Cell.ORDERS, by = "polling")
    @Shows({Cell.TRACKING, Cell.MONEY, Cell.DUPLICATE})
    void an_order_gets_its_label_and_the_shop_its_numbers_and_cost_once() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        JsonNode held = arrived(orderId);
        assertThat(held.path("status").asText()).isEqualTo("held");

        JsonNode labelled = labelled(held);
        soon(() -> assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled)));
        String cost = labelled.at("/shipments/0/total/amount").asText() + " USD";
        soon(() -> assertThat(shop.cost(number)).isEqualTo(cost));
        soon(() -> assertThat(told(orderId)).isTrue());

        replay(orderId);
        soon(() -> assertThat(told(orderId)).isTrue());
        assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled));
        assertThat(hub.order(shop, orderId).path("shipments")).hasSize(1);
        assertThat(reasons(orderId)).isEmpty();
    }

    @Test
    @Shows(Cell.CHANGED)
    void a_change_before_the_label_is_a_revision() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        assertThat(arrived(orderId).path("revision").asInt()).isEqualTo(1);

        shop.put(number, State.MOVED);
        soon(() -> assertThat(hub.order(shop, orderId).path("revision").asInt()).isEqualTo(2));
    }

    @Test
    @Shows(Cell.CANCELLED)
    void an_order_called_off_before_the_label_is_cancelled() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        arrived(orderId);

        shop.put(number, State.CALLED_OFF);
        soon(() -> assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("cancelled"));
    }

    @Test
    @Shows(Cell.CANCELLED_LATE)
    void of_an_order_called_off_after_the_label_a_person_is_told() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        JsonNode labelled = labelled(arrived(orderId));
        soon(() -> assertThat(shop.numbers(number)).hasSameSizeAs(numbers(labelled)));
        soon(() -> assertThat(told(orderId)).isTrue());

        shop.put(number, State.CALLED_OFF);
        soon(() -> assertThat(reasons(orderId)).containsExactly("changed-late"));
        assertThat(numbers(hub.order(shop, orderId))).isEqualTo(numbers(labelled));
    }

    @Test
    @Shows(Cell.SENT_ELSEWHERE)
    void an_order_somebody_else_sent_buys_no_label_and_one_we_sent_is_no_news() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        arrived(orderId);
        shop.put(number, State.SENT);
        soon(() -> assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("cancelled"));

        int ours = hub.number();
        String sold = shop.put(ours, State.PAID);
        JsonNode labelled = labelled(arrived(sold));
        soon(() -> assertThat(told(sold)).isTrue());
        long before = duplicates(sold);
        shop.put(ours, State.SENT);
        soon(() -> assertThat(duplicates(sold)).isGreaterThan(before));
        assertThat(reasons(sold)).isEmpty();
        assertThat(numbers(hub.order(shop, sold))).isEqualTo(numbers(labelled));
    }

    @Test
    @Shows(value = Cell.SKIPPED, by = "unpaid, digital")
    void what_is_not_to_be_shipped_is_told_and_comes_when_it_is_paid() throws Exception {
        int number = hub.number();
        String unpaid = shop.put(number, State.UNPAID);
        String digital = shop.put(hub.number(), State.DIGITAL);
        arrived(shop.put(hub.number(), State.PAID));

        soon(() -> assertThat(hub.receipts(shop))
                .filteredOn(line -> line.contains("skipped"))
                .hasSizeGreaterThan(1));
        assertThat(hub.order(shop, unpaid).isMissingNode()).isTrue();
        assertThat(hub.order(shop, digital).isMissingNode()).isTrue();
        shop.put(number, State.PAID);
        arrived(unpaid);
    }

    @Test
    @Shows(Cell.WRONG)
    void an_order_without_a_street_is_told_by_its_field_and_comes_when_it_has_one() throws Exception {
        int number = hub.number();
        shop.put(number, State.NOWHERE);
        soon(() -> assertThat(rejected()).containsExactly("/shipTo/line1"));

        String orderId = shop.put(number, State.PAID);
        assertThat(arrived(orderId).path("status").asText()).isEqualTo("held");
        soon(() -> assertThat(rejected()).isEmpty());
    }

    /** How often what the shop said of an order was no news. */
    private long duplicates(String orderId) throws Exception {
        return hub.receipts(shop).stream()
                .filter(line -> line.contains(orderId + ",duplicate"))
                .count();
    }

    /** The fields at fault of what is open for this shop. */
    private List<String> rejected() throws Exception {
        List<String> fields = new ArrayList<>();
        for (JsonNode one : hub.get("/v1/exceptions?reason=order-rejected").path("items")) {
            if (one.path("source").asText().equals(name())) {
                one.path("problems")
                        .forEach(problem -> fields.add(problem.path("pointer").asText()));
            }
        }
        return fields;
    }

    @Test
    @Shows(Cell.BUSY)
    void a_shop_that_is_busy_is_asked_when_it_says_and_nothing_is_lost() throws Exception {
        shop.system.answers(1, BUSY, shop::isLook);
        soon(() -> assertThat(shop.system.isCalm()).isTrue());
        int number = hub.number();
        JsonNode order = arrived(shop.put(number, State.PAID));
        assertThat(shop.system.calmFor()).isGreaterThan(Duration.ofMillis(950));

        shop.system.always(BUSY);
        JsonNode labelled = labelled(order);
        shop.system.always(null);
        soon(() -> assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled)));
    }

    @Test
    @Shows(Cell.BROKEN)
    void a_shop_that_is_broken_is_asked_again_and_nothing_is_lost() throws Exception {
        shop.system.answers(2, Reply.of(503, ""), shop::isLook);
        int number = hub.number();
        JsonNode order = arrived(shop.put(number, State.PAID));

        shop.system.always(Reply.of(502, "<html>Bad gateway</html>"));
        JsonNode labelled = labelled(order);
        shop.system.always(null);
        soon(() -> assertThat(shop.numbers(number)).containsExactlyInAnyOrderElementsOf(numbers(labelled)));
    }

    @Test
    @Shows(Cell.CREDENTIALS)
    void a_person_is_told_of_wrong_credentials_until_they_are_right() throws Exception {
        shop.system.always(Reply.of(401, "{}"));
        soon(() -> assertThat(silent()).isTrue());
        String orderId = shop.put(hub.number(), State.PAID);

        shop.system.always(null);
        arrived(orderId);
        soon(() -> assertThat(silent()).isFalse());
    }

    /** What is put on hold in the shop while it waits for its weight waits on when it is weighed. */
    void showsHold(String orderId, Runnable hold, Runnable letGo) throws Exception {
        int before = arrived(orderId).path("revision").asInt();
        hold.run();
        soon(() -> assertThat(hub.order(shop, orderId).path("revision").asInt()).isGreaterThan(before));
        hub.pack(hub.order(shop, orderId));
        assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("held");

        letGo.run();
        soon(() -> assertThat(hub.order(shop, orderId).at("/order/release").asText())
                .isNotEqualTo("hold"));
        hub.pack(hub.order(shop, orderId));
        soon(() -> assertThat(numbers(hub.order(shop, orderId))).isNotEmpty());
    }

    /** The order as it came in. */
    JsonNode arrived(String orderId) throws Exception {
        soon(() -> assertThat(hub.order(shop, orderId).path("id").asText()).startsWith("ord_"));
        return hub.order(shop, orderId);
    }

    JsonNode labelled(JsonNode order) throws Exception {
        hub.pack(order);
        String orderId = order.path("orderId").asText();
        soon(() -> assertThat(numbers(hub.order(shop, orderId))).isNotEmpty());
        return hub.order(shop, orderId);
    }

    static List<String> numbers(JsonNode order) {
        List<String> numbers = new ArrayList<>();
        order.at("/shipments/0/trackingNumbers").forEach(one -> numbers.add(one.asText()));
        return numbers;
    }

    List<String> reasons(String orderId) throws Exception {
        return exceptions(orderId).stream()
                .map(one -> one.path("reason").asText())
                .toList();
    }

    /** What is open about an order. */
    private List<JsonNode> exceptions(String orderId) throws Exception {
        List<JsonNode> open = new ArrayList<>();
        for (JsonNode one : hub.get("/v1/exceptions").path("items")) {
            if (one.path("namespace").asText().equals(name())
                    && one.path("orderId").asText().equals(orderId)) {
                open.add(one);
            }
        }
        return open;
    }

    boolean silent() throws Exception {
        for (JsonNode one : hub.get("/v1/exceptions?reason=source-silent").path("items")) {
            if (one.path("source").asText().equals(name())) {
                return true;
            }
        }
        return false;
    }

    /** Sends what the shop was told of the label once more, as after a lost answer. */
    private void replay(String orderId) throws Exception {
        for (JsonNode one : hub.order(shop, orderId).path("deliveries")) {
            if (one.path("type").asText().equals("order.labelled")) {
                hub.send("POST", "/v1/deliveries/" + one.path("id").asText() + "/replay", "");
            }
        }
    }

    /** Everything there is to tell of an order was taken. */
    boolean told(String orderId) throws Exception {
        for (JsonNode one : hub.order(shop, orderId).path("deliveries")) {
            if (!one.path("state").asText().equals("sent")) {
                return false;
            }
        }
        return true;
    }

    static void soon(ThrowingRunnable fact) {
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(fact);
    }
}
