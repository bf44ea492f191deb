package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A hub makes a watched folder that is not there, empty: whoever wrote its name wrong has to hear of it. */
class WarnedAtStartTest {
    @TempDir
    Path folder;

    @Test
    void a_watched_folder_that_is_not_there_is_told_in_the_log_of_the_start() throws Exception {
        assertThat(warned("""
                source.acme-json.mapping=acme-orders-json
                source.acme-json.folder=%s/ordres
                """.formatted(folder)))
                .singleElement()
                .asString()
                .contains("acme-json.yaml:", folder + "/ordres", "does not exist");
    }

    @Test
    void a_sink_of_no_namespace_alone_that_waits_for_labels_is_told_in_the_log_of_the_start() throws Exception {
        assertThat(warned("""
                sink.acme-print.namespaces=*
                sink.acme-print.events=order.labelled
                sink.acme-print.folder=%s
                """.formatted(folder)))
                .singleElement()
                .asString()
                .contains("sink acme-print takes only what is of no namespace", "sink.acme-print.namespaces=acme,*");
    }

    private List<String> warned(String settings) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger told = (Logger) LoggerFactory.getLogger(Hub.class);
        told.addAppender(log);
        try (OneHub hub = new OneHub(folder, Stores.h2(folder.resolve("db")), settings)) {
            assertThat(hub.address()).isNotNull();
        } finally {
            told.detachAppender(log);
        }
        return log.list.stream()
                .filter(event -> event.getLevel().equals(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
