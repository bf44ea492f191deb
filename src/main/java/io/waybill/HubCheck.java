package io.waybill;

import io.waybill.access.Spending;
import io.waybill.api.HttpSettings;
import io.waybill.batch.Comparing;
import io.waybill.billing.BooksCheck;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.cli.Findings;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.edge.Routes;
import io.waybill.edge.Verbs;
import io.waybill.edge.VerifyVerb;
import io.waybill.intake.Originals;
import io.waybill.intake.Sources;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Dues;
import io.waybill.ledger.Retention;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.readiness.Steps;
import io.waybill.readiness.Thresholds;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.station.Stations;
import io.waybill.tracking.TrackingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Looks at everything a hub would be made of, and starts none of it: no port is taken, no database of a hub opened, no
 * document moved. Each part is read as the hub itself reads it.
 */
final class HubCheck {
    private final Settings settings;
    private final Path mappingsFolder;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final List<Problem> facts = new ArrayList<>();

    HubCheck(Settings settings) {
        this.settings = settings;
        this.mappingsFolder = Path.of(settings.section("waybill").get("mappings.dir", "mappings"));
    }

    Findings run() {
        settings();
        Mappings mappings = mappings();
        sources(mappings);
        routes(mappings);
        collect(() -> {
            StoreCheck.Found store = StoreCheck.of(settings);
            facts.addAll(store.facts());
            warnings.addAll(store.warnings());
        });
        warnings.addAll(settings.warnings());
        settings.unread().stream().filter(unread -> !isTold(unread)).forEach(problems::add);
        if (problems.isEmpty()) {
            warnings.addAll(settings.unreadVariables());
        }
        return new Findings(problems.stream().distinct().toList(), warnings, facts);
    }

    /** By whoever reads its section, with the keys it knows; or it may be read where nothing else of the section is wrong. */
    private boolean isTold(Problem unread) {
        String key = key(unread);
        return problems.stream()
                .filter(told -> key(told).indexOf('.') > 0)
                .anyMatch(told -> told.code().equals(unread.code())
                        ? key(told).equals(key)
                        : key.startsWith(key(told).substring(0, key(told).lastIndexOf('.') + 1)));
    }

    /** Of a setting; what is wrong with a mapping names keys without a point. */
    private static String key(Problem problem) {
        return problem.values().getOrDefault("key", "");
    }

    private void settings() {
        collect(this::address);
        collect(() -> BackupSettings.read(settings.section("backup"), Path.of("data")));
        collect(() -> Retention.read(settings.section("retention")));
        collect(() -> Originals.read(settings.section("originals")));
        problems.addAll(Written.missingFolders(settings));
        problems.addAll(Written.described(settings).problems());
        collect(() -> OwnSandbox.read(settings.section("waybill.sandbox")));
        collect(() -> TraceExport.read(settings.section("trace")));
        collect(() -> Sinks.read(settings));
        warnings.addAll(new SinksCheck(settings).namespaces());
        warnings.addAll(new SourcesCheck(settings).namespaces());
        collect(() -> Spending.read(settings));
        collect(() -> DispatchSettings.read(settings.section("dispatch"), Duration.ZERO));
        collect(() -> TrackingSettings.read(settings.section("tracking")));
        collect(() -> NodeSettings.read(settings.section("waybill"), settings.section("nodes")));
        collect(() -> LoadSettings.read(settings.section("load"), settings.section("disk")));
        collect(() -> Thresholds.read(settings.section("readiness")));
        collect(() -> Steps.read(settings.section("assess")));
        collect(() -> Comparing.most(settings.section("rates")));
        collect(() -> Dues.read(settings.section("exceptions.due")));
        Stream.of("sink", "source").forEach(this::secrets);
        try {
            Accounts accounts = new Accounts(settings.section("account"), new Carriers());
            choosing(accounts);
            books(accounts);
            warnings.addAll(new SinksCheck(settings).journal(accounts));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            // without the accounts nothing can be said about the rules that name them
            Stream.of("account", "rule", "service", "rules").forEach(this::leaveAside);
        }
    }

    /** Each is resolved and none is shown. */
    private void secrets(String kind) {
        Section section = settings.section(kind);
        for (String name : section.names()) {
            Stream.of("secret", "secret.next")
                    .forEach(key -> collect(() -> section.section(name).secret(key)));
        }
    }

    /** As the hub does when it begins to listen; whether keys exist is not known here, so it can only say what is needed. */
    private void address() {
        HttpSettings http = HttpSettings.read(settings.section("waybill.http"));
        http.requireSafe(true);
        if (!http.isLoopback() || http.behindProxy()) {
            warnings.add(Problem.of(CheckCode.KEYS_NEEDED, "host", http.host()));
        }
    }

