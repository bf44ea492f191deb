package io.waybill.billing;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A process that does what a hub does when it starts and when somebody brings this file: with the address, user and password of a store, and the file. */
final class BillReader {
    private BillReader() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[3]);
        try (Ledger ledger = Ledger.open(new Database(arguments[0], arguments[1], arguments[2]), Subscriptions.NONE)) {
            Billing billing = on(ledger, file.getParent());
            billing.resume(() -> true);
            billing.take(
                    new Handed("nov.csv", () -> Files.newInputStream(file), "ups", "ups-1", null, "Jane"),
                    Namespaces.ALL);
        }
    }

    static Billing on(Ledger ledger, Path folder) {
        Account account = new Account(
                "ups-1",
                "ups",
                new FakeCarrier(IdempotencyClass.A, "9.42"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
        return new Billing(
                ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "node-1");
    }
}
