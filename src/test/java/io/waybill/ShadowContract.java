package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Database;
import io.waybill.order.Content;
import io.waybill.rollout.Rollout;
import java.nio.file.Path;
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

    private Taken shadowed(ObjectNode order) {
        return rig.take(
                new Submission("strict", "api", order, null, Content.hash(order), null, null, null, false, "Jane"));
    }
}
