package io.waybill.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/**
 * The carrier's book against the ledger and the sinks' books.
 *
 * @param doubleBought orders of which the carrier has sold more than one label, given back or not
 * @param live orders of which other than one label is still good
 * @param lost orders somebody was told are taken in and that have no label, and labels sold that the hub does not know
 * @param undelivered events that never reached a sink
 */
record Audit(int orders, Set<String> doubleBought, Set<String> live, Set<String> lost, Set<String> undelivered) {
    private static final Set<String> EVENTS = Set.of("order.accepted", "order.labelled", "billing.charged");
    private static final Set<String> SOLD = Set.of("labelled", "in_transit", "delivered", "voided");
    private static final List<String> SINKS = List.of("acme-oms", "acme-wms");

    /** Waits until everything has come to rest, or the time is over, and compares the books. */
    static Audit of(Site site, Collection<String> numbers, Duration patience) throws IOException, InterruptedException {
        Map<String, JsonNode> orders = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        Set<String> open = new HashSet<>(numbers);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (String number : List.copyOf(open)) {
                JsonNode order = look(site, number, ids);
                orders.put(number, order);
                if (isSettled(order)) {
                    open.remove(number);
                }
            }
            if ((open.isEmpty() && isAtRest(site)) || System.nanoTime() > deadline) {
                return compare(site, orders);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    String line() {
        return "%d orders: double-bought %d, still live %d, lost %d, undelivered %d"
                .formatted(orders, doubleBought.size(), live.size(), lost.size(), undelivered.size());
    }

    /** Puts these numbers and {@code more} under a name into {@code target/faults.json}, beside those of other runs. */
    void write(String name, Map<String, ? extends Number> more) throws IOException {
        Map<String, Number> all = new LinkedHashMap<>();
        all.put("orders", orders);
        all.put("doubleBought", doubleBought.size());
        all.put("live", live.size());
        all.put("lost", lost.size());
        all.put("undelivered", undelivered.size());
        all.putAll(more);
        writeAll(name, all);
    }

    static void writeAll(String name, Map<String, ? extends Number> numbers) throws IOException {
        ObjectNode run = Site.JSON.createObjectNode();
        numbers.forEach((key, value) -> run.put(key, value.longValue()));
        Path file = Files.createDirectories(Path.of("target")).resolve("faults.json");
        try (FileChannel channel = FileChannel.open(
                        file.resolveSibling("faults.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            ObjectNode all = Files.exists(file)
                    ? (ObjectNode) Site.JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))
                    : Site.JSON.createObjectNode();
            all.set(name, run);
            Files.writeString(file, Site.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        }
    }

    /** The whole order; its deliveries are only there. */
    private static JsonNode look(Site site, String number, Map<String, String> ids)
            throws IOException, InterruptedException {
        try {
            if (!ids.containsKey(number)) {
                String id = site.json("/v1/orders?orderId=" + number)
                        .at("/items/0/id")
                        .asText();
                if (id.isEmpty()) {
                    return Site.JSON.missingNode();
                }
                ids.put(number, id);
            }
            return site.json("/v1/orders/" + ids.get(number));
        } catch (IOException e) {
            return Site.JSON.missingNode();
        }
    }

    private static boolean isSettled(JsonNode order) {
        return SOLD.contains(order.path("status").asText())
                && !order.path("deliveries").isEmpty()
                && StreamSupport.stream(order.path("deliveries").spliterator(), false)
                        .allMatch(delivery -> delivery.path("state").asText().equals("sent"));
    }

    /** Nothing of the carrier's is still to take effect, and what it sold too much is given back. */
    private static boolean isAtRest(Site site) throws IOException, InterruptedException {
        JsonNode book = site.audit();
        return book.path("pending").asInt() == 0
                && StreamSupport.stream(book.path("orders").spliterator(), false)
                        .allMatch(order -> good(order) <= 1);
    }

    private static int good(JsonNode order) {
        return order.path("sold").asInt() - order.path("voided").asInt();
    }

    private static Audit compare(Site site, Map<String, JsonNode> orders) throws IOException, InterruptedException {
        JsonNode book = site.audit().path("orders");
        Set<String> twice = new TreeSet<>();
        Set<String> live = new TreeSet<>();
        Set<String> lost = new TreeSet<>();
        Set<String> undelivered = new TreeSet<>();
        book.fields().forEachRemaining(entry -> {
            if (entry.getValue().path("sold").asInt() > 1) {
                twice.add(entry.getKey());
            }
            if (good(entry.getValue()) > 1) {
                live.add(entry.getKey());
            }
            if (!orders.containsKey(entry.getKey())) {
                lost.add(entry.getKey() + ": sold to nobody");
            }
        });
        orders.forEach((number, order) -> {
            String status = order.path("status").asText("unknown to the hub");
            if (!SOLD.contains(status) || book.path(number).path("sold").asInt() == 0) {
                lost.add(number + ": " + status);
            }
            for (String sink : SINKS) {
                undelivered(site, number, order, sink, undelivered);
            }
        });
        return new Audit(orders.size(), twice, live, lost, undelivered);
    }

    private static void undelivered(Site site, String number, JsonNode order, String sink, Set<String> missing) {
        Set<String> reached = new HashSet<>();
        for (JsonNode delivery : order.path("deliveries")) {
            String id = delivery.path("id").asText();
            boolean there = sink.equals("acme-oms") ? site.oms.has(id) : site.warehouseHas(id);
            if (delivery.path("sink").asText().equals(sink) && there) {
                reached.add(delivery.path("type").asText());
            }
        }
        EVENTS.stream()
                .filter(type -> !reached.contains(type))
                .forEach(type -> missing.add(number + " " + sink + " " + type));
    }
}
