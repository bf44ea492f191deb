package io.waybill;

import io.waybill.access.Access;
import io.waybill.access.Spending;
import io.waybill.api.Api;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Comparing;
import io.waybill.batch.Uploads;
import io.waybill.batch.WholeFiles;
import io.waybill.billing.Billing;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Described;
import io.waybill.delivery.Bundles;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Sink;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.dispatch.Quoted;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Originals;
import io.waybill.intake.Outside;
import io.waybill.intake.PackingDoor;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Dues;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Retention;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.readiness.Assessment;
import io.waybill.readiness.Readiness;
import io.waybill.readiness.Steps;
import io.waybill.readiness.Thresholds;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Price;
import io.waybill.rollout.Pricing;
import io.waybill.rollout.Rollout;
import io.waybill.settings.Settings;
import io.waybill.station.Stations;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promise, wired: take in once → choose → buy → record → deliver. Knows nothing of Camel. */
final class Spine implements AutoCloseable {
    final Orders orders = new Orders();
    final Mappings mappings;
    final Ledger ledger;
    final Accounts accounts;
    final Access access;
    final Dispatch dispatch;
    final Intake intake;
    final Desk desk;
    private final Editing editing;
    private final AnotherLabel anotherLabel;
    private final Stations stations;
    private final Spending spending;
    final Sources sources;
    final MappedIntake mapped;
    final RoomTaker taker;
    final Vitals vitals;
    final Waiting waiting;
    private final Surroundings surroundings;
    final Batch batch;
    final WholeFiles wholeFiles;
    final Billing billing;
    final SourceFeeds feeds;
    final Uploads uploads;
    final Comparing comparing;
    private final Optional<String> home;
    final Delivery delivery;
    final Bundles bundles;
    final Tracking tracking;
    private final Sinks sinks;
    private final Steps steps;
    private final SheetFolders rateSheets;
    private final Rollout rollout;
    private final Duration flush;
    final HubNode node;
    final Backups backups;
    final Housekeeping housekeeping;
    private final Clockwork clockwork;

    /** @param sinkOf the sink under a name; asked when its first event is delivered */
    Spine(Settings settings, DataFolder data, Function<String, Sink> sinkOf) {
        String run = Ids.next("node");
        NodeSettings asNode = NodeSettings.read(settings.section("waybill"), settings.section("nodes"));
        Path contracts = Path.of(settings.section("waybill").get("contracts.dir", "contracts"));
        Written.carriersIn(settings);
        Sinks sinks = Sinks.read(settings);
        Path folder = Written.mappingsIn(settings);
        Beside<Mappings> written = Beside.begin("mappings", () -> Written.mappings(folder, orders));
        accounts = new Accounts(settings.section("account"), new Carriers());
        Choosing choosing = Choosing.read(settings.section(""), accounts);
        sources = new Sources(settings.section("source"), settings.section("defaults"));
        spending = Spending.read(settings);
        surroundings = new Surroundings(sources, choosing, sinks, Thresholds.read(settings.section("readiness")));
        steps = Steps.read(settings.section("assess"));
        rateSheets = SheetFolders.read(accounts, settings.section("account"));
        LoadSettings load = LoadSettings.read(settings.section("load"), settings.section("disk"));
        TrackingSettings following = TrackingSettings.read(settings.section("tracking"));
        DispatchSettings patience = DispatchSettings.read(settings.section("dispatch"), following.every());
        BackupSettings copies = BackupSettings.read(settings.section("backup"), data.path());
        Retention retention = Retention.read(settings.section("retention"));
        Originals originals = Originals.read(settings.section("originals"));
        ledger = Ledger.open(Written.database(settings, data), sinks, Dues.read(settings.section("exceptions.due")));
        mappings = orClosed(() -> written.get().under(new MappingVersions(ledger)));
        node = orClosed(() -> new HubNode(asNode, data, ledger, sources, run));
        access = Access.open(ledger);
        backups = new Backups(ledger, copies, load.minFree());
        housekeeping = new Housekeeping(ledger, backups, retention, data.files(), node::has);
        delivery = new Delivery(ledger, run, sinks, sinkOf);
        dispatch = new Dispatch(ledger, accounts, patience, spending, run, delivery::wake);
        dispatch.doOnly(node::has);
        intake = new Intake(ledger, orders, sources, choosing, spending, originals, dispatch.atOnce(), this::wake);
        desk = new Desk(ledger, orders, choosing, spending, this::wake);
        editing = new Editing(ledger, intake, this::wake);
        stations = Stations.read(settings.section("station"));
        anotherLabel = new AnotherLabel(ledger, orders, choosing, spending, this::wake);
        mapped = new MappedIntake(
                intake,
                new Outside(ledger, orders, accounts, sources, this::wake),
                Map.of(
                        MappedIntake.CANCEL,
                        new CancelDoor(intake, true),
                        MappedIntake.CANCEL_UNSOLD,
                        new CancelDoor(intake, false),
                        MappedIntake.HOLD,
                        new HoldDoor(intake),
                        "packing/1",
                        new PackingDoor(intake, orders, desk, sources),
                        "tracking-event/1",
                        new ScanDoor(intake, orders, sources)),
                sources,
                mappings);
        vitals = new Vitals(load, ledger, data::freeBytes);
        waiting = new Waiting(ledger, accounts, load.maxAge(), vitals::tell);
        vitals.lookAtDisk();
        flush = load.flush();
        dispatch.buyWhile(() -> vitals.isWell() && node.isMember());
        taker = new RoomTaker(mapped, () -> !vitals.isDiskLow());
        Archive archive = Archive.in(data.files());
        bundles = new Bundles(ledger, node.name, Clock.systemUTC(), node::has);
        wholeFiles = new WholeFiles(ledger, archive, node.name);
        batch = new Batch(ledger, taker, archive, node.name);
        feeds = new SourceFeeds(sources, mappings);
        home = settings.section("hub").optional("url");
        Uploads.Feeds uploaded = (source, format) -> feeds.feed(source, null, format, "upload");
        uploads = new Uploads(
                ledger,
                batch,
                taker,
                new DryRun(mapped, choosing, dispatch),
                archive,
                uploaded,
                desk::callOff,
                node.name,
                node::isGone);
        comparing = new Comparing(
                ledger,
                new SheetPrices(intake, mapped, dispatch),
                taker,
                archive,
                uploaded,
                node.name,
                Comparing.most(settings.section("rates")));
        billing = new Billing(ledger, accounts, mappings, contracts, folder.resolve("lookups/gl.csv"), node.name);
        this.sinks = sinks;
        Set<String> namespaces = new TreeSet<>(sources.namespaces());
        namespaces.addAll(settings.section("namespace").names());
        Pricing pricing = new Pricing(
                ledger,
                order -> dispatch.price(order, choosing.choose(order, String.valueOf(order.namespace())))
                        .get()
                        .flatMap(Spine::price));
        clockwork = new Clockwork(ledger, sinks, desk, billing, pricing, node::has);
        rollout = new Rollout(ledger, namespaces, retention, clockwork::followStages);
        clockwork.followStages();
        tracking = new Tracking(ledger, accounts, following, delivery::wake, dispatch::arrived);
    }

