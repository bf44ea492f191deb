package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.text.OnceAnHour;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Why a delivery failed is kept, and read by whoever looks after it. */
class OutcomesTest {
    @Test
    void what_a_driver_says_of_its_address_is_kept_without_the_password_in_it() {
        Exception refused = new IllegalStateException("no pool", new IllegalArgumentException("x"));
        Exception driver = new IllegalStateException("cannot open jdbc:acme://w:s3cret@db/w?password=s3cret2");

        assertThat(Outcomes.words(driver)).isEqualTo("cannot open jdbc:acme://***@db/w?password=***");
        assertThat(Outcomes.words(refused)).isEqualTo("no pool");
    }

    @Test
    void a_sink_that_takes_nothing_is_told_once_and_not_for_each_event_that_waits(@TempDir Path folder) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Outcomes.class);
        logger.addAppender(log);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Outcomes outcomes = new Outcomes(ledger, "n1");
            for (int event = 0; event < 100; event++) {
                failed(outcomes, "wms", "evt_" + event, "/out/evt_" + event + ".csv: no room");
            }
            assertThat(told(log)).hasSize(1).first().asString().contains("sink wms", "evt_0", "no room");

            failed(outcomes, "erp", "evt_1", "/out/evt_1.csv: no room");
            failed(outcomes, "wms", "evt_1", "the folder does not exist");
            assertThat(told(log)).as("another sink, and another reason").hasSize(3);

            outcomes.sent(List.of(claim("wms", "evt_2")));
            failed(outcomes, "wms", "evt_3", "the folder does not exist");
            assertThat(told(log)).as("it had taken one").hasSize(4);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void that_a_sink_is_away_for_days_is_told_each_hour(@TempDir Path folder) {
        AtomicLong now = new AtomicLong();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Outcomes.class);
        logger.addAppender(log);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Outcomes outcomes = new Outcomes(ledger, "n1", new OnceAnHour(now::get));
            for (int minute = 0; minute < 120; minute++) {
                failed(outcomes, "wms", "evt_" + minute, "no room");
                now.addAndGet(TimeUnit.MINUTES.toNanos(1));
            }
            assertThat(told(log))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("evt_0"),
                            later -> assertThat(later).contains("evt_60"));
        } finally {
            logger.detachAppender(log);
        }
    }

    private static void failed(Outcomes outcomes, String sink, String id, String why) {
        outcomes.failed(claim(sink, id), new BackOff(BigDecimal.ONE), new IOException(why));
    }

    private static Claim claim(String sink, String id) {
        return new Claim(id, sink, "order.labelled", "shp_1", 1, "acme", "SO-1", "{}", 1, null);
    }

    private static List<String> told(ListAppender<ILoggingEvent> log) {
        return log.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
