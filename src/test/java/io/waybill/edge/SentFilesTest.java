package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a source's route sends to a partner who does not take them. */
class SentFilesTest {
    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean refuses = true;

    @Test
    void a_person_is_told_of_one_that_cannot_be_sent_until_it_can() throws Exception {
        Files.writeString(folder.resolve("orders.csv.receipt.csv"), "A1;accepted\n");
        Marks marks = new Marks();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutePolicyFactory(marks.ofSent());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:partner").process(exchange -> {
                        if (refuses) {
                            throw new IOException("550 no room at the partner");
                        }
                    });
                }
            });
            context.start();
            send(context);
            var unused = new Consumers(context, route -> true, new People(), marks, Duration.ofMillis(1));

            await().until(() -> !told.isEmpty() && !told.get(told.size() - 1).equals("over"));
            assertThat(told.get(told.size() - 1))
                    .contains("acme", "cannot be sent", "orders.csv.receipt.csv", "550 no room at the partner");

            refuses = false;
            await().until(() -> told.get(told.size() - 1).equals("over"));
            assertThat(folder).isEmptyDirectory();
        }
    }

    private void send(DefaultCamelContext context) throws Exception {
        var loader = PluginHelper.getRoutesLoader(context);
        loader.loadRoutes(
                PluginHelper.getResourceLoader(context).resolveResource("file:routes/templates/send-files.yaml"));
        loader.loadRoutes(ResourceHelper.fromString("send.yaml", """
                - templatedRoute:
                    routeTemplateRef: send-files
                    routeId: source.acme.send
                    parameters:
                      - name: folder
                        value: "%s"
                      - name: to
                        value: "direct:partner"
                      - name: every
                        value: "50"
                """.formatted(folder)));
    }

    private final class People implements Positions {
        @Override
        public Optional<Instant> of(String source) {
            return Optional.empty();
        }

        @Override
        public void move(String source, Instant to) {}

        @Override
        public Optional<Long> number(String source) {
            return Optional.empty();
        }

        @Override
        public void moveNumber(String source, long to) {}

        @Override
        public void silent(String source, Problem why) {}

        @Override
        public void heard(String source) {}

        @Override
        public void unmarked(String source, Problem why) {
            told.add(source + " " + why.sentence(Locale.ENGLISH));
        }

        @Override
        public void marked(String source) {
            told.add("over");
        }
    }
}
