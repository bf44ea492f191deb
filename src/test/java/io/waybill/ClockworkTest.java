package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.access.Spending;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.rollout.Pricing;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockworkTest {
    private static final Settings NOTHING = Settings.of("");

    @TempDir
    Path folder;

    @Test
    void a_bill_whose_node_went_is_matched_by_whoever_has_the_bills_later() {
        Account account = new Account(
                "ups-1",
                "ups",
                new FakeCarrier(IdempotencyClass.A, "1"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
        Accounts accounts = new Accounts(List.of(account));
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Billing billing =
                    new Billing(ledger, accounts, Mappings.load(folder, name -> null), folder, folder, "node-1");
            provedOnly(billing);
            AtomicBoolean another = new AtomicBoolean(true);

            try (Clockwork clockwork =
                    clockwork(ledger, accounts, billing, duty -> duty.equals("bills") && !another.getAndSet(false))) {
                clockwork.start();

                await().until(() -> state(billing).equals("MATCHED"));
            }
        }
    }

    /** While it is read its contract becomes one nobody can read, and a good one again afterwards. */
    private void provedOnly(Billing billing) {
        byte[] file = new UpsFile()
                .charge("I-1", "1Z001", "2026-11-16", Charge.transport("8.10"))
                .bytes();
        Path contract = folder.resolve("ups-1.yaml");
        Content content = () -> {
            Files.writeString(contract, "currency: [");
            return Content.of(file).open();
        };
        Handed bill = new Handed("nov.csv", content, "ups", "ups-1", null, "Jane");
        assertThatThrownBy(() -> billing.take(bill, Namespaces.ALL)).hasMessageContaining("ups-1");
        assertThat(contract.toFile().delete()).isTrue();
        assertThat(state(billing)).isEqualTo("PROVED");
    }

    private static String state(Billing billing) {
        return billing.list(Namespaces.ALL, "ups-1", null, 10).get(0).state();
    }

    private static Clockwork clockwork(Ledger ledger, Accounts accounts, Billing billing, Predicate<String> duties) {
        Choosing choosing = Choosing.read(NOTHING.section(""), accounts);
        Desk desk = new Desk(ledger, new Orders(), choosing, Spending.read(Settings.of("")), () -> {});
        Pricing pricing = new Pricing(ledger, order -> Optional.empty());
        return new Clockwork(ledger, Sinks.read(NOTHING), desk, billing, pricing, duties);
    }
}
