package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {

    @Test
    void probes_are_answered_while_every_worker_waits(@TempDir Path folder) throws Exception {
        try (RunningHub hub = new RunningHub(folder, "waybill.http.workers=2")) {
            List<CompletableFuture<HttpResponse<Void>>> calls = Stream.generate(() -> RunningHub.CLIENT.sendAsync(
                            hub.to("/v1/wait").build(), HttpResponse.BodyHandlers.discarding()))
                    .limit(3)
                    .toList();
            await().until(() -> hub.handled.get() == 2);
            assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(hub.handled).as("the third call has no worker").hasValue(2);
            hub.released.countDown();
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        }
    }
}
