package io.waybill;

import io.waybill.access.Spending;
import io.waybill.batch.Comparing;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Originals;
import io.waybill.intake.Sources;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Database;
import io.waybill.ledger.Dues;
import io.waybill.ledger.Retention;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.readiness.Steps;
import io.waybill.readiness.Thresholds;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.station.Stations;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All that the settings say of the rooms of a spine, read before one of them is opened: a setting that is wrong leaves nothing open. */
final class Plan {
    final NodeSettings node;
    final LoadSettings load;
    final Database database;
    final BackupSettings backups;
    final Retention retention;

    final Orders orders = new Orders();
    final Sources sources;
    final Originals originals;
    final Set<String> namespaces;
    final int mostCompared;
    final Dues dues;

    /** Compiled while the rest is read. */
    final Beside<Mappings> mappings;

    /** The tables beside them. */
    final Path lookups;

    final Accounts accounts;
    final Choosing choosing;
    final Spending spending;
    final DispatchSettings dispatch;
    final TrackingSettings tracking;
    final Stations stations;
    final SheetFolders rateSheets;
    final Path contracts;

    final Sinks sinks;
    final Thresholds thresholds;
    final Steps steps;

    /** Where people find this hub. */
    final Optional<String> home;

    Plan(Settings settings, DataFolder data) {
        Section waybill = settings.section("waybill");
        Section account = settings.section("account");
        node = NodeSettings.read(waybill, settings.section("nodes"));
        contracts = Path.of(waybill.get("contracts.dir", "contracts"));
        Written.carriersIn(settings); // read by the accounts of carriers that are described, of which there may be none
        sinks = Sinks.read(settings);
        Path folder = Written.mappingsIn(settings);
        lookups = folder.resolve("lookups");
        mappings = Beside.begin("mappings", () -> Written.mappings(folder, orders));
        accounts = new Accounts(account, new Carriers());
        choosing = Choosing.read(settings.section(""), accounts);
        sources = new Sources(settings);
        spending = Spending.read(settings);
        thresholds = Thresholds.read(settings.section("readiness"));
        steps = Steps.read(settings.section("assess"));
        rateSheets = SheetFolders.read(accounts, account);
        load = LoadSettings.read(settings.section("load"), settings.section("disk"));
        tracking = TrackingSettings.read(settings.section("tracking"));
        dispatch = DispatchSettings.read(settings.section("dispatch"), tracking.every());
        backups = BackupSettings.read(settings.section("backup"), data.path());
        retention = Retention.read(settings.section("retention"));
        originals = Originals.read(settings.section("originals"));
        database = Written.database(settings, data);
        dues = Dues.read(settings.section("exceptions.due"));
        stations = Stations.read(settings.section("station"));
        mostCompared = Comparing.most(settings.section("rates"));
        home = settings.section("hub").optional("url");
        namespaces = new TreeSet<>(sources.namespaces());
        namespaces.addAll(settings.section("namespace").names());
    }
}
