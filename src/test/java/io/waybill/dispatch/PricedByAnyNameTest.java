package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Choice;
import io.waybill.ledger.Ledger;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service has a word of ours and a code of its carrier's; whoever names it by either is told its price. */
class PricedByAnyNameTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    @TempDir
    Path sheet;

    private Ledger ledger;
    private Rating rating;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(sheet.resolve("services.csv"), "service,currency,days\nground,USD,3\nexpress,USD,1\n");
        Files.writeString(sheet.resolve("zones.csv"), "country,postal,zone,from_postal\nUS,,all,\n");
        Files.writeString(
                sheet.resolve("rates.csv"),
                "service,up_to_kg,valid_from,all\nground,5,2020-01-01,8.00\nexpress,5,2020-01-01,20.00\n");
        Settings settings = Settings.of(
                "account.ups.adapter=ups\naccount.ups.mode=test\naccount.ups.number=X12345\naccount.ups.clientId=env:UPS_ID\n"
                        + "account.ups.clientSecret=env:UPS_SECRET\naccount.ups.rateSheet=" + sheet + "\n",
                Map.of("UPS_ID", "id", "UPS_SECRET", "secret"));
        ledger = OneOrder.ledger();
        rating = new Rating(ledger, new Accounts(settings.section("account"), new Carriers()), SETTINGS);
    }

    @AfterEach
    void stop() {
        rating.close();
        ledger.close();
    }

    @Test
    void what_is_named_by_the_carriers_code_has_the_price_of_our_word_and_keeps_its_name() {
        assertThat(told("ground")).isEqualTo("ground 8.00 USD");
        assertThat(told("03")).isEqualTo("03 8.00 USD");
        assertThat(told("07")).isEqualTo("07 20.00 USD");
        assertThat(told("54")).isEqualTo("no price");
    }

    @Test
    void prices_that_are_compared_name_what_the_rules_choose_today() {
        Compared compared = rating.compare(order(), new Choice.Fixed("ups", "ups", "07", "service map"));

        Quoted today = compared.today();
        assertThat(today).isNotNull();
        assertThat(String.valueOf(today.rate().total())).isEqualTo("20.00 USD");
    }

    @Test
    void a_service_nobody_prices_says_whose_price_is_missing() {
        assertThat(rating.price(order(), new Choice.Fixed("ups", "ups", "54", "service map"))
                        .get()
                        .why())
                .extracting(Object::toString)
                .containsExactly("ups has no price for it");
    }

    private String told(String service) {
        Quoted quoted = rating.price(order(), new Choice.Fixed("ups", "ups", service, "service map"))
                .get()
                .quoted();
        return quoted == null
                ? "no price"
                : quoted.rate().service() + " " + quoted.rate().total();
    }

    static Order order() {
        String address = "\"line1\":\"1 Main St\",\"city\":\"Austin\",\"state\":\"TX\",\"postalCode\":\"78701\","
                + "\"country\":\"US\"}";
        String json = "{\"orderId\":\"SO-1\",\"namespace\":\"acme\",\"shipTo\":{\"name\":\"Jane\"," + address
                + ",\"shipFrom\":{\"name\":\"Depot\"," + address
                + ",\"parcels\":[{\"weight\":{\"value\":1,\"unit\":\"kg\"}}]}";
        Orders orders = new Orders();
        return orders.read(orders.parse(json.getBytes(UTF_8)));
    }
}
