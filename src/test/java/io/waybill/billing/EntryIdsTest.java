package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.AccrualBook.Accrual;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook.Line;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Account {@code ups} of namespace {@code eu-acme}, and account {@code ups-eu} of namespace {@code acme}. */
class EntryIdsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final Accrual FIRST = owed("ups", "eu-acme");
    private static final Accrual SECOND = owed("ups-eu", "acme");

    @TempDir
    Path folder;

    private final Journal journal = new Journal(Path.of("mappings/lookups/gl.csv"));
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void accounts_whose_names_join_alike_have_an_entry_each() {
        assertThat(accrue(FIRST)).isEqualTo(4);
        assertThat(accrue(SECOND)).as("not taken for the first one's").isEqualTo(4);
        assertThat(accrue(FIRST, SECOND)).as("each once").isZero();

        assertThat(lines("ACR-ups-eu-acme-2026-11-16"))
                .extracting(Line::account)
                .containsExactly("ups", "ups");
        assertThat(lines("ACR-ups-eu:acme-2026-11-16"))
                .extracting(Line::account)
                .containsExactly("ups-eu", "ups-eu");
        assertThat(lines("REV-ups-eu:acme-2026-11-16")).hasSize(2);
    }

    @Test
    void at_once_too_they_are_not_one_entry() {
        assertThat(accrue(SECOND, FIRST)).isEqualTo(8);
        assertThat(accrue(FIRST)).isZero();
        assertThat(accrue(SECOND)).isZero();

        List<Line> all = ledger.read(tx -> tx.journal().lines(Namespaces.ALL, null, "", 0, 100));
        assertThat(all).filteredOn(line -> line.namespace().equals("acme")).hasSize(4);
        assertThat(all)
                .allSatisfy(line ->
                        assertThat(line.account()).isEqualTo(line.namespace().equals("acme") ? "ups-eu" : "ups"));
    }

    @Test
    void what_was_posted_for_both_under_one_id_stays_posted() {
        String id = "ACR-ups-eu-acme-2026-11-16";
        post(line(id, 1, "eu-acme", "ups"), line(id, 2, "acme", "ups"));

        assertThat(accrue(FIRST, SECOND)).isZero();
    }

    @Test
    void an_invoice_whose_id_another_accounts_has_is_posted_under_its_own() {
        post(line("INV-ups-eu-7-1", 1, "acme", "ups-eu"));

        assertThat(entry("ups", "eu-7")).isEqualTo("INV-ups:eu-7-1");
        assertThat(entry("ups-eu", "7")).isEqualTo("INV-ups-eu-7-1");
        assertThat(entry("ups", "eu-8")).isEqualTo("INV-ups-eu-8-1");
    }

    private int accrue(Accrual... accruals) {
        return ledger.commit(tx -> journal.accrue(tx, List.of(accruals), DAY, "Ann"));
    }

    private List<Line> lines(String entry) {
        return ledger.read(tx -> tx.journal().lines(Namespaces.ALL, entry, "", 0, 100));
    }

    private void post(Line... lines) {
        ledger.commitAll(tx -> tx.journal().post(List.of(lines), "Ann"));
    }

    private String entry(String account, String number) {
        InvoiceRow invoice = new InvoiceRow(
                "inv_1",
                "fil_1",
                "nov.csv",
                0,
                null,
                "acme",
                account,
                "ups",
                number,
                1,
                DAY,
                "USD",
                null,
                null,
                null,
                0,
                "APPROVED",
                0,
                null,
                "Ann",
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                null);
        return ledger.read(tx -> EntryIds.of(tx, invoice));
    }

    private static Accrual owed(String account, String namespace) {
        return new Accrual(namespace, account, "ups", "", "USD", new BigDecimal("9.42"), BigDecimal.ZERO, 1);
    }

    private static Line line(String entry, int line, String namespace, String account) {
        return new Line(
                entry,
                line,
                namespace,
                namespace,
                account,
                "ACCRUAL",
                DAY,
                DAY,
                null,
                null,
                null,
                null,
                "620000",
                null,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                "USD",
                null,
                null,
                null,
                null);
    }
}
