package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several nodes fetches. */
class ConsumersTest {
    @TempDir
    Path folder;

    @Test
    void a_route_fetches_only_while_it_is_this_nodes() throws Exception {
        Set<String> mine = ConcurrentHashMap.newKeySet();
        Set<String> taken = ConcurrentHashMap.newKeySet();
        AtomicInteger asked = new AtomicInteger();
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + folder + "?delay=20&initialDelay=0&noop=true")
                            .routeId("source.acme")
                            .process(exchange ->
                                    taken.add(exchange.getMessage().getHeader("CamelFileName", String.class)));
                }
            });
            context.start();
            new Consumers(
                    context,
                    route -> {
                        asked.incrementAndGet();
                        return mine.contains(route);
                    },
                    Positions.NONE,
                    new Marks());
            Files.writeString(folder.resolve("orders.csv"), "x");
            int before = asked.get();
            await().until(() -> asked.get() > before + 3);
            assertThat(taken).isEmpty();

            mine.add("source.acme");

            await().until(() -> taken.contains("orders.csv"));
        }
    }
}
