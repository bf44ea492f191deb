package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
    private final Terminal terminal = new Terminal(
            Locale.ENGLISH, new PrintWriter(new StringWriter(), true), new PrintWriter(new StringWriter(), true));

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
