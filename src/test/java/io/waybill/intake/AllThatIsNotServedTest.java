package io.waybill.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.format.Document;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever corrects an order is told all of it at once: bad fields, an account there is not, no sender, no day to wait for. */
class AllThatIsNotServedTest {
    private static final String PARCELS = "\"parcels\": [{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}]";
    private static final String FROM =
            "\"shipFrom\": {\"name\": \"Depot\", \"line1\": \"1 Rd\", \"city\": \"Austin\", \"state\": \"TX\", \"postalCode\": \"78701\", \"country\": \"US\"}";

    private final Orders orders = new Orders();

    @Test
    void it_is_told_beside_a_field_that_is_wrong() {
        assertThat(problems("7870", "\"account\": \"nobody\", \"release\": \"shipDate\", " + PARCELS))
                .containsExactly(
                        "/shipTo/postalCode bad-postal-code",
                        "/shipFrom no-sender",
                        "/account unknown-account",
                        "/options/shipDate missing-field");
    }

    @Test
    void it_is_told_together_where_every_field_is_good() {
        assertThat(problems("78701", "\"account\": \"nobody\", \"release\": \"shipDate\", " + PARCELS))
                .containsExactlyInAnyOrder(
                        "/shipFrom no-sender", "/account unknown-account", "/options/shipDate missing-field");
    }

    @Test
    void what_cannot_be_read_is_told_once_and_what_is_there_not_at_all() {
        assertThat(problems(
                        "7870",
                        "\"account\": \"sandbox\", \"release\": \"shipDate\", " + FROM + ", " + PARCELS
                                + ", \"options\": {\"shipDate\": \"2026-13-45\"}"))
                .containsExactlyInAnyOrder("/shipTo/postalCode bad-postal-code", "/options/shipDate bad-date");
        assertThat(problems("78701", "\"account\": {\"name\": \"nobody\"}, \"shipFrom\": [], " + PARCELS))
                .containsExactlyInAnyOrder("/account wrong-type", "/shipFrom wrong-type");
        assertThat(problems("78701", "\"account\": \"shop\", \"namespace\": \"no name\", " + FROM + ", " + PARCELS))
                .as("whose account it is nobody knows")
                .containsExactly("/namespace bad-name");
    }

    @Test
    void a_service_nobody_sells_is_told_beside_fields_that_do_not_decide_it() {
        String sold = "\"service\": \"nobody:air\", " + FROM;

        assertThat(problems("7870", sold + ", " + PARCELS))
                .containsExactly("/shipTo/postalCode bad-postal-code", "/service no-account-for-service");
        assertThat(problems("7870", sold + ", " + PARCELS + ", \"items\": 1, \"colour\": \"red\""))
                .containsExactlyInAnyOrder(
                        "/shipTo/postalCode bad-postal-code",
                        "/items wrong-type",
                        "/colour unknown-field",
                        "/service no-account-for-service");
        assertThat(problems("7870", sold + ", \"parcels\": [{\"weight\": {\"value\": -1, \"unit\": \"kg\"}}]"))
                .as("a rule may look at the weight")
                .doesNotContain("/service no-account-for-service");
    }

    @Test
    void a_service_nobody_sells_is_told_beside_what_a_mapping_found_too(@TempDir Path folder) throws IOException {
        assertThat(mapped(folder, "nobody:air", "US", "two"))
                .containsExactly("/items/0/quantity NOT_A_WHOLE_NUMBER", "/service no-account-for-service");
        assertThat(mapped(folder, "nobody:air", "Utopia", "2"))
                .as("a rule may look at the country")
                .containsExactly("/shipTo/country NOT_A_COUNTRY");
        assertThat(mapped(folder, "nobody:air", "", "two"))
                .as("and nobody knows where to")
                .containsExactly("/items/0/quantity NOT_A_WHOLE_NUMBER", "/shipTo/country REQUIRED");
    }

