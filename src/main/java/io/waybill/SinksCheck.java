package io.waybill;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.cli.Desk;
import io.waybill.delivery.DeliveryCode;
import io.waybill.ledger.Stage;
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
    private static final String JOURNAL = "journal.posted";

    /** What may be of no namespace; every other event is of an order's or an invoice's. */
    private static final Set<String> OF_NO_ONE = Set.of("exception.opened", "exception.closed", JOURNAL);

    private final Section sinks;
    private final Set<String> known;

    SinksCheck(Settings settings) {
        this.known = NamespacesCheck.known(settings);
        this.sinks = settings.section("sink");
    }

    /** Where sinks ask for the journal and none for what stands on no shipment: of an account that several share that is of no namespace. */
    List<Problem> journal(Accounts accounts) {
        List<String> asking = sinks.names().stream()
                .filter(sink -> sinks.section(sink).list("events").contains(JOURNAL))
                .toList();
        boolean heard = asking.stream()
                .anyMatch(sink -> sinks.section(sink).list("namespaces").contains(NamespacesCheck.NO_ONE));
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

    /** Sinks of {@code *} alone that ask for events which always have a namespace. */
    List<Problem> ofNoOne() {
        List<Problem> told = new ArrayList<>();
        for (String name : sinks.names()) {
            Section sink = sinks.section(name);
            List<String> events = sink.list("events");
            String never = (events.isEmpty() ? Stage.BY_EVENT.keySet() : new TreeSet<>(events))
                    .stream().filter(type -> !OF_NO_ONE.contains(type)).collect(Collectors.joining(", "));
            if (Set.copyOf(sink.list("namespaces")).equals(Set.of(NamespacesCheck.NO_ONE)) && !never.isEmpty()) {
                String all = known.isEmpty() ? "default" : String.join(",", known);
                told.add(sink.locate(
                        Problem.of(CheckCode.SINK_OF_NO_ONE, "sink", name, "events", never, "known", all),
                        "namespaces"));
            }
        }
        return told;
    }

    /** The sinks that the running hub owes something and these settings know no more. */
    List<Problem> gone(Desk running) {
        List<Problem> gone = new ArrayList<>();
        Set<String> names = Set.copyOf(sinks.names());
        running.call("get", "/sinks", new byte[0], Locale.getDefault())
                .body()
                .path("items")
                .forEach(owed -> {
                    String sink = owed.path("sink").asText();
                    long waiting = owed.path("waiting").asLong();
                    long parked = owed.path("parked").asLong();
                    if (!names.contains(sink) && waiting + parked > 0) {
                        gone.add(
                                Problem.of(DeliveryCode.SINK_GONE, "sink", sink, "waiting", waiting, "parked", parked));
                    }
                });
        return gone;
    }
}
