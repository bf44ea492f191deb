package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {

    @Test
    void while_every_worker_waits_probes_are_answered_and_nobody_is_cut_off(@TempDir Path folder) throws Exception {
        try (RunningHub hub = new RunningHub(folder, """
                waybill.http.workers=2
                waybill.http.headerTimeout=2s
                waybill.http.bodyTimeout=2s
                """)) {
            List<CompletableFuture<HttpResponse<Void>>> calls = Stream.generate(() -> RunningHub.CLIENT.sendAsync(
                            hub.to("/v1/wait").build(), HttpResponse.BodyHandlers.discarding()))
                    .limit(3)
                    .toList();
            await().until(() -> hub.handled.get() == 2);
            assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
            await("the third call has no worker")
                    .during(Duration.ofMillis(2500))
                    .until(() -> hub.handled.get() == 2);
            hub.released.countDown();
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(204));
            assertThat(calls.get(0).join().headers().map())
                    .as("RFC 9110: a 204 states no length")
                    .doesNotContainKeys("content-length", "transfer-encoding", "content-type");
        }
    }
}
