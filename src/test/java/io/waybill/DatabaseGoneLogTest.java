package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says while PostgreSQL is away. */
class DatabaseGoneLogTest {
    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    private final Logger house = (Logger) LoggerFactory.getLogger("io.waybill");
    private final Level before = house.getLevel();
    /** A thread is of the group of the one that starts it: all that the hub starts are of this one. */
    private final ThreadGroup own = new ThreadGroup("database-gone");

    /** What this hub says; another test's may run beside it. */
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            if (own.parentOf(Thread.currentThread().getThreadGroup())) {
                super.append(line);
            }
        }
    };

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        house.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        house.setLevel(before);
    }

    @Test
    void a_database_that_goes_away_is_told_once_and_without_a_stack_trace() throws Exception {
        Database database = Stores.postgres();
        try (OneHub hub = started(database)) {
            assertThat(hub.post("BEFORE").statusCode()).isEqualTo(201);
            int gone = heard().size();
            Stores.cutOff(database);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> missed("recovery failed") > 2 && missed("keys could not be read") > 1);
            } finally {
                Stores.reconnect(database);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.get("/health/ready").statusCode() == 200);

            List<ILoggingEvent> told = heard().stream()
                    .skip(gone)
                    .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                    .toList();
            assertThat(told)
                    .allSatisfy(line ->
                            assertThat(line.getThrowableProxy()).as("%s", line).isNull());
            assertThat(told.stream().map(ILoggingEvent::getFormattedMessage))
                    .filteredOn(line -> line.startsWith("the database is"))
                    .hasSize(2);
            assertThat(told.stream().map(ILoggingEvent::getFormattedMessage))
                    .noneMatch(line -> line.contains("failed, trying again")
                            || line.contains("could not be looked for")
                            || line.contains("could not be read again")
                            || line.contains("cannot be read or written"));
        }
    }

    private OneHub started(Database database) throws Exception {
        FutureTask<OneHub> start = new FutureTask<>(() -> new OneHub(folder, database, ""));
        new Thread(own, start, "start").start();
        return start.get();
    }

    private long missed(String what) {
        return heard().stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(what))
                .count();
    }

    private List<ILoggingEvent> heard() {
        synchronized (log) {
            return Stream.of(log.list.toArray(ILoggingEvent[]::new)).toList();
        }
    }
}
