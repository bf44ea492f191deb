package io.waybill;

import io.waybill.access.Spending;
import io.waybill.api.HttpSettings;
import io.waybill.batch.Comparing;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Originals;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Dues;
import io.waybill.ledger.Retention;
import io.waybill.problem.Problem;
import io.waybill.readiness.Steps;
import io.waybill.readiness.Thresholds;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.station.Stations;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads every section as the part reads it that it belongs to. */
record SettingsCheck(Settings settings, Gathered found) {
    void run() {
        found.collect(this::address);
        found.collect(() -> BackupSettings.read(settings.section("backup"), Path.of("data")));
        found.collect(() -> Retention.read(settings.section("retention")));
        found.collect(() -> Originals.read(settings.section("originals")));
        found.problems.addAll(Written.missingFolders(settings));
        found.warnings.addAll(Written.absentFolders(settings));
        found.problems.addAll(Written.described(settings).problems());
        found.collect(() -> OwnSandbox.read(settings.section("waybill.sandbox")));
        found.collect(() -> TraceExport.read(settings.section("trace")));
        found.collect(() -> Sinks.read(settings));
        found.warnings.addAll(new NamespacesCheck(settings).warnings());
        found.warnings.addAll(new SourcesCheck(settings).namespaces());
        found.warnings.addAll(new SinksCheck(settings).ofNoOne());
        found.collect(() -> Spending.read(settings));
        found.collect(() -> DispatchSettings.read(settings.section("dispatch"), Duration.ZERO));
        found.collect(() -> TrackingSettings.read(settings.section("tracking")));
        found.collect(() -> NodeSettings.read(settings.section("waybill"), settings.section("nodes")));
        found.collect(() -> LoadSettings.read(settings.section("load"), settings.section("disk")));
        found.collect(() -> Thresholds.read(settings.section("readiness")));
        found.collect(() -> Steps.read(settings.section("assess")));
        found.collect(() -> Comparing.most(settings.section("rates")));
        found.collect(() -> Dues.read(settings.section("exceptions.due")));
        found.collect(() -> Stations.read(settings.section("station")));
        Stream.of("sink", "source").forEach(this::secrets);
        accounts();
    }

    /** As the hub does when it begins to listen; whether keys exist is not known here, so it can only say what is needed. */
    private void address() {
        HttpSettings http = HttpSettings.read(settings.section("waybill.http"));
        http.requireSafe(true);
        if (!http.isLoopback() || http.behindProxy()) {
            found.warnings.add(Problem.of(CheckCode.KEYS_NEEDED, "host", http.host()));
        }
    }

    /** Each is resolved and none is shown. */
    private void secrets(String kind) {
        Section section = settings.section(kind);
        for (String name : section.names()) {
            Stream.of("secret", "secret.next")
                    .forEach(key -> found.collect(() -> section.section(name).secret(key)));
        }
    }

    private void accounts() {
        List<Problem> wrong = new ArrayList<>();
        Accounts accounts = Accounts.check(settings.section("account"), new Carriers(), wrong);
        new AccountsCheck(settings, accounts, found).run();
        if (!wrong.isEmpty()) {
            found.problems.addAll(wrong);
            // whoever would read the others of their keys has not come so far
            settings.leaveAside("account");
        }
    }
}
