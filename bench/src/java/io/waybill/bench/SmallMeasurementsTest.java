package io.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each measurement, so small that it measures nothing: a figure that nobody can make again is none. */
class SmallMeasurementsTest {
    private final Logger everything = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    @BeforeEach
    void listen() {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(Level.ERROR.toString());
        filter.start();
        errors.addFilter(filter);
        errors.start();
        everything.addAppender(errors);
    }

    @AfterEach
    void listenNoMore() {
        everything.detachAppender(errors);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baseline orders=60 warm=40 connections=4",
                "purchases h2 orders=60 rate=0",
                "rows h2 orders=200 warm=100",
                "topic h2 orders=200 warm=100",
                "upload h2 rows=50",
                "deliveries h2 events=200",
                "tracking h2 shipments=40",
                "flat h2 orders=1000 looks=4",
                "pages h2 orders=1000",
                "invoices h2 lines=200 shipments=40",
                "day h2 orders=240",
                "statements",
                "big csv mb=1",
                "big ndjson mb=1",
                "big fixed mb=1",
                "big idoc-flat mb=1",
                "edi megabytes=1"
            })
    void a_measurement_goes_through_and_logs_no_error(String words) throws Exception {
        Bench.measure(List.of(words.split(" ")));

        assertThat(errors.list).isEmpty();
    }
}
