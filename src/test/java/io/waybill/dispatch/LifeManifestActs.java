package io.waybill.dispatch;

import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.Namespaces;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What who hands parcels over does: the day's manifest is closed, or tried again. */
final class LifeManifestActs {
    private final LifeWorld world;

    LifeManifestActs(LifeWorld world) {
        this.world = world;
    }

    Map<String, Consumer<LifeTry>> all() {
        return Map.of("close", this::close);
    }

    private void close(LifeTry act) {
        String account = act.one(world.carriers()).account().name();
        List<ManifestBook.Row> open = open(account);
        Manifesting manifesting = world.doors().manifesting();
        if (!open.isEmpty() && act.half()) {
            world.tell("  again");
            manifesting.again(act.one(open), Namespaces.ALL, "ops");
        } else {
            manifesting.close(account, LocalDate.now(ZoneOffset.UTC), Namespaces.ALL, "ops");
        }
    }

    private List<ManifestBook.Row> open(String account) {
        return world.ledger().read(tx -> tx.manifests().of(account, Namespaces.ALL, Namespaces.ALL, null, 100)).stream()
                .filter(row -> row.state() == ManifestBook.State.OPEN)
                .toList();
    }
}
