package io.waybill;

import io.waybill.access.Access;
import io.waybill.api.Api;
import io.waybill.carrier.Account;
import io.waybill.carrier.Described;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Ledger;
import io.waybill.mapping.Mappings;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every room stands on: the ledger and who keeps it, the mappings as it knows them, this node among others, and who may enter. */
final class Ground implements AutoCloseable {
    final DataFolder data;
    final Ledger ledger;
    final Mappings mappings;
    final HubNode node;
    final Access access;
    final Backups backups;
    final Housekeeping housekeeping;
    private final Plan plan;

    Ground(Plan plan, DataFolder data) {
        this.plan = plan;
        this.data = data;
        ledger = Ledger.open(plan.database, plan.sinks, plan.dues);
        mappings = orClosed(() -> plan.mappings.get().under(new MappingVersions(ledger)));
        node = orClosed(() -> new HubNode(plan.node, data, ledger, plan.sources));
        access = Access.open(ledger);
        backups = new Backups(ledger, plan.backups, plan.load.minFree());
        housekeeping = new Housekeeping(ledger, backups, plan.retention, data.files(), node::has);
    }

    /** What a hub cannot be without: where it fails nothing stays open. */
    private <T> T orClosed(Supplier<T> made) {
        try {
            return made.get();
        } catch (RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    /** Before anything is taken in: from then on the numbers of these versions mean these texts. */
    void recordMappings() {
        MappingVersions versions = new MappingVersions(ledger);
        mappings.record(versions);
        described().forEach((carrier, its) -> its.record(carrier, versions));
    }

    /** Of described carriers, by the carrier. */
    private Map<String, Mappings> described() {
        return plan.accounts.all().stream()
                .map(Account::carrier)
                .filter(Described.class::isInstance)
                .map(Described.class::cast)
                .collect(Collectors.toMap(Described::carrierId, Described::mappings, (one, same) -> one));
    }

    LookupWatch watchLookups() {
        return new LookupWatch(Stream.concat(Stream.of(mappings), described().values().stream())
                .toList());
    }

    Api.Records records() {
        return new Api.Records(ledger, plan.orders, mappings, access, backups);
    }

    /** Last of all. */
    @Override
    public void close() {
        node.leave();
        access.close();
        ledger.close();
    }
}
