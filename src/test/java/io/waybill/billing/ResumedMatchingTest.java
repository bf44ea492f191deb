package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

            billing.resume();
            assertThat(state(billing, "first")).isEqualTo("PROVED");
            assertThat(state(billing, "second")).isEqualTo("MATCHED");

            Files.delete(contract);
            billing.resume();
            assertThat(state(billing, "first")).isEqualTo("MATCHED");
        }
    }

    private static String state(Billing billing, String account) {
        return billing.list(Namespaces.ALL, account, null, 10).get(0).state();
    }

    private static Handed bill(String account) {
        byte[] file = new UpsFile()
                .charge("I-1", "1Z001", "2026-11-16", Charge.transport("8.10"))
                .bytes();
        return new Handed("nov.csv", Content.of(file), "ups", account, null, "Jane");
    }

    private static Account account(String name) {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "1");
        return new Account(name, "ups", carrier, Set.of("acme"), 1, Duration.ofSeconds(1), "on_creation", true);
    }
}
