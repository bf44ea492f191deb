package io.waybill.dispatch;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.Namespaces;
import io.waybill.mapping.Mappings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Each carrier of a walk bills all it sold, and what it gave back. */
final class LifeBills {
    private static final Path NOWHERE = Path.of("target/no-such-folder");

    private final LifeWorld world;

    LifeBills(LifeWorld world) {
        this.world = world;
    }

    void take() {
        Mappings none = Mappings.load(NOWHERE, target -> null);
        world.carriers().stream()
                .filter(carrier -> !carrier.sales().isEmpty())
                .forEach(carrier -> billing(carrier, none).take(bill(carrier), Namespaces.ALL));
    }

    private Billing billing(LifeCarrier carrier, Mappings none) {
        Accounts its = new Accounts(List.of(carrier.account()));
        return new Billing(world.ledger(), its, none, NOWHERE, NOWHERE, "node-1");
    }

    private static Handed bill(LifeCarrier carrier) {
        String invoice = "I-" + carrier.name();
        String day = LocalDate.now(ZoneOffset.UTC).toString();
        UpsFile file = new UpsFile();
        for (LifeSale sale : carrier.sales()) {
            String number = "1Z" + sale.id;
            file.charge(invoice, number, day, Charge.transport("8.10"));
            file.charge(invoice, number, day, Charge.fuel("1.20"));
            if (sale.voided) {
                file.charge(invoice, number, day, Charge.voided("-9.30"));
            }
        }
        String account = carrier.account().name();
        return new Handed(carrier.name() + ".csv", Content.of(file.bytes()), "ups", account, null, "Jane");
    }
}
