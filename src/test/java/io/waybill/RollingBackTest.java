package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Channel;
import io.waybill.ledger.Stores;
import io.waybill.order.Content;
import io.waybill.rollout.Moment;
import io.waybill.rollout.Rollout;
import io.waybill.rollout.Wanted;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A boundary that was moved goes back to where it was. */
class RollingBackTest {
    private static final String NOVEMBER_30 = "2026-11-30T12:00:00Z";
    private static final String DECEMBER_2 = "2026-12-02T12:00:00Z";

    @TempDir
    Path folder;

    private Rig rig;
    private Rollout rollout;

    @BeforeEach
    void start() {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        rollout = new Rollout(rig.ledger, Set.of("acme"), () -> {});
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_boundary_that_was_moved_to_later_is_where_it_was_once_that_is_rolled_back() {
        cutOver("2026-12-01T00:00:00Z");
        cutOver("2026-12-08T00:00:00Z");

        rollout.rollBackChannels("acme", null, null, "Ada");

        standsAtTheFirstOfDecember();
    }

    @Test
    void and_so_is_one_that_was_moved_to_earlier() {
        cutOver("2026-12-01T00:00:00Z");
        cutOver("2026-11-24T00:00:00Z");

        rollout.rollBackChannels("acme", null, null, "Ada");

        standsAtTheFirstOfDecember();
    }

    @Test
    void what_is_switched_twice_alike_is_one_change() {
        cutOver("2026-12-01T00:00:00Z");
        cutOver("2026-12-01T00:00:00Z");

        rollout.rollBackChannels("acme", null, null, "Ada");

        assertThat(answer("upload", "SO-1", DECEMBER_2)).isEqualTo("ACCEPTED");
        assertThat(answer("api", "SO-2", DECEMBER_2)).isEqualTo("channel-read-only");
    }

    @Test
    void a_channel_that_was_made_read_only_twice_takes_orders_again() {
        rollout.setChannels("acme", Map.of(Channel.API, new Wanted(null, null, true)), null, "Ada");
        rollout.setChannels("acme", Map.of(Channel.API, new Wanted(null, null, true)), "once more", "Bob");

        rollout.rollBackChannels("acme", null, null, "Ada");

        assertThat(answer("api", "SO-1", DECEMBER_2)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_channel_that_is_left_as_it_was_has_nothing_to_roll_back() {
        rollout.setChannels("acme", Map.of(Channel.API, new Wanted(null, null, false)), null, "Ada");

        assertThatThrownBy(() -> rollout.rollBackChannels("acme", null, null, "Ada"))
                .hasMessageContaining("roll back");
        assertThat(answer("api", "SO-1", DECEMBER_2)).isEqualTo("ACCEPTED");
    }

    private void standsAtTheFirstOfDecember() {
        assertThat(answer("upload", "SO-1", NOVEMBER_30)).isEqualTo("ACCEPTED");
        assertThat(answer("upload", "SO-2", DECEMBER_2)).isEqualTo("channel-closed");
        assertThat(answer("api", "SO-3", NOVEMBER_30)).isEqualTo("channel-not-open");
        assertThat(answer("api", "SO-4", DECEMBER_2)).isEqualTo("ACCEPTED");
    }

    private void cutOver(String at) {
        Moment boundary = Moment.read(at, "");
        rollout.setChannels(
                "acme",
                Map.of(
                        Channel.EXCEL, new Wanted(null, boundary, false),
                        Channel.API, new Wanted(boundary, null, false)),
                null,
                "Ada");
    }

    private String answer(String channel, String orderId, String placedAt) {
        ObjectNode order = Rig.order(orderId, "1.2").put("placedAt", placedAt);
        Taken taken = rig.take(
                new Submission("erp", channel, order, null, Content.hash(order), null, null, null, false, "Jane"));
        return taken.problems().isEmpty()
                ? taken.result().name()
                : taken.problems().get(0).code();
    }
}
