package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Retention;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.Money;
import io.waybill.order.Content;
import io.waybill.rollout.Price;
import io.waybill.rollout.Pricing;
import io.waybill.rollout.Rollout;
import io.waybill.rollout.ShadowReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sources are only looked at, and what the report says of them. */
abstract class ShadowContract {
    private Rig rig;
    private Rollout rollout;

    @TempDir
    Path folder;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        rollout = new Rollout(rig.ledger, Set.of("acme"), () -> {});
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_source_whose_namespace_is_another_now_is_taken_in_again_once_it_is_switched() {
        rollout.setShadow("old", "strict", true, null, "Ada");
        assertThat(shadowed(Rig.order("SO-1", "1.2")).result()).isEqualTo(Result.SHADOWED);

        rollout.setShadow("acme", "strict", false, null, "Ada");

        assertThat(shadowed(Rig.order("SO-1", "1.2")).result()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void the_orders_of_others_count_from_when_the_source_was_only_looked_at_whether_it_brings_anything_or_not() {
        rollout.setShadow("acme", "strict", true, null, "Ada");
        rig.take(Rig.order("SO-1", "1.2"));

        assertThat(onlyLive(Instant.EPOCH)).isEqualTo("[\"SO-1\"]");

        shadowed(Rig.order("SO-2", "1.2"));
        Instant silent = now();
        rig.take(Rig.order("SO-3", "1.2"));

        assertThat(onlyLive(Instant.EPOCH)).isEqualTo("[\"SO-1\",\"SO-3\"]");
        assertThat(onlyLive(silent)).isEqualTo("[\"SO-3\"]");
        assertThat(report(silent).path("documents").asInt()).isZero();
    }

    @Test
    void a_source_that_is_said_to_be_only_looked_at_once_more_is_compared_from_the_first_time_on() {
        rollout.setShadow("acme", "strict", true, null, "Ada");
        rig.take(Rig.order("SO-1", "1.2"));

        rollout.setShadow("acme", "strict", true, "to be sure", "Bob");

        assertThat(onlyLive(Instant.EPOCH)).isEqualTo("[\"SO-1\"]");
    }

    @Test
    void once_it_is_taken_in_again_they_count_from_its_first_document() {
        rollout.setShadow("acme", "strict", true, null, "Ada");
        shadowed(Rig.order("SO-1", "1.2"));
        rig.take(Rig.order("SO-2", "1.2"));

        rollout.setShadow("acme", "strict", false, null, "Ada");

        assertThat(onlyLive(Instant.EPOCH)).isEqualTo("[\"SO-2\"]");
    }

    @Test
    void orders_from_before_what_is_kept_are_not_missed_in_it() {
        rollout.setShadow("acme", "strict", true, null, "Ada");
        rig.take(Rig.order("SO-1", "1.2"));
        Retention nothing =
                new Retention(Optional.of(Duration.ZERO), Optional.empty(), Optional.empty(), Optional.empty());

        rollout = new Rollout(rig.ledger, Set.of("acme"), nothing, () -> {});

        assertThat(onlyLive(Instant.EPOCH)).isEqualTo("[]");
    }

    @Test
    void a_document_that_comes_again_is_compared_from_then_on() {
        rollout.setShadow("acme", "strict", true, null, "Ada");
        rig.take(Rig.order("SO-1", "1.2"));
        shadowed(Rig.order("SO-1", "1.3"));
        Instant mended = now();
        assertThat(report(mended).path("compared").asInt()).isZero();

        shadowed(Rig.order("SO-1", "1.2"));

        assertThat(report(mended).path("compared").asInt()).isOne();
        assertThat(report(mended).path("agreeing").asInt()).isOne();
        assertThat(onlyLive(mended)).isEqualTo("[]");
    }

    @Test
    void what_would_be_held_is_rated_once_it_has_its_weights() {
        rig.settled(rig.take(Rig.order("SO-1", "1.2")), ShipmentState.LABELLED);
        rig.settled(rig.take(Rig.order("SO-2", "1.2")), ShipmentState.LABELLED);
        rollout.setShadow("acme", "strict", true, null, "Ada");
        shadowed(Rig.order("SO-1", "1.2").put("release", "hold"));
        shadowed(Rig.order("SO-2", null));
        Pricing pricing =
                new Pricing(rig.ledger, order -> Optional.of(new Price("fake", "ground", Money.of("9.00", "USD"))));

        assertThat(pricing.priceSome()).isFalse();

        JsonNode cost = report(Instant.EPOCH).path("cost");
        assertThat(cost.at("/sums/0/orders").asInt()).isOne();
        assertThat(cost.at("/sums/0/shadow").asText()).isEqualTo("9.00");
        assertThat(cost.path("unknown").asInt()).isOne();
    }

    @Test
    void what_is_sent_once_more_is_no_cost_of_the_label_that_is_compared() {
        Taken live = rig.take(Rig.order("SO-1", "1.2"));
        rig.settled(live, ShipmentState.LABELLED);
        AnotherLabel.Wish wish =
                new AnotherLabel.Wish("k", AnotherLabel.Why.RESHIP, false, "", JsonNodeFactory.instance.objectNode());
        rig.anotherLabel.ask(live.orderUid(), wish, Namespaces.ALL, "ops");
        rig.secondSettled(live, ShipmentState.LABELLED);
        rollout.setShadow("acme", "strict", true, null, "Ada");
        shadowed(Rig.order("SO-1", "1.2"));
        new Pricing(rig.ledger, order -> Optional.of(new Price("fake", "ground", Money.of("9.00", "USD")))).priceSome();

        assertThat(report(Instant.EPOCH).at("/cost/sums/0/live").asText()).isEqualTo("8.10");
    }

    private Taken shadowed(ObjectNode order) {
        return rig.take(
                new Submission("strict", "api", order, null, Content.hash(order), null, null, null, false, "Jane"));
    }

    private Instant now() {
        return rig.ledger.read(tx -> tx.now());
    }

    private String onlyLive(Instant since) {
        return report(since).at("/onlyLive/examples").toString();
    }

    private JsonNode report(Instant since) {
        return ShadowReport.of(rollout.comparison(Namespaces.ALL), "strict", "acme", since, Locale.ENGLISH);
    }
}
