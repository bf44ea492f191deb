package io.waybill;

import io.waybill.api.Metering;
import io.waybill.api.Metering.Line;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Breaker;
import io.waybill.ledger.BacklogBook;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The hub's numbers, named: what waits, what was bought, which carriers are away. */
final class Gauges {
    private final Waiting waiting;
    private final Metering.Lines backlog;
    private final Metering.Lines oldest;
    private final Metering.Lines outbox;
    private final Metering.Lines parked;
    private final Metering.Lines nodes;
    private final Supplier<Map<String, String>> living;
    private final List<String> accounts;
    private final List<String> sinks;

    /** @param sinks of the settings */
    Gauges(
            Metering metering,
            Vitals vitals,
            Waiting waiting,
            Ledger ledger,
            Accounts accounts,
            List<String> sinks,
            BooleanSupplier isMember,
            Supplier<Map<String, String>> living) {
        this.living = living;
        this.accounts = accounts.all().stream().map(Account::name).toList();
        this.sinks = sinks;
        nodes = metering.lines("waybill.nodes", "1 for each node that lives");
        this.waiting = waiting;
        backlog = metering.lines("waybill.backlog", "Shipments not labelled yet");
        oldest = metering.lines("waybill.backlog.oldest.seconds", "How long the oldest of them could have gone on");
        outbox = metering.lines("waybill.outbox.waiting", "Events a sink is owed");
        parked = metering.lines("waybill.outbox.parked", "Events that were given up on");
        metering.gauge("waybill.disk.free.bytes", "Free on the disk of the data folder", vitals::freeBytes);
        metering.gauge("waybill.disk.low", "1 while the disk is low", () -> vitals.isDiskLow() ? 1 : 0);
        metering.gauge("waybill.database.gone", "1 while the database is gone", () -> vitals.isDatabaseGone() ? 1 : 0);
        metering.gauge(
                "waybill.database.outgrown",
                "1 once a newer hub has changed the database so that this one cannot work on it",
                () -> vitals.isOutgrown() ? 1 : 0);
        metering.gauge(
                "waybill.database.full",
                "1 while the database has no room, and half a minute longer",
                () -> vitals.isDatabaseFull() ? 1 : 0);
        metering.counter(
                "waybill.commits", "Durable commits", () -> ledger.commits().count());
        metering.counter(
                "waybill.commit.seconds",
                "Time they took, the wait for the disk included",
                () -> ledger.commits().seconds());
        metering.gauge(
                "waybill.node.member",
                "1 while the other nodes know of this one",
                () -> isMember.getAsBoolean() ? 1 : 0);
        accounts.all().forEach(account -> breaker(metering, account.name(), accounts.breaker(account.name())));
    }

    private static void breaker(Metering metering, String account, Breaker breaker) {
        metering.gauge(
                "waybill.account.available",
                "0 while an account is unavailable",
                () -> breaker.health().available() ? 1 : 0,
                "account",
                account);
        for (String outcome : breaker.outcomes().keySet()) {
            metering.counter(
                    "waybill.purchases",
                    "Purchase requests by what came of them",
                    () -> Objects.requireNonNull(breaker.outcomes().get(outcome)),
                    "account",
                    account,
                    "outcome",
                    outcome);
        }
    }

    /** Takes over what was counted last. Where nothing waits 0 is told: a number that is not there might be one that is not served. */
    void refresh() {
        nodes.set(living.get().entrySet().stream()
                .map(node -> new Line(1, "node", node.getKey(), "version", node.getValue()))
                .toList());
        backlog.set(byAccountAndState(
                line -> true,
                lines -> lines.stream().mapToLong(BacklogBook.Line::count).sum()));
        Instant now = Instant.now();
        oldest.set(byAccountAndState(
                line -> !waiting.isStopped(line),
                lines -> lines.stream()
                        .mapToDouble(line ->
                                Math.max(0, Duration.between(line.oldest(), now).toSeconds()))
                        .max()
                        .orElse(0)));
        outbox.set(bySink(DeliveryBook.Backlog::waiting));
        parked.set(bySink(DeliveryBook.Backlog::parked));
    }

    private List<Line> bySink(ToLongFunction<DeliveryBook.Backlog> number) {
        Map<String, Long> all = new TreeMap<>();
        sinks.forEach(sink -> all.put(sink, 0L));
        waiting.outbox().forEach(owed -> all.put(owed.sink(), number.applyAsLong(owed)));
        return all.entrySet().stream()
                .map(sink -> new Line(sink.getValue(), "sink", sink.getKey()))
                .toList();
    }

    private List<Line> byAccountAndState(
            Predicate<BacklogBook.Line> counted, ToDoubleFunction<List<BacklogBook.Line>> number) {
        Map<List<String>, Double> all = new HashMap<>();
        accounts.forEach(account -> all.put(List.of(account, ShipmentState.READY.name()), 0.0));
        waiting.backlog().stream()
                .filter(counted)
                .collect(Collectors.groupingBy(line -> List.of(
                        line.account() == null ? "" : line.account(),
                        line.state().name())))
                .forEach((group, lines) -> all.put(group, number.applyAsDouble(lines)));
        return all.entrySet().stream()
                .map(group -> new Line(
                        group.getValue(),
                        "account",
                        group.getKey().get(0),
                        "state",
                        group.getKey().get(1)))
                .toList();
    }
}
