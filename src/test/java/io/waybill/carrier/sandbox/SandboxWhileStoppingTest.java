package io.waybill.carrier.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Samples;
import io.waybill.faults.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that stops finishes its open purchases, and the sandbox beside it may draw its first label then. */
class SandboxWhileStoppingTest {
    @TempDir
    Path folder;

    @Test
    void a_first_label_that_cannot_be_drawn_any_more_is_answered_and_keeps_no_buyer_waiting() throws Exception {
        Path log = folder.resolve("log.txt");
        String book = folder.resolve("book.jsonl").toString();
        try (ChildJvm hub = ChildJvm.start(Stopping.class, log, Map.of(), book)) {
            hub.waitFor(60);
        }
        assertThat(Files.readString(log)).contains("the answer: ").doesNotContain("no whole answer");
    }

    /** Buys once it stops. */
    static final class Stopping {
        private Stopping() {}

        public static void main(String[] arguments) throws IOException {
            SandboxServer server = SandboxServer.start(Path.of(arguments[0]), 0, SandboxPace.DEFAULT);
            SandboxCarrier carrier = new SandboxCarrier(new SandboxSettings(
                    server.url(), SandboxServer.DEFAULT_TOKEN, Duration.ofSeconds(10), Duration.ofSeconds(10), 1));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.out.println(
                            "the answer: " + carrier.buy(carrier.prepare(Samples.shipment(), Samples.ref())))));
            System.exit(0);
        }
    }
}
