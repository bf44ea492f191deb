package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.Api;
import io.waybill.api.InProcess;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.MatchBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.StoryBook;
import io.waybill.order.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's decision over the REST interface: who may, what is wrong with it, and who is named for it. */
class ResolveTest {
    private static final Set<Scope> BUYER = Set.of(Scope.READ, Scope.LABELS_BUY);

    @TempDir
    Path folder;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.C, "8.10");
    private Database database;
    private Rig rig;
    private Access access;

    @BeforeEach
    void start() {
        database = Stores.h2(folder);
        rig = Rig.start(database, FakeCarrier.account("fake", carrier));
        access = Access.open(rig.ledger);
        carrier.script.add(Turn.SELL_AND_LOSE_THE_ANSWER);
    }

    @AfterEach
    void stop() {
        access.close();
        rig.close();
    }

    @Test
    void an_exception_is_resolved_by_the_label_that_was_sold_and_the_story_names_who_said_so() throws Exception {
        Taken taken = underReview("W-1");
        String exception = rig.exceptions().get(0).id();
        String body = """
                {"action": "adopt", "reason": "in the portal", "trackingNumber": "F100000"}""";

        Answer answer = call(BUYER, "/exceptions/" + exception + "/resolve", body);
        Answer again = call(BUYER, "/exceptions/" + exception + "/resolve", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer).path("status").asText()).isEqualTo("labelled");
        assertThat(again.status()).isEqualTo(200);
        List<StoryBook.Entry> story = rig.ledger.read(tx -> tx.story().of(taken.orderUid()));
        assertThat(story)
                .filteredOn(entry -> entry.what().equals("resolved"))
                .extracting(StoryBook.Entry::actor, entry -> entry.detail().contains("in the portal"))
                .containsExactly(tuple("pat", true));
    }

    @Test
    void a_label_named_by_the_carrier_s_number_and_a_tracking_number_is_found_on_a_bill_by_either() throws Exception {
        Taken taken = underReview("W-6");

        Answer answer = call(BUYER, "/orders/" + taken.orderUid() + "/resolve", """
                {"action": "adopt", "reason": "in the portal", "carrierShipment": "F100000", "trackingNumber": "1Z9"}""");

        assertThat(answer.status()).isEqualTo(200);
        List<String> said = List.of("F100000", "1Z9");
        assertThat(rig.ledger.<List<MatchBook.Known>>read(tx -> tx.matches().numbers("fake", said)))
                .extracting(MatchBook.Known::said, MatchBook.Known::shipment)
                .containsExactlyInAnyOrder(
                        tuple("F100000", rig.shipment(taken).id()),
                        tuple("1Z9", rig.shipment(taken).id()));
    }

    @Test
    void buying_anyway_takes_a_scope_of_its_own() throws Exception {
        Taken taken = underReview("W-2");
        String path = "/orders/" + taken.orderUid() + "/resolve";
        String body = """
                {"action": "buy-anyway", "reason": "the truck leaves"}""";

        Answer refused = call(BUYER, path, body);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(detail(refused)).contains("labels:buy-anyway");
        assertThat(carrier.asked).hasSize(1);

        Answer bought = call(Set.of(Scope.LABELS_BUY, Scope.LABELS_BUY_ANYWAY, Scope.READ), path, body);
        assertThat(bought.status()).isEqualTo(200);
        assertThat(json(bought).path("status").asText()).isEqualTo("labelled");
        assertThat(rig.exceptions()).extracting(row -> row.reason()).containsExactly("bought-anyway");
    }

    @Test
    void why_it_is_decided_is_not_kept_with_an_order_that_was_forgotten_before() throws Exception {
        Taken taken = underReview("W-9");
        String path = "/orders/" + taken.orderUid() + "/resolve";
        assertThat(call(BUYER, path, """
                {"action": "adopt", "reason": "in the portal", "trackingNumber": "F100000"}""").status()).isEqualTo(200);
        new Erasure(rig.ledger).order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        call(Set.of(Scope.READ, Scope.LABELS_BUY, Scope.LABELS_VOID), path, """
                {"action": "void-and-rebuy", "reason": "Jane Roe called"}""");

        assertThat(rig.ledger.<List<StoryBook.Entry>>read(tx -> tx.story().of(taken.orderUid())))
                .filteredOn(entry -> entry.what().equals("resolved"))
                .last()
                .satisfies(entry ->
                        assertThat(entry.detail()).contains("void-and-rebuy").doesNotContain("Jane"));
    }

    @Test
    void what_is_wrong_with_a_decision_is_said_and_nothing_is_done() throws Exception {
        Taken taken = underReview("W-3");
        String path = "/orders/" + taken.orderUid() + "/resolve";

        assertThat(wrong(path, """
                {"action": "guess", "reason": "x"}""")).startsWith("422").contains("adopt, void-and-rebuy");
        assertThat(wrong(path, """
                {"action": "adopt"}""")).startsWith("422").contains("reason is missing");
        assertThat(wrong(path, """
                {"action": "adopt", "reason": "x"}""")).startsWith("422").contains("must be given");
        assertThat(wrong(path, """
                {"action": "adopt", "reason": "x", "number": "F1"}""")).startsWith("422").contains("no field \\\"number\\\"");
        assertThat(wrong(path, """
                {"action": "void-and-rebuy", "reason": "x"}""")).startsWith("403").contains("labels:void");
        assertThat(wrong("/orders/ord_0/resolve", """
                {"action": "adopt", "reason": "x"}""")).startsWith("404");
        assertThat(wrong("/exceptions/exc_0/resolve", """
                {"action": "adopt", "reason": "x"}""")).startsWith("404");
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.REVIEW);
    }

    @Test
    void accounts_of_other_namespaces_are_not_named_where_its_own_is_gone_from_the_settings() throws Exception {
        rig.close();
        rig = Rig.start(database, account("fake", "acme"), account("gone", "acme"));
        Taken taken = rig.take(Rig.order("W-5", "1").put("account", "gone"));
        rig.settled(taken, ShipmentState.REVIEW);
        rig.close();
        rig = Rig.start(database, account("fake", "acme"), account("others", "globex"));

        assertThat(wrong("/orders/" + taken.orderUid() + "/resolve", """
                {"action": "adopt", "reason": "x", "trackingNumber": "F9"}"""))
                .contains("unknown-account", "one of: fake\"");
    }

    private Account account(String name, String namespace) {
        return new Account(name, "fake", carrier, Set.of(namespace), 4, Duration.ofMillis(50), "on_creation", false);
    }

    @Test
    void an_order_that_stands_well_has_nothing_to_resolve() throws Exception {
        carrier.script.clear();
        Taken taken = rig.take(Rig.order("W-4", "1"));
        rig.settled(taken, ShipmentState.LABELLED);

        assertThat(wrong("/orders/" + taken.orderUid() + "/resolve", """
                {"action": "adopt", "reason": "x", "trackingNumber": "F9"}"""))
                .startsWith("409")
                .contains("is labelled, there is no unknown purchase");
    }

    @Test
    void the_audit_is_for_administrators_and_counts_what_it_saw() throws Exception {
        assertThat(call(BUYER, "/purchases/audit", "").status()).isEqualTo(403);
        Answer audited = call(Set.of(Scope.ADMIN), Namespaces.ALL, "/purchases/audit", "");
        assertThat(json(audited).path("complete").asBoolean()).isTrue();
        assertThat(json(audited).path("shipments").asInt()).isZero();
    }

    private Taken underReview(String number) {
        Taken taken = rig.take(Rig.order(number, "1"));
        rig.settled(taken, ShipmentState.REVIEW);
        return taken;
    }

    private String wrong(String path, String body) throws Exception {
        Answer answer = call(BUYER, path, body);
        return answer.status() + " " + json(answer).path("errors");
    }

    private static String detail(Answer answer) throws Exception {
        return json(answer).path("detail").asText();
    }

    private static JsonNode json(Answer answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }

    private Answer call(Set<Scope> scopes, String path, String body) {
        return call(scopes, Namespaces.of(Set.of("acme")), path, body);
    }

    private Answer call(Set<Scope> scopes, Namespaces namespaces, String path, String body) {
        Caller caller =
                new Caller("pat", Optional.empty(), scopes, namespaces, true, Optional.empty(), Optional.empty());
        Api api = rig.api(new Accounts(List.of()), access, null);
        return new InProcess(api.resources(2), caller)
                .call("post", path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }
}
