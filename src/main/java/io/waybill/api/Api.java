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
 * @param delivery what is told to whom
 */
public record Api(
        Records records,
        Doors doors,
        Carriage carriage,
        Delivery delivery,
        Sheets sheets,
        Billing billing,
        Opening opening) {

    /** What is kept, what it means, and who may see it. */
    public record Records(Ledger ledger, Orders orders, Mappings mappings, Access access, Backups backups) {}

    /** Where orders come in, and where people and systems change what became of them. */
    public record Doors(
            Sources sources,
            Intake intake,
            MappedIntake mapped,
            Desk desk,
            Editing editing,
            AnotherLabel anotherLabel) {}

    /** Who carries: how labels are bought, printed and followed, and how much may be spent on them. */
    public record Carriage(
            Accounts accounts, Dispatch dispatch, Spending spending, Stations stations, Tracking tracking) {}

    /**
     * Many orders in one file, to be taken in or to be priced.
     *
     * @param home where people find this hub, for links in what they save: {@code https://hub.example.com}
     */
    public record Sheets(Uploads uploads, Comparing comparing, Optional<String> home) {}

    /**
     * How a source comes to be served for good.
     *
     * @param surroundings what stands around a source, for its readiness
     */
    public record Opening(
            Rollout rollout, NextStage nextStage, Function<String, Setting> surroundings, Assessments assessments) {}

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
        Waits waits = new Waits(carriage.dispatch(), waiting);
        Speaker speaker = new Speaker(doors.sources());
        return Stream.of(
                        orders(waits, speaker),
                        labels(waits, speaker),
                        partners(edges),
                        carriers(),
                        money(),
                        prices(speaker),
                        openings(),
                        batches(speaker),
                        exceptions(waits),
                        upkeep())
                .flatMap(calls -> calls)
                .flatMap(List::stream)
                .toList();
    }

    /** Those that stand outside {@code /v1} and need no key. */
    public List<Resource> open() {
        return List.of(shipments().linked(), new CarrierHooks(carriage.tracking()).resource());
    }

    private Stream<List<Resource>> orders(Waits waits, Speaker speaker) {
        Ledger ledger = ledger();
        Orders orders = records.orders();
        return Stream.of(
                new Taking(ledger, orders, doors.intake(), doors.mapped(), carriage.dispatch(), waits, speaker)
                        .resources(),
                new OrderCalls(ledger, orders, doors.desk(), delivery, waits, new Availability(carriage.accounts()))
                        .resources(),
                new ViewCalls(ledger).resources(),
                new OriginCalls(ledger, records.mappings(), delivery).resources(),
                new EditCalls(ledger, doors.editing(), waits).resources(),
                new AddressCalls(orders).resources(),
                TodayCalls.of(ledger).resources());
    }

    private Stream<List<Resource>> labels(Waits waits, Speaker speaker) {
        Ledger ledger = ledger();
        Orders orders = records.orders();
        return Stream.of(
                shipments().resources(),
                new AnotherLabelCalls(ledger, doors.anotherLabel(), waits).resources(),
                new OutsideCalls(ledger, orders, doors.mapped(), speaker).resources(),
                new StationCalls(ledger, orders, doors.desk(), carriage.dispatch(), carriage.stations(), waits)
                        .resources());
    }

    private ShipmentCalls shipments() {
        return new ShipmentCalls(ledger(), carriage.dispatch(), records.access().links());
    }

    private Stream<List<Resource>> partners(Edges edges) {
        return Stream.of(
                new SourceCalls(doors.sources()).resources(),
                new SinkCalls(ledger(), delivery).resources(),
                new RouteCalls(ledger(), doors.sources(), delivery, edges).resources(),
                new MappingCalls(ledger(), records.mappings()).resources());
    }

    private Stream<List<Resource>> carriers() {
        Accounts accounts = carriage.accounts();
        return Stream.of(
                new AccountCalls(ledger(), accounts, carriage.dispatch()).resources(),
                new SpendingCalls(ledger(), carriage.spending(), doors.sources()).resources(),
                new ManifestCalls(ledger(), accounts, new Manifesting(ledger(), accounts)).resources());
    }

    private Stream<List<Resource>> money() {
        Ledger ledger = ledger();
        return Stream.of(
                new Charges(ledger).resources(),
                new ChargeSums(billing).resources(),
                new InvoiceCalls(ledger, billing).resources(),
                new Reconciliation(ledger).resources(),
                new MoneyCalls(ledger, billing).resources(),
                new RefundCalls(ledger, billing).resources(),
                new DisputeCalls(ledger, billing).resources());
    }

    private Stream<List<Resource>> prices(Speaker speaker) {
        return Stream.of(
                new RateCalls(ledger(), records.orders(), doors.intake(), doors.mapped(), carriage.dispatch(), speaker)
                        .resources(),
                new SheetRateCalls(ledger(), sheets.comparing(), speaker).resources());
    }

    private Stream<List<Resource>> openings() {
        Sources sources = doors.sources();
        Rollout rollout = opening.rollout();
        NextStage next = opening.nextStage();
        return Stream.of(
                new RolloutCalls(rollout, new RolloutView(ledger(), rollout, next, sources)).resources(),
                new ShadowCalls(ledger(), rollout, sources).resources(),
                new ReadinessCalls(
                                ledger(),
                                records.orders(),
                                records.mappings(),
                                sources,
                                opening.surroundings(),
                                opening.assessments(),
                                next)
                        .resources());
    }

    private Stream<List<Resource>> batches(Speaker speaker) {
        return Stream.of(new BatchCalls(
                        ledger(),
                        sheets.uploads(),
                        new BatchLabels(carriage.dispatch()),
                        sheets.home(),
                        mapping -> doors.mapped().bringsLabels(mapping),
                        speaker)
                .resources());
    }

    private Stream<List<Resource>> exceptions(Waits waits) {
        Ledger ledger = ledger();
        return Stream.of(
                new CauseCalls(ledger).resources(),
                new ExceptionCalls(
                                ledger,
                                doors.desk(),
                                new Retrying(ledger, doors.mapped()),
                                carriage.dispatch(),
                                delivery,
                                new Assignees(records.access()))
                        .resources(),
                new ResolveCalls(ledger, carriage.dispatch(), waits).resources());
    }

    private Stream<List<Resource>> upkeep() {
        Access access = records.access();
        return Stream.of(
                new KeyCalls(access, doors.sources()).resources(),
                new SessionCalls(access.sessions()).resources(),
                new AuditCalls(ledger()).resources(),
                new StoreCalls(records.backups(), new Erasure(ledger()), carriage.dispatch()).resources());
    }

    private Ledger ledger() {
        return records.ledger();
    }
}