    /** The calls of the REST interface over these parts. */
    Api api() {
        return new Api(
                new Api.Records(ledger, orders, mappings, access, backups),
                new Api.Doors(sources, intake, mapped, desk, editing, anotherLabel),
                new Api.Carriage(accounts, dispatch, spending, stations, tracking),
                delivery,
                new Api.Sheets(uploads, comparing, home),
                billing,
                new Api.Opening(
                        rollout, new NextStage(ledger, accounts, sinks::takers), surroundings::of, this::assessment));
    }

    private Assessment assessment(String source, Readiness readiness) {
        SourceSettings settings = sources.get(source);
        LocalDate today = ledger.read(tx -> tx.now()).atZone(ZoneOffset.UTC).toLocalDate();
        return new Assessment(readiness, rateSheets.serving(settings.namespace()), settings.shipFrom(), steps, today);
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
        accounts.all().stream()
                .map(Account::carrier)
                .filter(Described.class::isInstance)
                .map(Described.class::cast)
                .collect(Collectors.toMap(Described::carrierId, Described::mappings, (one, same) -> one))
                .forEach((carrier, its) -> its.record(carrier, versions));
    }

    /** Lets the other nodes of the database know; before anything is claimed. */
    void join() {
        node.join(this::takeOver, vitals::outgrow);
    }

    /** A node is gone: what it had claimed is looked up, sent and finished here. */
    private void takeOver() {
        wake();
        clockwork.resumeBills();
    }

    void start() {
        vitals.start();
        waiting.start();
        dispatch.start();
        delivery.start();
        tracking.start();
        housekeeping.start();
        uploads.start();
        comparing.start();
        clockwork.start();
    }

    private static Optional<Price> price(Quoted quoted) {
        return Optional.ofNullable(quoted.rate().total())
                .map(total -> new Price(quoted.carrier(), quoted.rate().service(), total));
    }

    private void wake() {
        dispatch.wake();
        delivery.wake();
    }

    /** Claims nothing any more; open purchases finish, and what they have to tell is told if that is quick. What is left is taken up at the next start. */
    void drain() {
        node.standDown();
        dispatch.claimNoMore();
        clockwork.close();
        together(dispatch::finish, uploads::close, comparing::close, housekeeping::close, tracking::close);
        dispatch.close();
        delivery.flush(flush);
        delivery.stop();
        node.leave();
        waiting.close();
        vitals.close();
    }

    /** What takes long to end keeps nothing else from its own end, and the hub no longer than it takes itself. */
    private static void together(Runnable... ends) {
        ExecutorService each = Executors.newCachedThreadPool();
        List<CompletableFuture<Void>> ending = Stream.of(ends)
                .map(end -> CompletableFuture.runAsync(end, each))
                .toList();
        each.shutdown();
        ending.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        uploads.close();
        comparing.close();
        node.leave();
        access.close();
        ledger.close();
    }
}
