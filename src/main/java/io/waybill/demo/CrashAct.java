package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** The carrier sells and never answers, the hub is killed while it waits, and the next one finds the label. */
final class CrashAct implements Act {
    private static final Duration START = Duration.ofMinutes(2);
    private static final String ORDER = "SO-1005";
    private static final String FIND = "/v1/orders?orderId=" + ORDER;

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        try (ChildHub hub = new ChildHub(stage.world)) {
            stage.await("crash.wait", START, hub::ready);
            stage.say("crash.start", "pid", hub.pid());
            Reply taken = hub.caller.send(
                    "POST", "/v1/orders", Samples.order(ORDER, "SANDBOX:HANG Max Moor"), "Prefer", "respond-async");
            stage.say("crash.post", "orderId", ORDER, "status", taken.status());
            int sold = stage.await(
                    "crash.sale", () -> Optional.of(stage.sold(ORDER)).filter(count -> count > 0));
            stage.fact(sold == 1, "crash.sold", "sold", sold);
            JsonNode before = hub.caller.get(FIND).json().at("/items/0");
            stage.fact(
                    !Stage.hasLabel(before),
                    "crash.before",
                    "status",
                    before.path("status").asText());

            long pid = hub.pid();
            hub.kill();
            stage.fact(!hub.isAlive(), "crash.kill", "pid", pid);
            hub.startAgain();
            stage.await("crash.wait", START, hub::ready);
            stage.say("crash.again", "pid", hub.pid());
            JsonNode order = stage.await(
                    "wait.label",
                    () -> Optional.of(hub.caller.get(FIND).json().at("/items/0"))
                            .filter(Stage::hasLabel));
            stage.fact(Stage.hasLabel(order), "crash.found", "number", Stage.trackingNumber(order));
            int labels = stage.sold(ORDER);
            stage.fact(labels == 1, "crash.book", "sold", labels);
        }
    }
}
