package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Caller;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.cli.Desk;
import io.waybill.cli.Findings;
import io.waybill.cli.Wiring;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerCode;
import io.waybill.ledger.NodeBook;
import io.waybill.ledger.Restore;
import io.waybill.ledger.ServedMappings;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.readiness.Setting;
import io.waybill.settings.Settings;
import io.waybill.text.Words;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the commands do with a hub. */
public final class HubWiring implements Wiring {
    @Override
    public Running start(Settings settings) {
        return Hub.start(settings);
    }

    @Override
    public boolean isLogJson() {
        return LogFormat.isJson();
    }

    @Override
    public Findings check(Settings settings) {
        Findings found = new HubCheck(settings).run();
        return running(settings)
                .map(desk -> {
                    Findings both = besideTheRunning(settings, desk, found);
                    desk.close();
                    return both;
                })
                .orElseGet(() -> beforeAStart(settings, found));
    }

    /** With what only the database can tell, while no hub runs on it here. */
    private static Findings beforeAStart(Settings settings, Findings found) {
        DataFolder data = Written.dataFolder(settings);
        Database database;
        try {
            database = Written.database(settings, data);
        } catch (ProblemException toldWithTheStore) {
            return found;
        }
        if (database.isEmbedded() && Database.isMissing(data.database())) {
            return found;
        }
        try {
            MappingsCheck files = MappingsCheck.read(settings);
            List<Problem> problems = new ArrayList<>(found.problems());
            ServedMappings.of(database).stream()
                    .flatMap(one -> files.mappings().reused(one.name(), one.version(), one.sha256()).stream())
                    .map(files::inFolder)
                    .forEach(problems::add);
            return new Findings(problems, found.warnings(), found.facts());
        } catch (SQLException e) {
            return database.isEmbedded() ? unread(absolute(data), e, found) : found; // of a server the store tells
        }
    }

    private static Findings unread(Path folder, SQLException e, Findings found) {
        List<Problem> warnings = new ArrayList<>(found.warnings());
        warnings.add(Problem.of(CheckCode.SERVED_VERSIONS_UNREAD, "folder", folder, "why", Words.of(e)));
        return new Findings(found.problems(), warnings, found.facts());
    }

    /** With what only the hub that runs can tell. */
    private static Findings besideTheRunning(Settings settings, Desk desk, Findings found) {
        JsonNode serves =
                desk.call("get", "/mappings", new byte[0], Locale.getDefault()).body();
        List<Problem> problems = new ArrayList<>(found.problems());
        problems.addAll(reused(serves.path("items"), MappingsCheck.read(settings)));
        List<Problem> warnings = new ArrayList<>(found.warnings());
        warnings.addAll(kept(serves));
        warnings.addAll(new SinksCheck(settings).gone(desk));
        return new Findings(problems, warnings, found.facts());
    }

    /** Files that were changed under the number that serves: the next start would refuse them. */
    private static List<Problem> reused(JsonNode serving, MappingsCheck files) {
        List<Problem> told = new ArrayList<>();
        serving.forEach(mapping -> {
            if (mapping.path("problems").isEmpty()) {
                files.mappings()
                        .reused(
                                mapping.path("name").asText(),
                                mapping.path("version").asInt(),
                                mapping.path("sha256").asText())
                        .map(files::inFolder)
                        .ifPresent(told::add);
            }
        });
        return told;
    }

    /** Where it serves another version of a mapping than its file's. */
    private static List<Problem> kept(JsonNode serves) {
        List<Problem> told = new ArrayList<>();
        serves.path("problems").forEach(problem -> {
            String code = problem.path("code").asText();
            if (code.startsWith("KEPT_VERSION") || code.startsWith("VERSION_")) {
                told.add(Problem.of(
                        CheckCode.HUB_SERVES_KEPT,
                        "at",
                        problem.path("line").asText(),
                        "said",
                        problem.path("detail").asText()));
            }
        });
        return told;
    }

    @Override
    public DescribedCarriers.Read carriers(Settings settings) {
        return Written.described(settings);
    }

    @Override
    public Mappings mappings(Settings settings) {
        return Written.mappings(settings, new Orders());
    }

    @Override
    public Setting setting(Settings settings, String source) {
        return Surroundings.read(settings).of(source);
    }

    @Override
    public Desk desk(Settings settings) {
        return running(settings).orElseGet(() -> {
            requireBegun(settings);
            return OpenedDesk.open(settings);
        });
    }

    @Override
    public Desk deskOrNew(Settings settings) {
        return running(settings).orElseGet(() -> OpenedDesk.open(settings));
    }

    @Override
    public Optional<Path> newDatabase(Settings settings) {
        DataFolder data = Written.dataFolder(settings);
        return Written.database(settings, data).isEmbedded() && Database.isMissing(data.database())
                ? Optional.of(absolute(data))
                : Optional.empty();
    }

    /** A folder that is relative is another one in another folder, and a new database there would answer for the hub's. */
    private static void requireBegun(Settings settings) {
        DataFolder data = Written.dataFolder(settings);
        if (Written.database(settings, data).isEmbedded() && !Database.isIn(data.database())) {
            throw new ProblemException(Problem.of(HubCode.NO_DATABASE_HERE, "folder", absolute(data)));
        }
    }

    private static Path absolute(DataFolder data) {
        return data.path().toAbsolutePath().normalize();
    }

    @Override
    public Restored restore(Settings settings, Path backup, boolean force) {
        requireStopped(settings);
        DataFolder data = Written.dataFolder(settings);
        if (!Written.database(settings, data).isEmbedded()) {
            throw new ProblemException(Problem.of(LedgerCode.RESTORE_BY_PG_RESTORE, "file", backup));
        }
        return new Restored(absolute(data), Restore.into(data.database(), backup, force, Caller.LOCAL.name()));
    }

    @Override
    public void markRestored(Settings settings, String backup) {
        requireStopped(settings);
        requireBegun(settings);
        DataFolder data = DataFolder.open(Written.dataFolder(settings).path());
        Database database = Written.database(settings, data);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            if (!database.isEmbedded()) {
                requireNoNode(ledger);
            }
            Restore.mark(ledger, backup, Caller.LOCAL.name());
        }
    }

    /** Each looks for the mark when it starts, and then no more. */
    private static void requireNoNode(Ledger ledger) {
        List<NodeBook.Row> running = ledger.read(tx -> tx.nodes().alive());
        if (!running.isEmpty()) {
            throw new ProblemException(Problem.of(
                    HubCode.NODES_ARE_RUNNING,
                    "nodes",
                    running.stream().map(NodeBook.Row::id).collect(Collectors.joining(", "))));
        }
    }

    private static void requireStopped(Settings settings) {
        running(settings).ifPresent(desk -> {
            desk.close();
            throw new ProblemException(
                    Problem.of(HubCode.HUB_IS_RUNNING, "folder", absolute(Written.dataFolder(settings))));
        });
    }

    private static Optional<Desk> running(Settings settings) {
        return HubToken.read(Written.dataFolder(settings).token()).flatMap(RunningDesk::at);
    }
}