    @Test
    void what_a_service_is_bought_by_is_open_where_a_mapping_tells_no_more_of_what_it_found(@TempDir Path folder)
            throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("shop")).resolve("mapping.yaml"), """
                mapping: shop
                version: 1
                writes: order/1
                reads: { format: json }
                fields:
                  orderId: { const: SO-1 }
                  service: { const: "nobody:air" }
                  shipTo.name: { const: Jane Roe }
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: { const: TX }
                  shipTo.postalCode: { const: "78701" }
                  shipTo.country: { const: US }
                  items[]: { each: lines, fields: { sku: { const: MUG }, quantity: { from: qty, int: true } } }
                  account: { from: pays, lookup: accounts }
                lookups: { accounts: { values: { acme: sandbox } } }
                """);
        String lines = String.join(", ", Collections.nCopies(100, "{\"qty\": \"two\"}"));

        assertThat(mapped(folder, "{\"pays\": \"who\", \"lines\": [%s]}".formatted(lines)))
                .hasSize(100)
                .allMatch(told -> told.endsWith("NOT_A_WHOLE_NUMBER"));
    }

    @Test
    void an_order_that_waits_for_its_weight_needs_no_day_yet() {
        assertThat(problems("7870", "\"release\": \"shipDate\", " + FROM))
                .containsExactly("/shipTo/postalCode bad-postal-code");
    }

    private List<String> problems(String postalCode, String more) {
        JsonNode order = orders.parse("""
                {"orderId": "SO-1", %s,
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "%s", "country": "US"}}""".formatted(more, postalCode).getBytes(UTF_8));
        Sources sources = new Sources(Settings.of(""));
        Checking checking = checking(sources);
        Submission submission = new Submission("local", "api", order, null, "body", null, null, null, false, "Jane");
        return catchThrowableOfType(
                        ProblemException.class, () -> checking.draft(submission, sources.get(Sources.LOCAL)))
                .problems()
                .stream()
                .map(problem -> problem.pointer() + " " + problem.code())
                .toList();
    }

    private static Checking checking(Sources sources) {
        return new Checking(
                new Orders(), sources, new Planner(new OfTheSandbox()), Spending.read(Settings.of("")), Originals.NONE);
    }

    private List<String> mapped(Path folder, String service, String country, String quantity) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("shop")).resolve("mapping.yaml"), """
                mapping: shop
                version: 1
                writes: order/1
                reads: { format: json }
                fields:
                  orderId: { const: SO-1 }
                  service: svc
                  shipTo.name: { const: Jane Roe }
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: { const: TX }
                  shipTo.postalCode: { const: "78701" }
                  shipTo.country: { from: to, country: alpha2 }
                  parcels[0].weight: { from: kg, unit: kg }
                  items[0].sku: { const: MUG }
                  items[0].quantity: { from: qty, int: true }
                """);
        return mapped(
                folder,
                "{\"svc\": \"%s\", \"to\": \"%s\", \"qty\": \"%s\", \"kg\": 1.2}"
                        .formatted(service, country, quantity));
    }

    private List<String> mapped(Path folder, String sent) {
        Mappings mappings = Mappings.load(folder, ShippedTargets::of);
        Sources sources = new Sources(Settings.of(""));
        Translating translating = new Translating(sources, mappings, Map.of(), checking(sources)::unsold);
        JsonNode document = orders.parse(sent.getBytes(UTF_8));
        return catchThrowableOfType(
                        ProblemException.class, () -> translating.map(Sources.LOCAL, "shop", Document.of(document)))
                .problems()
                .stream()
                .map(problem -> problem.pointer() + " " + problem.code())
                .toList();
    }

    /** Knows one account. */
    private static final class OfTheSandbox implements Chooser {
        @Override
        public Choice choose(Order order, String namespace) {
            return Optional.ofNullable(order.account())
                    .flatMap(account -> unknown(account, namespace))
                    .or(() -> Optional.ofNullable(order.service())
                            .filter(service -> service.startsWith("nobody:"))
                            .map(service -> Problem.of(OrderCode.NO_ACCOUNT_FOR_SERVICE, "service", service)
                                    .at("/service")))
                    .<Choice>map(Choice.Nobody::new)
                    .orElseGet(() -> new Choice.Fixed("sandbox", "sandbox", "ground", "the only one"));
        }

        @Override
        public Optional<Problem> unknown(String account, String namespace) {
            return account.equals("sandbox")
                    ? Optional.empty()
                    : Optional.of(Problem.of(OrderCode.UNKNOWN_ACCOUNT, "account", account, "known", "sandbox")
                            .at("/account"));
        }
    }
}
