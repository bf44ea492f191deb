package io.waybill;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.cli.Desk;
import io.waybill.delivery.DeliveryCode;
import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What may be told to nobody, though every setting of the sinks is well formed. */
final class SinksCheck {
    /** Whose sinks take what is of no namespace. */
    private static final String NO_ONE = "*";

    private static final String JOURNAL = "journal.posted";

    private final Settings settings;
    private final Section sinks;

    SinksCheck(Settings settings) {
        this.settings = settings;
        this.sinks = settings.section("sink");
    }

    /** One that no source brings orders of, nor a caller who names none, may be misspelt; or a caller or a mapping names it. */
    List<Problem> namespaces() {
        Section sources = settings.section("source");
        Set<String> known = sources.names().stream()
                .flatMap(name -> sources.section(name).optional("namespace").stream())
                .collect(Collectors.toCollection(TreeSet::new));
        sources.names().forEach(name -> known.addAll(sources.section(name).list("namespaces")));
        settings.section("defaults").optional("namespace").ifPresent(known::add);
        List<Problem> warnings = new ArrayList<>();
        for (String sink : sinks.names()) {
            Section section = sinks.section(sink);
            section.list("namespaces").stream()
                    .filter(namespace -> !known.isEmpty() && !known.contains(namespace) && !namespace.equals(NO_ONE))
                    .map(namespace -> Problem.of(
                            CheckCode.SINK_NAMESPACE_UNKNOWN,
                            "sink",
                            sink,
                            "namespace",
                            namespace,
                            "nearest",
                            Nearest.to(namespace, known)))
                    .forEach(problem -> warnings.add(section.locate(problem, "namespaces")));
        }
        return warnings;
    }

    /** Where sinks ask for the journal and none for what stands on no shipment: of an account that several share that is of no namespace. */
    List<Problem> journal(Accounts accounts) {
        List<String> asking = sinks.names().stream()
                .filter(sink -> sinks.section(sink).list("events").contains(JOURNAL))
                .toList();
        boolean heard = asking.stream()
                .anyMatch(sink -> sinks.section(sink).list("namespaces").contains(NO_ONE));
        if (asking.isEmpty() || heard) {
            return List.of();
        }
        String shared = accounts.all().stream()
                .filter(account -> account.namespaces().size() != 1)
                .map(Account::name)
                .collect(Collectors.joining(", "));
        String sink = asking.get(0);
        return shared.isEmpty()
                ? List.of()
                : List.of(sinks.section(sink)
                        .locate(Problem.of(CheckCode.JOURNAL_UNHEARD, "sink", sink, "accounts", shared), "namespaces"));
    }

    /** The sinks that the running hub owes something and these settings know no more. */
    List<Problem> gone(Desk running) {
        List<Problem> gone = new ArrayList<>();
        Set<String> known = Set.copyOf(sinks.names());
        running.call("get", "/sinks", new byte[0], Locale.getDefault())
                .body()
                .path("items")
                .forEach(owed -> {
                    String sink = owed.path("sink").asText();
                    long waiting = owed.path("waiting").asLong();
                    long parked = owed.path("parked").asLong();
                    if (!known.contains(sink) && waiting + parked > 0) {
                        gone.add(
                                Problem.of(DeliveryCode.SINK_GONE, "sink", sink, "waiting", waiting, "parked", parked));
                    }
                });
        return gone;
    }
}
