package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a person at a terminal is told while the hub does not answer as it should. */
class ImportScreenTest {
    private final StringWriter said = new StringWriter();
    private final Terminal terminal =
            new Terminal(Locale.ENGLISH, new PrintWriter(said, true), new PrintWriter(new StringWriter(), true));

    /** Answers one after the other, whatever it is asked. */
    private record Answers(Queue<Reply> replies) implements Desk {
        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Reply call(String verb, String path, byte[] body, Locale language) {
            return replies.remove();
        }

        @Override
        public Reply upload(String path, Path file, Locale language) {
            return replies.remove();
        }

        @Override
        public Reply download(String path, Path target, Locale language) {
            return replies.remove();
        }

        @Override
        public void close() {}
    }

    @Test
    void a_hub_that_is_busy_for_a_moment_is_asked_again() throws InterruptedException {
        assertThat(screen(reply(503, "none"), reply(429, "none"), reply(200, "done"))
                        .settled(batch("taking"))
                        .path("state")
                        .asText())
                .isEqualTo("done");
    }

    @Test
    void a_batch_that_cannot_be_asked_after_is_not_taken_for_one_that_is_done() {
        assertThatThrownBy(() -> screen(reply(404, "none")).settled(batch("taking")))
                .isInstanceOf(Answered.Refused.class);
        assertThatThrownBy(() -> screen(reply(403, "none")).told(batch("done"))).isInstanceOf(Answered.Refused.class);
    }

    @Test
    void a_look_that_found_nothing_good_offers_nothing_to_be_bought() {
        screen().found(looked(0, 1, 0), "orders.csv", "acme-desk", true);

        assertThat(said.toString())
                .contains("Orders: 1; 0 good, 1 bad", "Nothing was bought.")
                .doesNotContain("--commit", "cost");
    }

    @Test
    void orders_that_all_wait_for_a_weight_have_no_sum() {
        screen().found(looked(2, 0, 2), "orders.csv", "acme-desk", true);

        assertThat(said.toString())
                .contains("Waiting for a weight, a date or a person: 2", "--source acme-desk --commit")
                .doesNotContain("cost");
    }

    private static ObjectNode looked(int good, int bad, int held) {
        ObjectNode batch =
                JsonNodeFactory.instance.objectNode().put("id", "bat_1").put("state", "checked");
        batch.putObject("progress").put("documents", good + bad);
        ObjectNode look =
                batch.putObject("dryRun").put("bad", bad).put("held", held).put("unpriced", 0);
        look.putObject("results").put("accepted", good);
        look.putArray("totals");
        return batch;
    }

    private ImportScreen screen(Desk.Reply... replies) {
        return new ImportScreen(new Answers(new ArrayDeque<>(List.of(replies))), terminal);
    }

    private static Desk.Reply reply(int status, String state) {
        return new Desk.Reply(status, batch(state));
    }

    private static JsonNode batch(String state) {
        return JsonNodeFactory.instance.objectNode().put("id", "bat_1").put("state", state);
    }
}
