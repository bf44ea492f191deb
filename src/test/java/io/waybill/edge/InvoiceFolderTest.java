package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.batch.Archive;
import io.waybill.batch.Feed;
import io.waybill.batch.WholeFiles;
import io.waybill.billing.Billing;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of carriers' invoices, by the template and the source as they ship. */
class InvoiceFolderTest extends CamelTestSupport {
    @TempDir
    Path data;

    private Ledger ledger;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind(StillFile.NAME, new StillFile());
        Properties settings = new Properties();
        settings.setProperty("source.ups-invoices.folder", inbox().toString());
        settings.setProperty("source.ups-invoices.account", "ups-1");
        settings.setProperty("source.ups-invoices.still", "50");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getShutdownStrategy().setTimeout(5);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        Account account = new Account(
                "ups-1",
                "ups",
                new FakeCarrier(IdempotencyClass.A, "9.42"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
        Mappings mappings = Mappings.load(Path.of("mappings"), ShippedTargets::of);
        Billing billing = new Billing(
                ledger,
                new Accounts(List.of(account)),
                mappings,
                data.resolve("contracts"),
                Path.of("mappings/lookups/gl.csv"),
                "node-1");
        return new InvoicesPort(
                new WholeFiles(ledger, Archive.in(data), "node-1"),
                billing,
                (source, mapping, format, channel) ->
                        new Feed("orders", source, "acme", channel, mapping, Reading.of(Format.JSON), Locale.ENGLISH),
                new Marks());
    }

    @AfterEach
    void close() {
        context.stop();
        ledger.close();
    }

    @Test
    void a_dropped_invoice_is_taken_in_whole_and_one_that_does_not_add_up_lies_among_the_failed_until_it_does()
            throws Exception {
        start();
        UpsFile good = new UpsFile().charge("I-1", "1Z1", "2026-11-16", Charge.transport("8.10"));
        drop("one.csv", good.bytes());
        drop(
                "two.csv",
                new UpsFile()
                        .charge("I-2", "1Z2", "2026-11-16", Charge.transport("8.10"))
                        .bytesStating("9.99"));

        await().untilAsserted(() -> assertThat(inbox()).isEmptyDirectory());

        assertThat(numbers()).containsExactly("I-1");
        assertThat(files("archive")).anyMatch(name -> name.endsWith("-one.csv"));
        assertThat(files("failed")).anyMatch(name -> name.endsWith("-two.csv"));
        Path receipt = files("failed").stream()
                .filter(name -> name.endsWith("-two.csv.receipt.txt"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(receipt)).contains("I-2", "8.10", "9.99");
        assertThat(exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("file-failed");

        drop(
                "two.csv",
                new UpsFile()
                        .charge("I-2", "1Z2", "2026-11-16", Charge.transport("8.10"))
                        .bytes());
        await().untilAsserted(() -> assertThat(exceptions()).isEmpty());
        assertThat(numbers()).containsExactlyInAnyOrder("I-1", "I-2");
        assertThat(ledger.<List<InvoiceRow>>read(tx -> tx.invoices().list(Namespaces.ALL, "ups-1", null, 10)))
                .allSatisfy(row -> assertThat(row.importedBy()).isEqualTo("source ups-invoices"));
    }

    private List<String> numbers() {
        return ledger.<List<InvoiceRow>>read(tx -> tx.invoices().list(Namespaces.ALL, "ups-1", null, 10)).stream()
                .map(InvoiceRow::number)
                .toList();
    }

    private List<ExceptionBook.Row> exceptions() {
        return ledger.read(OpenExceptions::of);
    }

    private Path inbox() throws IOException {
        return Files.createDirectories(data.resolve("in"));
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve(folder))) {
            return all.map(Path::toString).toList();
        }
    }

    private void drop(String name, byte[] content) throws IOException {
        Path hidden = Files.write(inbox().resolve("." + name), content);
        Files.move(hidden, inbox().resolve(name));
    }

    private void start() throws Exception {
        for (String file : List.of("templates/invoice-folder.yaml", "sources/ups-invoices.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context).resolveResource("file:" + Path.of("routes", file)));
        }
    }
}