    private void choosing(Accounts accounts) {
        collect(() -> Choosing.read(settings.section(""), accounts));
        collect(() -> Stations.read(settings.section("station")));
        settings.section("service").keys().forEach(word -> settings.value("service." + word));
        Section rules = settings.section("rule");
        for (String name : settings.section("").list("rules")) {
            rules.section(name)
                    .optional("account")
                    .filter(account -> accounts.find(account).isEmpty())
                    .ifPresent(account -> problems.add(rules.locate(
                            Problem.of(
                                    CheckCode.RULE_ACCOUNT_UNKNOWN,
                                    "rule",
                                    name,
                                    "account",
                                    account,
                                    "known",
                                    String.join(
                                            ", ",
                                            accounts.all().stream()
                                                    .map(Account::name)
                                                    .toList())),
                            name + ".account")));
        }
    }

    private void books(Accounts accounts) {
        Path contracts = Path.of(settings.section("waybill").get("contracts.dir", "contracts"));
        Set<String> names = accounts.all().stream().map(Account::name).collect(Collectors.toCollection(TreeSet::new));
        problems.addAll(BooksCheck.of(contracts, names, mappingsFolder.resolve("lookups")));
    }

    private void leaveAside(String section) {
        settings.value(section);
        settings.section(section).keys().forEach(key -> settings.value(section + "." + key));
    }

    private Mappings mappings() {
        Mappings mappings = Written.mappings(settings, new Orders());
        mappings.problems().forEach(problem -> problems.add(inFolder(problem)));
        return mappings;
    }

    /** Mappings name their file within their folder; a person wants to open it. */
    private Problem inFolder(Problem problem) {
        String file = problem.values().getOrDefault("file", "");
        return Files.exists(mappingsFolder.resolve(file))
                ? problem.with("file", mappingsFolder.resolve(file))
                : problem;
    }

    private void sources(Mappings mappings) {
        collect(() -> {
            Sources sources = new Sources(settings.section("source"), settings.section("defaults"));
            Path routes = routesFolder().resolve("sources");
            for (String name : settings.section("source").names()) {
                String mapping = sources.get(name).mapping();
                Section source = settings.section("source." + name);
                if (mapping != null) {
                    collect(() -> known(mappings, mapping), problem -> source.locate(problem, "mapping"));
                }
                if (!Files.exists(routes.resolve(name + ".yaml"))) {
                    facts.add(Problem.of(CheckCode.SOURCE_WITHOUT_ROUTE, "source", name));
                }
            }
        });
    }

    private Path routesFolder() {
        return Path.of(settings.section("waybill").get("routes.dir", "routes"));
    }

    /** Loads every file as the hub does, into a context in which no route ever starts. */
    private void routes(Mappings mappings) {
        collect(() -> CamelSetup.pools(settings));
        Main camel = CamelSetup.bare();
        try {
            CamelContext context = CamelSetup.of(camel, settings);
            context.setAutoStartup(false);
            Verbs.register(
                    context, settings, new MappingPort(mappings), ControlNumbers.NONE, VerifyVerb.Inbox.FORGETFUL);
            context.start();
            Routes.Loaded loaded =
                    Routes.load(context, routesFolder(), settings, written(mappings), name -> members(mappings, name));
            problems.addAll(loaded.problems());
            loaded.warnings().forEach(warning -> (isFact(warning) ? facts : warnings).add(warning));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        } finally {
            camel.stop();
        }
    }

    private static void known(Mappings mappings, String name) {
        if (!written(mappings).contains(name)) {
            mappings.get(name);
        }
    }

    /** The names of all mappings: a route whose mapping does not compile is not asked whether another was meant. */
    private static Set<String> written(Mappings mappings) {
        Set<String> names = new TreeSet<>(mappings.names());
        mappings.problems().stream()
                .map(problem -> problem.values().getOrDefault("file", "").split("/", 2))
                .filter(path -> path.length == 2)
                .forEach(path -> names.add(path[0]));
        return names;
    }

    /** Of one that does not compile, which is told by itself, nothing is known. */
    private static Map<String, String> members(Mappings mappings, String name) {
        return mappings.problems(name).isEmpty() ? mappings.get(name).members() : Map.of();
    }

    private static boolean isFact(Problem warning) {
        return warning.code().equals("route-off");
    }

    private void collect(Runnable read) {
        collect(read, problem -> problem);
    }

    private void collect(Runnable read, java.util.function.UnaryOperator<Problem> located) {
        try {
            read.run();
        } catch (ProblemException e) {
            e.problems().stream().map(located).forEach(problems::add);
        }
    }
}
