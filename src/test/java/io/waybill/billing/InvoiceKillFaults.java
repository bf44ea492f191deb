package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.billing.UpsFile.Charge;
import io.waybill.faults.ChildJvm;
import io.waybill.ledger.Database;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.By;
import io.waybill.ledger.SumBook.Sum;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An invoice whose reader dies again and again, each time one commit later, while it reads, matches and audits: the next process
 * goes on, and in the end every line is there once.
 */
class InvoiceKillFaults {
    private static final Logger LOG = LoggerFactory.getLogger(InvoiceKillFaults.class);
    private static final int HALTED = 86;
    private static final int LABELS = 2_500;
    private static final String DAY = "2026-11-16";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void whenever_its_reader_dies_every_line_of_an_invoice_is_on_its_shipment_once(String store) throws Exception {
        Database database = store.equals("h2") ? Stores.h2(folder.resolve("data")) : Stores.postgres();
        Ledger.open(database, Subscriptions.NONE).close();
        SoldLabels.put(
                database,
                "ups-1",
                "USD",
                IntStream.range(0, LABELS).mapToObj(InvoiceKillFaults::label).toList());
        UpsFile bill = new UpsFile();
        for (int n = 0; n < LABELS; n++) {
            bill.charge("I-1", tracking(n), DAY, Charge.transport("8.10"))
                    .charge("I-1", tracking(n), DAY, Charge.adjusted("RADJ", "Residential", "4.15"));
        }
        String total = bill.total("I-1").toPlainString();
        Path file = Files.write(folder.resolve("nov.csv"), bill.bytesStating(total));

        int kills = 0;
        while (read(database, file, 3 + kills) == HALTED) {
            kills++;
            assertThat(kills).as("it gets on").isLessThan(30);
        }

        LOG.info("{}: killed {} times", store, kills);
        assertThat(kills).isGreaterThan(4);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Billing billing = BillReader.on(ledger, folder);
            Reconciled done = billing.reconciled(
                    billing.list(Namespaces.ALL, "ups-1", null, 10).get(0).id(), Namespaces.ALL, 1);
            assertThat(billing.list(Namespaces.ALL, "ups-1", null, 10)).hasSize(1);
            assertThat(done.matched()).isEqualTo(2 * LABELS);
            assertThat(done.billed()).isEqualByComparingTo(total);
            assertThat(done.unexplained()).isEqualByComparingTo("0");
            assertThat(done.rules())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.findings()).isEqualTo(LABELS));
            Asked asked = new Asked(Namespaces.ALL, List.of(By.ACCOUNT), null, null, null);
            Sum sum = ledger.<List<Sum>>read(tx -> tx.sums().sums(asked, List.of(), 10))
                    .get(0);
            assertThat(sum.billed()).as("charged once").isEqualByComparingTo(total);
            List<InvoiceLineBook.Line> lines =
                    ledger.read(tx -> tx.invoiceLines().lines(done.invoice().id(), 1, 3 * LABELS));
            Set<Long> rows = new HashSet<>();
            lines.forEach(line -> rows.add(line.words().fileRow()));
            assertThat(lines).hasSize(2 * LABELS);
            assertThat(rows).hasSize(2 * LABELS);
        }
    }

    /** @param commit at which it dies, if it gets there */
    private int read(Database database, Path file, int commit) throws Exception {
        Path log = folder.resolve("reader.log");
        try (ChildJvm reader = ChildJvm.start(
                List.of(),
                List.of("-Dwaybill.failpoint=commit-in-doubt=halt@" + commit),
                BillReader.class,
                log,
                Map.of(),
                database.url(),
                database.user(),
                database.password(),
                file.toString())) {
            int exit = reader.waitFor(120);
            assertThat(exit).as(() -> "the reader ended by itself, see " + log).isIn(0, HALTED);
            return exit;
        }
    }

    private static String tracking(int n) {
        return "1ZK%05d".formatted(n);
    }

    private static Label label(int n) {
        return new Label(
                "SO-" + n, tracking(n), LocalDate.parse(DAY), Map.of("shipping", new BigDecimal("8.10")), false);
    }
}
