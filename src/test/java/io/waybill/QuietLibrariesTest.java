package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.FilterReply;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While brokers are away their client tries again and again. */
class QuietLibrariesTest {
    private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext logs = new LoggerContext();
    private final AtomicLong now = new AtomicLong();
    private final QuietLibraries quiet = new QuietLibraries(now::get);

    @Test
    void a_broker_that_is_not_reached_is_told_once_an_hour_and_by_one_consumer() {
        for (int minute = 0; minute < 60; minute++) {
            for (int consumer = 1; consumer <= 2; consumer++) {
                String line = "[Consumer clientId=c-" + consumer + "] Connection to node 1 is not made";
                assertThat(isTold(NETWORK, line, null)).as("minute %s", minute).isEqualTo(minute == 0 && consumer == 1);
            }
            now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        }
        assertThat(isTold(NETWORK, "[Consumer clientId=c-3] Connection to node 1 is not made", null))
                .isTrue();
    }

    @Test
    void a_topic_that_is_missing_is_told_once_an_hour() {
        String missing = "[Consumer clientId=c-1] The answer with correlation id %d : {orders=UNKNOWN_TOPIC}";

        assertThat(isTold(NETWORK, missing.formatted(2), null)).isTrue();
        assertThat(isTold(NETWORK, missing.formatted(3), null)).isFalse();
        assertThat(isTold(NETWORK, missing.replace("orders", "returns").formatted(4), null))
                .isTrue();
    }

    @Test
    void each_other_reason_and_each_other_broker_is_told() {
        assertThat(isTold(NETWORK, "[a] Connection to node 1 is not made", null))
                .isTrue();
        assertThat(isTold(NETWORK, "[a] Connection to node 2 is not made", null))
                .isTrue();
        assertThat(isTold(NETWORK, "[a] Connection to node 1 failed authentication due to: no such user", null))
                .isTrue();
        assertThat(isTold(NETWORK, "[a] Error connecting to node k1:9093", new UnknownHostException("k1")))
                .isTrue();
        assertThat(isTold(NETWORK, "[a] Error connecting to node k1:9093", new UnknownHostException("k1")))
                .isFalse();
        assertThat(isTold(NETWORK, "[a] Error connecting to node k1:9093", new IllegalStateException("closed")))
                .isTrue();
    }

    @Test
    void what_others_say_is_told_each_time() {
        assertThat(isTold("com.example.Library", "[a] it broke", null)).isTrue();
        assertThat(isTold("com.example.Library", "[a] it broke", null)).isTrue();
    }

    @Test
    void who_asks_for_more_is_told_each_step_each_time() {
        LoggingEvent step = new LoggingEvent(
                NETWORK, logs.getLogger(NETWORK), Level.DEBUG, "[a] Initiating connection to node 1", null, null);

        assertThat(quiet.decide(step)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(quiet.decide(step)).isEqualTo(FilterReply.NEUTRAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void the_log_as_it_ships_is_kept_quiet(String form) throws Exception {
        logs.putProperty("WAYBILL_LOG_FORMAT", form);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logs);
        configurator.doConfigure(QuietLibrariesTest.class.getResource("/logback.xml"));
        Appender<ILoggingEvent> console = logs.getLogger("ROOT").getAppender(form);

        assertThat(console.getFilterChainDecision(event(NETWORK, "[a] not reached", null)))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(console.getFilterChainDecision(event(NETWORK, "[b] not reached", null)))
                .isEqualTo(FilterReply.DENY);
        logs.stop();
    }

    private boolean isTold(String logger, String message, @Nullable Throwable why) {
        return quiet.decide(event(logger, message, why)) != FilterReply.DENY;
    }

    private ILoggingEvent event(String logger, String message, @Nullable Throwable why) {
        return new LoggingEvent(logger, logs.getLogger(logger), Level.WARN, message, why, null);
    }
}
