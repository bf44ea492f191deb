package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Invoices that were proved and not matched when the hub ended. */
class ResumedMatchingTest {
    @Test
    void an_invoice_that_cannot_be_matched_keeps_no_other_from_it(@TempDir Path folder) throws Exception {
        Mappings mappings = Mappings.load(folder, name -> null);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Importing importing = new Importing(ledger, new Layouts(mappings, new Contracts(folder)), "n");
            importing.take(bill("first"), account("first"));
            importing.take(bill("second"), account("second"));
            Path contract = Files.writeString(folder.resolve("first.yaml"), "currency: [");
            Accounts accounts = new Accounts(List.of(account("first"), account("second")));
            Billing billing = new Billing(ledger, accounts, mappings, folder, folder, "n");

            billing.resume(() -> true);
            assertThat(state(billing, "first")).isEqualTo("PROVED");
            assertThat(state(billing, "second")).isEqualTo("MATCHED");

            Files.delete(contract);
            billing.resume(() -> true);
            assertThat(state(billing, "first")).isEqualTo("MATCHED");
        }
    }

    @Test
    void a_hub_that_stops_begins_no_further_invoice_and_those_that_cannot_be_matched_are_logged_in_one_line(
            @TempDir Path folder) throws Exception {
        Mappings mappings = Mappings.load(folder, name -> null);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Importing importing = new Importing(ledger, new Layouts(mappings, new Contracts(folder)), "n");
            importing.take(bill("first", "I-1"), account("first"));
            importing.take(bill("first", "I-2"), account("first"));
            importing.take(bill("second", "I-3"), account("second"));
            Files.writeString(folder.resolve("first.yaml"), "currency: [");
            Accounts accounts = new Accounts(List.of(account("first"), account("second")));
            Billing billing = new Billing(ledger, accounts, mappings, folder, folder, "n");
            AtomicInteger looks = new AtomicInteger();

            billing.resume(() -> looks.incrementAndGet() < 3);
            assertThat(state(billing, "second")).isEqualTo("PROVED");

            ListAppender<ILoggingEvent> log = new ListAppender<>();
            Logger logger = (Logger) LoggerFactory.getLogger(Reconciling.class);
            log.start();
            logger.addAppender(log);
            billing.resume(() -> true);
            billing.resume(() -> true);
            logger.detachAppender(log);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .satisfiesExactly(
                            matched -> assertThat(matched).contains("I-3"),
                            first -> assertThat(first)
                                    .startsWith("2 of the invoices")
                                    .contains("I-1"),
                            second -> assertThat(second).startsWith("2 of the invoices"));
        }
    }

    @Test
    void a_charge_that_an_invoice_taken_before_has_too_is_found_though_that_one_is_not_matched_yet(
            @TempDir Path folder) {
        Mappings mappings = Mappings.load(folder, name -> null);
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Importing importing = new Importing(ledger, new Layouts(mappings, new Contracts(folder)), "n");
            Map<String, BigDecimal> price = Map.of("shipping", new BigDecimal("8.10"));
            SoldLabels.put(
                    database,
                    "first",
                    "USD",
                    List.of(new Label("SO-1", "1Z001", LocalDate.of(2026, 11, 16), price, false)));
            importing.take(bill("first"), account("first"));
            Billing billing =
                    new Billing(ledger, new Accounts(List.of(account("first"))), mappings, folder, folder, "n");

            Taken second = billing.take(bill("first", "I-2"), Namespaces.ALL);
            billing.resume(() -> true);

            assertThat(billing.reconciled(second.invoices().get(0).row().id(), Namespaces.ALL, 10)
                            .findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.rule()).isEqualTo("duplicate-charge"));
        }
    }

    @Test
    void a_charge_is_found_again_in_the_file_that_was_read_to_its_end_last_whichever_was_begun_first(
            @TempDir Path folder) {
        Mappings mappings = Mappings.load(folder, name -> null);
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Map<String, BigDecimal> price = Map.of("shipping", new BigDecimal("8.10"));
            SoldLabels.put(
                    database,
                    "first",
                    "USD",
                    List.of(new Label("SO-1", "1Z001", LocalDate.of(2026, 11, 16), price, false)));
            Billing billing =
                    new Billing(ledger, new Accounts(List.of(account("first"))), mappings, folder, folder, "n");
            UpsFile large = new UpsFile().charge("I-0", "1Z001", "2026-11-16", Charge.transport("8.10"));
            IntStream.range(0, 1_100)
                    .forEach(n -> large.charge("I-0", "1ZL" + n, "2026-11-16", Charge.transport("1.00")));
            byte[] bytes = large.bytes();

            AtomicReference<Taken> small = new AtomicReference<>();
            Content slow = slow(bytes, () -> small.set(billing.take(bill("first", "I-1"), Namespaces.ALL)));
            Taken whole = billing.take(new Handed("large.csv", slow, "ups", "first", null, "Jane"), Namespaces.ALL);

            assertThat(rules(billing, small.get())).isEmpty();
            assertThat(rules(billing, whole)).contains("duplicate-charge");
            assertThat(whole.invoices().get(0).row().lineCount()).isEqualTo(1_101);
        }
    }

    private static List<String> rules(Billing billing, Taken taken) {
        return billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10).rules().stream()
                .map(VarianceBook.ByRule::ruleName)
                .toList();
    }

    /** While its last lines are read something else is done. */
    private static Content slow(byte[] bytes, Runnable meanwhile) {
        AtomicInteger opened = new AtomicInteger();
        return () -> opened.incrementAndGet() < 3
                ? new ByteArrayInputStream(bytes)
                : new FilterInputStream(new ByteArrayInputStream(bytes)) {
                    private int left = bytes.length * 49 / 50;

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        int read = super.read(into, from, Math.min(length, 4096));
                        int before = left;
                        left -= Math.max(0, read);
                        if (before > 0 && left <= 0) {
                            meanwhile.run();
                        }
                        return read;
                    }
                };
    }

    private static String state(Billing billing, String account) {
        return billing.list(Namespaces.ALL, account, null, 10).get(0).state();
    }

    private static Handed bill(String account) {
        return bill(account, "I-1");
    }

    private static Handed bill(String account, String number) {
        byte[] file = new UpsFile()
                .charge(number, "1Z001", "2026-11-16", Charge.transport("8.10"))
                .bytes();
        return new Handed("nov.csv", Content.of(file), "ups", account, null, "Jane");
    }

    private static Account account(String name) {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "1");
        return new Account(name, "ups", carrier, Set.of("acme"), 1, Duration.ofSeconds(1), "on_creation", true);
    }
}
