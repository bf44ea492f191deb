package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub that logs nothing cannot even say why. */
class LogFormatTest {
    @ParameterizedTest
    @CsvSource({"json,json", "text,text", "JSON,text", "yaml,text"})
    void a_log_has_the_form_asked_for_or_is_text(String asked, String appender) throws Exception {
        LoggerContext logs = new LoggerContext();
        logs.putProperty("WAYBILL_LOG_FORMAT", asked);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logs);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));

        assertThat(logs.getLogger("ROOT").iteratorForAppenders())
                .toIterable()
                .extracting(its -> its.getName())
                .containsExactly(appender);
        logs.stop();
    }

    @Test
    void a_form_nobody_knows_is_told() {
        assertThat(LogFormat.unknown("json")).isEmpty();
        assertThat(LogFormat.unknown("yaml").orElseThrow().toString())
                .contains("WAYBILL_LOG_FORMAT is yaml", "text or json");
    }
}
