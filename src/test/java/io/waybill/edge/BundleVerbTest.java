package io.waybill.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.delivery.Bundles;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVerbTest {
    /** A file in Latin letters, as the system behind wants it. */
    private static final MappingVerb.Mapper LATIN = new MappingVerb.Mapper() {
        @Override
        public String map(String mapping, String json) {
            return json;
        }

        @Override
        public Reading output(String mapping) {
            return Reading.of(Format.CSV).withCharset(ISO_8859_1);
        }
    };

    @TempDir
    Path temporary;

    @Test
    void an_event_that_its_charset_cannot_say_waits_alone_and_the_file_of_the_others_is_written() throws Exception {
        Path folder = Files.createDirectory(temporary.resolve("out"));
        try (Ledger ledger = Ledger.open(Stores.h2(temporary), Subscriptions.NONE);
                CamelContext context = new DefaultCamelContext()) {
            Bundles bundles = new Bundles(ledger, "node", Clock.systemUTC());
            context.addComponent(
                    "waybill-bundle",
                    new BundleVerb(Settings.of("sink.sap.namespaces=acme\nsink.sap.batch=1d/2\n"), bundles, LATIN));
            context.start();

            gather(context, folder, "evt_1", "{\"city\":\"Köln\"}");
            assertThatThrownBy(() -> gather(context, folder, "evt_2", "{\"city\":\"Łódź\"}"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("\"Ł\" (U+0141) cannot be written in ISO-8859-1");
            gather(context, folder, "evt_3", "{\"city\":\"Graz\"}");

            await().untilAsserted(() -> assertThat(files(folder))
                    .singleElement()
                    .satisfies(file ->
                            assertThat(file).hasBinaryContent("city\r\nKöln\r\nGraz\r\n".getBytes(ISO_8859_1))));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".csv")).toList();
        }
    }

    private static void gather(CamelContext context, Path folder, String event, String rows) throws Exception {
        Exchange told = context.createFluentProducerTemplate()
                .to("waybill-bundle:sap?mapping=m&folder=RAW(" + folder + ")")
                .withExchange(exchange(context, event, rows))
                .send();
        if (told.getException() != null) {
            throw told.getException();
        }
    }

    private static Exchange exchange(CamelContext context, String event, String rows) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(EventProperties.ID, event);
        exchange.setProperty(EventProperties.TOLD, "{}");
        exchange.getMessage().setBody(rows);
        return exchange;
    }
}
