package io.waybill.api;

import io.waybill.access.Access;
import io.waybill.access.Spending;
import io.waybill.batch.Comparing;
import io.waybill.batch.Uploads;
import io.waybill.billing.Billing;
import io.waybill.carrier.Accounts;
import io.waybill.delivery.Delivery;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Manifesting;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Retrying;
import io.waybill.intake.Sources;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Ledger;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.readiness.Setting;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Rollout;
import io.waybill.station.Stations;
import io.waybill.tracking.Tracking;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The REST interface: every resource over the doors of the rooms below.
 *
 * @param home where people find this hub, for links in what they save: {@code https://hub.example.com}
 * @param surroundings what stands around a source, for its readiness
 */
public record Api(
        Ledger ledger,
        Orders orders,
        Mappings mappings,
        Intake intake,
        MappedIntake mapped,
        Desk desk,
        Editing editing,
        AnotherLabel anotherLabel,
        Dispatch dispatch,
        Delivery delivery,
        Tracking tracking,
        Accounts accounts,
        Access access,
        Sources sources,
        Backups backups,
        Uploads uploads,
        Comparing comparing,
        Optional<String> home,
        Function<String, Setting> surroundings,
        Billing billing,
        Stations stations,
        Spending spending,
        Rollout rollout,
        NextStage nextStage,
        Assessments assessments) {

    /**
     * All resources, to be put on {@link RestRoutes}.
     *
     * @param waiting how many callers may wait for a label at once; fewer than the server has workers
     */
    public List<Resource> resources(int waiting) {
        return resources(waiting, Edges.NONE);
    }

    /** The same for a hub with routes. */
    public List<Resource> resources(int waiting, Edges edges) {
        Waits waits = new Waits(dispatch, waiting);
        Speaker speaker = new Speaker(sources);
        return Stream.of(
                        new Taking(ledger, orders, intake, mapped, dispatch, waits, speaker).resources(),
                        new OrderCalls(ledger, orders, desk, waits, new Availability(accounts)).resources(),
                        new ViewCalls(ledger).resources(),
                        new OriginCalls(ledger, mappings).resources(),
                        new EditCalls(ledger, orders, editing, waits).resources(),
                        new AnotherLabelCalls(ledger, anotherLabel, waits).resources(),
                        new StationCalls(ledger, orders, desk, dispatch, stations, waits).resources(),
                        shipments().resources(),
                        new OutsideCalls(ledger, orders, mapped, speaker).resources(),
                        TodayCalls.of(ledger).resources(),
                        new SourceCalls(sources).resources(),
                        new SinkCalls(ledger, delivery).resources(),
                        new RouteCalls(ledger, sources, delivery, edges).resources(),
                        new SpendingCalls(ledger, spending, sources).resources(),
                        new AddressCalls(orders).resources(),
                        new ManifestCalls(ledger, accounts, new Manifesting(ledger, accounts)).resources(),
                        new Charges(ledger).resources(),
                        new ChargeSums(billing).resources(),
                        new InvoiceCalls(ledger, billing).resources(),
                        new MoneyCalls(ledger, billing).resources(),
                        new RefundCalls(ledger).resources(),
                        new DisputeCalls(ledger, billing).resources(),
                        new MappingCalls(ledger, mappings).resources(),
                        new AccountCalls(ledger, accounts, dispatch).resources(),
                        new RateCalls(ledger, orders, intake, mapped, dispatch, speaker).resources(),
                        new RolloutCalls(rollout, new RolloutView(ledger, rollout, nextStage, sources)).resources(),
                        new ShadowCalls(ledger, rollout, sources).resources(),
                        new SheetRateCalls(ledger, comparing, speaker).resources(),
                        new ReadinessCalls(ledger, orders, mappings, sources, surroundings, assessments, nextStage)
                                .resources(),
                        new BatchCalls(
                                        ledger,
                                        uploads,
                                        new BatchLabels(dispatch),
                                        home,
                                        mapping -> mapped.bringsLabels(mapping),
                                        speaker)
                                .resources(),
                        new CauseCalls(ledger).resources(),
                        new ExceptionCalls(
                                        ledger,
                                        desk,
                                        new Retrying(ledger, mapped),
                                        dispatch,
                                        delivery,
                                        new Assignees(access))
                                .resources(),
                        new ResolveCalls(ledger, dispatch, waits).resources(),
                        new KeyCalls(access, sources).resources(),
                        new SessionCalls(access.sessions()).resources(),
                        new AuditCalls(ledger).resources(),
                        new StoreCalls(backups, new Erasure(ledger), dispatch).resources())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that stand outside {@code /v1} and need no key. */
    public List<Resource> open() {
        return List.of(shipments().linked(), new CarrierHooks(tracking).resource());
    }

    private ShipmentCalls shipments() {
        return new ShipmentCalls(ledger, dispatch, access.links());
    }
}
