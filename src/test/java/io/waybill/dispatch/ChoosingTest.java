package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoosingTest {
    private static final String RULES = """
            rules=heavy-goes-freight,islands-go-post
            rule.heavy-goes-freight.minWeight=30kg
            rule.heavy-goes-freight.account=freight
            rule.heavy-goes-freight.use=pallet
            rule.islands-go-post.countries=PR,GU
            rule.islands-go-post.use=cheapest
            service.ground=parcel:ground
            service.express=parcel:air
            """;

    private final Accounts accounts = new Accounts(List.of(
            account("parcel", "ups", Set.of()),
            account("freight", "dhl", Set.of()),
            account("globex-only", "ups", Set.of("globex"))));

    @Test
    void the_service_map_says_what_the_hubs_words_mean() {
        assertThat(choose(order("\"service\":\"express\"", "1 kg", "US")))
                .isEqualTo(new Choice.Fixed("parcel", "ups", "air", "service map"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"countries=US,USA", "countries=UK", "services=ground,grond", "services=Express"})
    void a_rule_that_waits_for_what_no_order_says_is_refused_by_its_key(String condition) {
        assertThatThrownBy(() -> Choosing.read(
                        Settings.of("rules=far\nrule.far.use=cheapest\nrule.far." + condition + "\n")
                                .section(""),
                        accounts))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("waybill.properties:3")
                .hasMessageContaining("rule.far." + condition.replaceFirst("=.*,|=", "=\"") + "\" cannot be used");
    }

    @Test
    void a_rule_may_wait_for_whatever_an_order_may_say() {
        assertThatCode(() -> Choosing.read(
                        Settings.of("rules=far\nrule.far.use=cheapest\nrule.far.countries=US, xk, AC\n"
                                        + "rule.far.services=overnight, ups:03, fastest\n")
                                .section(""),
                        accounts))
                .doesNotThrowAnyException();
    }

    @Test
    void an_order_without_a_service_goes_ground() {
        assertThat(choose(order("", "1 kg", "US")))
                .isEqualTo(new Choice.Fixed("parcel", "ups", "ground", "service map"));
    }

    @Test
    void the_first_rule_that_speaks_decides() {
        assertThat(choose(order("\"service\":\"ground\"", "66.2 lb", "PR")))
                .isEqualTo(new Choice.Fixed("freight", "dhl", "pallet", "heavy-goes-freight"));
        assertThat(choose(order("\"service\":\"ground\"", "1 kg", "PR")))
                .isEqualTo(new Choice.Compare("cheapest", "islands-go-post"));
    }

    @Test
    void a_rule_for_ground_holds_for_an_order_without_a_service_and_one_for_countries_however_they_are_written() {
        Choosing choosing = Choosing.read(
                Settings.of(
                                "rules=road,islands\nrule.road.services=ground\nrule.road.countries=us\nrule.road.use=fastest\n"
                                        + "rule.islands.countries=pr\nrule.islands.use=cheapest\nservice.ground=parcel:ground\n")
                        .section(""),
                accounts);

        assertThat(choosing.choose(order("", "1 kg", "US"), "acme")).isEqualTo(new Choice.Compare("fastest", "road"));
        assertThat(choosing.choose(order("\"service\":\"ground\"", "1 kg", "PR"), "acme"))
                .isEqualTo(new Choice.Compare("cheapest", "islands"));
    }

    @Test
    void a_rule_may_prefer_within_so_many_days_and_its_words_are_checked() {
        Choosing choosing = Choosing.read(
                Settings.of("rules=soon\nrule.soon.use=cheapest within 3 days\n")
                        .section(""),
                accounts);

        assertThat(choosing.choose(order("", "1 kg", "US"), "acme"))
                .isEqualTo(new Choice.Compare("cheapest within 3 days", "soon"));
        assertThatThrownBy(() -> Choosing.read(
                        Settings.of("rules=soon\nrule.soon.use=cheapest in 3 days\n")
                                .section(""),
                        accounts))
                .hasMessageContaining("waybill.properties:2")
                .hasMessageContaining("cheapest within 3 days");
    }

    @Test
    void no_rule_and_no_account_of_another_namespace_is_named_to_an_order_that_nobody_can_ship() {
        Choosing choosing = Choosing.read(Settings.of("""
                                rules=own,globex-secret,globex-deal,everyones
                                rule.own.namespaces=acme
                                rule.own.countries=PR
                                rule.own.use=cheapest
                                rule.globex-secret.namespaces=globex
                                rule.globex-secret.use=cheapest
                                rule.globex-deal.account=globex-only
                                rule.globex-deal.use=air
                                rule.everyones.minWeight=30kg
                                rule.everyones.use=cheapest
                                """).section(""), accounts);

        Choice.Nobody nobody = (Choice.Nobody) choosing.choose(order("", "1 kg", "US"), "acme");
        assertThat(nobody.problem().toString()).contains("own", "everyones").doesNotContain("globex");
        assertThat(nobody.problem().hint(Locale.CHINESE))
                .contains("rules=own,everyones")
                .doesNotContain("order", "map");
    }

    @Test
    void what_the_order_names_comes_before_every_rule() {
        assertThat(choose(order("\"service\":\"dhl:sprinter\"", "1 kg", "PR")))
                .isEqualTo(new Choice.Fixed("freight", "dhl", "sprinter", "the order names its carrier"));
        assertThat(choose(order("\"account\":\"freight\",\"service\":\"express\"", "1 kg", "US")))
                .isEqualTo(new Choice.Fixed("freight", "dhl", "express", "the order names its account"));
    }

    @Test
    void the_account_an_order_names_is_no_others_business_where_it_asks_for_the_cheapest_of_it() {
        assertThat(choose(order("\"account\":\"parcel\",\"service\":\"cheapest\"", "40 kg", "US")))
                .isEqualTo(new Choice.Compare("cheapest", "compare prices"));
        assertThat(choose(order("\"account\":\"freight\",\"service\":\"cheapest\"", "40 kg", "US")))
                .isEqualTo(new Choice.Fixed("freight", "dhl", "pallet", "heavy-goes-freight"));
    }

    @Test
    void a_carrier_the_order_names_is_taken_for_no_other_unless_a_rule_names_it_too() {
        Choosing choosing = Choosing.read(
                Settings.of("rules=air,all\nrule.air.services=usps:air\nrule.air.use=fastest\nrule.all.use=cheapest\n")
                        .section(""),
                accounts);

        assertThat(choosing.choose(order("\"service\":\"usps:ground\"", "1 kg", "US"), "acme"))
                .isInstanceOfSatisfying(
                        Choice.Nobody.class,
                        nobody -> assertThat(nobody.problem().toString()).contains("usps:ground"));
        assertThat(choosing.choose(order("\"service\":\"usps:air\"", "1 kg", "US"), "acme"))
                .isEqualTo(new Choice.Compare("fastest", "air"));
        assertThat(choosing.choose(order("\"service\":\"shop:standard\"", "1 kg", "US"), "acme"))
                .isEqualTo(new Choice.Compare("cheapest", "all"));
    }

    @Test
    void an_account_of_another_namespace_does_not_exist() {
        Choice choice = choose(order("\"account\":\"globex-only\"", "1 kg", "US"));

        assertThat(choice)
                .isInstanceOfSatisfying(
                        Choice.Nobody.class,
                        nobody -> assertThat(nobody.problem().toString()).contains("globex-only", "freight, parcel"));
    }

    @Test
    void a_service_nobody_knows_is_told_with_the_rules_that_were_asked() {
        Choice choice = choose(order("\"service\":\"overnight\"", "1 kg", "US"));

        assertThat(choice)
                .isInstanceOfSatisfying(
                        Choice.Nobody.class,
                        nobody -> assertThat(nobody.problem().toString())
                                .contains("overnight", "heavy-goes-freight", "service map"));
    }

    @Test
    void a_word_no_order_can_say_is_refused_by_its_line_and_every_other_is_taken() {
        assertThatThrownBy(() -> Choosing.read(
                        Settings.of("service.ground=parcel:ground\nservice.twoday=parcel:air\n")
                                .section(""),
                        accounts))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("waybill.properties:2")
                .hasMessageContaining("no order can name the service \"twoday\"")
                .hasMessageContaining("economy");
        assertThatCode(() -> Choosing.read(
                        Settings.of("service.cheapest=parcel:ground\nservice.overnight=parcel:air\n")
                                .section(""),
                        accounts))
                .doesNotThrowAnyException();
    }

    @Test
    void a_rule_or_service_that_names_no_account_is_refused_by_its_line() {
        assertThatThrownBy(() -> Choosing.read(
                        Settings.of("service.ground=parcl:ground\n").section(""), accounts))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("waybill.properties:1")
                .hasMessageContaining("parcel");
        assertThatThrownBy(() -> Choosing.read(
                        Settings.of("rules=heavy\nrule.heavy.minWeight=many\nrule.heavy.use=cheapest\n")
                                .section(""),
                        accounts))
                .hasMessageContaining("waybill.properties:2")
                .hasMessageContaining("30kg");
    }

    private Choice choose(Order order) {
        return Choosing.read(Settings.of(RULES).section(""), accounts).choose(order, "acme");
    }

    private static Account account(String name, String carrier, Set<String> namespaces) {
        return new Account(
                name,
                carrier,
                new FakeCarrier(IdempotencyClass.A, "5"),
                namespaces,
                1,
                Duration.ofSeconds(1),
                "on_creation",
                false);
    }

    private static Order order(String fields, String weight, String country) {
        String[] parts = weight.split(" ");
        String state =
                country.equals("US") ? "\"state\":\"TX\",\"postalCode\":\"78701\"," : "\"postalCode\":\"00901\",";
        String json = "{\"orderId\":\"SO-1\"," + (fields.isEmpty() ? "" : fields + ",")
                + "\"shipTo\":{\"name\":\"Jane\",\"line1\":\"1 Main St\",\"city\":\"San Juan\"," + state
                + "\"country\":\"" + country
                + "\"},\"parcels\":[{\"weight\":{\"value\":" + parts[0] + ",\"unit\":\"" + parts[1] + "\"}}]}";
        Orders orders = new Orders();
        return orders.read(orders.parse(json.getBytes(UTF_8)));
    }
}
