package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the acts play: the running hub, what is around it, and the way to state a fact. */
final class Stage {
    /** The order that is followed through. */
    static final String THREAD = "SO-1001";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final World world;
    final Caller hub;
    final Demo.Machine machine;
    private final Path home;
    private final Caller carrier;
    private final Words words;
    private final Screen screen;
    private @Nullable Reply first;
    private boolean failed;

    Stage(World world, int hubPort, Path home, Demo.Machine machine, Words words, Screen screen) {
        this.world = world;
        this.home = home;
        this.machine = machine;
        this.words = words;
        this.screen = screen;
        hub = new Caller(hubPort, "Accept-Language", words.language().getLanguage());
        carrier = new Caller(world.sandboxPort, "Authorization", "Bearer sandbox");
    }

    void title(Act act) {
        screen.title(words.say(act.name() + ".title"));
    }

    /** Where {@code mappings} are. */
    Path home() {
        return home;
    }

    String language() {
        return words.language().getLanguage();
    }

    /** A word of a table. */
    String words(String key) {
        return words.say(key);
    }

    /** Tells what happens now. */
    void say(String key, Object... namesAndValues) {
        screen.line("  " + words.say(key, namesAndValues));
    }

    /** States a fact that was looked at; one that does not hold fails the demo. */
    void fact(boolean holds, String key, Object... namesAndValues) {
        screen.line((holds ? "  \u2713 " : "  \u2717 ") + words.say(key, namesAndValues));
        failed |= !holds;
    }

    void quote(String text) {
        screen.quote(text);
    }

    boolean failed() {
        return failed;
    }

    /** Waits for something to be there. */
    <T> T await(String key, Callable<Optional<T>> look) throws Exception {
        return await(key, PATIENCE, look);
    }

    /** Waits longer than usual: for a process that starts. */
    <T> T await(String key, Duration patience, Callable<Optional<T>> look) throws Exception {
        long start = System.nanoTime();
        try {
            while (true) {
                Optional<T> found = look.call();
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (found.isPresent()) {
                    return found.get();
                }
                if (waited.compareTo(patience) > 0) {
                    throw new IOException(words.say("waited", "what", words.say(key), "seconds", patience.toSeconds()));
                }
                screen.tick(words.say(key), waited);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } finally {
            screen.settled();
        }
    }

    Reply post(String json, String... headers) throws IOException, InterruptedException {
        return hub.send("POST", "/v1/orders", json, headers);
    }

    /** The answer to the order that is followed through; taken in the first time it is asked for. */
    Reply thread() throws IOException, InterruptedException {
        if (first == null) {
            first = post(Samples.order(THREAD, "Jane Roe"), "Idempotency-Key", "demo-" + THREAD);
        }
        return first;
    }

    /** The order under a number, when the hub has it. */
    Optional<JsonNode> order(String orderId) throws IOException, InterruptedException {
        JsonNode items = hub.get("/v1/orders?orderId=" + orderId).json().path("items");
        return Optional.ofNullable(items.get(0));
    }

    /** The order, once it has a label. */
    JsonNode labelled(String orderId) throws Exception {
        return await("wait.label", () -> order(orderId).filter(Stage::hasLabel));
    }

    static boolean hasLabel(JsonNode order) {
        return List.of("labelled", "in_transit", "delivered")
                .contains(order.path("status").asText());
    }

    static String trackingNumber(JsonNode order) {
        return order.at("/shipments/0/trackingNumbers/0").asText();
    }

    static String total(JsonNode order) {
        return order.at("/shipments/0/total/amount").asText();
    }

    /** The carrier's own audit of what it sold. */
    JsonNode book() throws IOException, InterruptedException {
        return carrier.get("/v1/book").json();
    }

    /** How many labels the carrier sold for an order. */
    int sold(String orderId) throws IOException, InterruptedException {
        return book().path("orders").path(orderId).path("sold").asInt();
    }

    /** Fetches a label into a file. */
    Path saveLabel(JsonNode order, String format) throws IOException, InterruptedException {
        String href = order.at("/shipments/0/label/href").asText();
        byte[] bytes = hub.get(href + "?format=" + format).body();
        String name = order.path("orderId").asText() + "." + format.toLowerCase(Locale.ROOT);
        return Files.write(world.labels.resolve(name), bytes);
    }
}
