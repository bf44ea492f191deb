package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailurePolicyTest {
    private static final String ROW = "\n  Detail: Failing row contains (SO-1, Canaria).";

    @Test
    void what_a_database_tells_of_a_row_is_not_in_the_log() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new FailurePolicy());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:edge").routeId("source.edge").process(exchange -> {
                        SQLException refused =
                                new SQLException("ERROR: violates check constraint \"known_status\"" + ROW, "23514");
                        throw new IllegalStateException("UPDATE t SET x; " + refused.getMessage(), refused);
                    });
                }
            });
            context.start();

            context.createProducerTemplate().send("direct:edge", exchange -> {});

            assertThat(told(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage())
                            .contains("source.edge", "known_status", "23514")
                            .doesNotContain("Canaria"));
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void that_the_hubs_own_database_is_gone_is_not_told_of_each_row_but_that_another_is() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        SQLException away = new SQLException("connection refused", "08001");
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new FailurePolicy());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:row").routeId("source.rows").process(exchange -> {
                        throw new ConnectionException(away);
                    });
                    from("direct:event").routeId("sink.table").process(exchange -> {
                        throw new IllegalStateException(away);
                    });
                }
            });
            context.start();

            Exchange row = context.createProducerTemplate().send("direct:row", exchange -> {});
            context.createProducerTemplate().send("direct:event", exchange -> {});

            assertThat(row.getException()).isInstanceOf(ConnectionException.class);
            assertThat(told(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage()).contains("sink.table", "refused"));
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void a_failure_is_told_in_one_line_tried_once_and_goes_back_to_whoever_handed_the_exchange_over() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new FailurePolicy());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:edge").routeId("source.edge").process(exchange -> {
                        tries.incrementAndGet();
                        throw new IllegalStateException("the database is gone");
                    });
                }
            });
            context.start();

            Exchange done = context.createProducerTemplate()
                    .send("direct:edge", exchange -> exchange.getMessage().setBody("order"));

            assertThat(done.getException()).hasMessageContaining("the database is gone");
            assertThat(tries).hasValue(1);
            assertThat(told(log))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage())
                            .contains("source.edge", "the database is gone")
                            .doesNotContain("order"))
                    .satisfies(line -> assertThat(line.getThrowableProxy()).isNull());
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void what_fails_alike_at_each_look_is_told_once_an_hour() throws Exception {
        AtomicLong now = new AtomicLong();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new FailurePolicy(now::get));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:edge").routeId("source.edge").process(exchange -> {
                        throw new IllegalStateException(exchange.getMessage().getBody() + " cannot be read");
                    });
                }
            });
            context.start();

            for (int look = 0; look < 60; look++) {
                context.createProducerTemplate()
                        .send("direct:edge", exchange -> exchange.getMessage().setBody("a.csv"));
                context.createProducerTemplate()
                        .send("direct:edge", exchange -> exchange.getMessage().setBody("b.csv"));
                now.addAndGet(TimeUnit.MINUTES.toNanos(1));
            }
            assertThat(told(log))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .satisfiesExactly(
                            first -> assertThat(first).contains("a.csv cannot be read"),
                            other -> assertThat(other).contains("b.csv cannot be read"));

            context.createProducerTemplate()
                    .send("direct:edge", exchange -> exchange.getMessage().setBody("a.csv"));
            assertThat(told(log)).as("an hour later").hasSize(3);
        } finally {
            root.detachAppender(log);
        }
    }

    /** By this thread, on which the route runs: what other tests left may go on telling. */
    private static List<ILoggingEvent> told(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream()
                .filter(event ->
                        event.getThreadName().equals(Thread.currentThread().getName()))
                .toList();
    }
}
