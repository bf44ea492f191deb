package io.waybill.rollout;

import io.waybill.ledger.Channel;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Retention;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Switch;
import io.waybill.ledger.Switch.Kind;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The switches of a namespace. Each is thrown in one transaction with its line in the audit log; whoever takes an order in
 * reads them in the transaction that does.
 */
public final class Rollout {
    private final Ledger ledger;
    private final Set<String> namespaces;
    private final Retention retention;
    private final Runnable changed;

    /** Where what was looked at is kept as long as usual. */
    public Rollout(Ledger ledger, Set<String> namespaces, Runnable changed) {
        this(ledger, namespaces, Retention.FOR_EVER, changed);
    }

    /**
     * @param namespaces those the settings know
     * @param retention how long what was looked at is kept
     * @param changed called when a stage was switched
     */
    public Rollout(Ledger ledger, Set<String> namespaces, Retention retention, Runnable changed) {
        this.retention = retention;
        this.changed = changed;
        this.ledger = ledger;
        this.namespaces = Set.copyOf(namespaces);
    }

    /**
     * Says of some channels when they take orders; the others stay as they are. What is changed together is rolled back
     * together. Where all is said as it stands nothing is changed, and the change before can still be rolled back.
     *
     * @throws ProblemException {@code namespace-not-found}; {@code never-open} when a channel would end before it begins
     */
    public void setChannels(String namespace, Map<Channel, Wanted> wanted, @Nullable String reason, String actor) {
        requireKnown(namespace);
        String change = Ids.next("roc");
        ledger.commitAll(tx -> {
            List<Switch> known = tx.rollout().lockChannels(namespace);
            Instant now = tx.now();
            List<Switch> rows = wanted.entrySet().stream()
                    .map(one -> switched(
                            namespace,
                            one.getKey(),
                            one.getValue(),
                            before(known, one.getKey()),
                            change,
                            reason,
                            actor,
                            now))
                    .toList();
            if (rows.stream().noneMatch(Switch::isChange)) {
                return;
            }
            known.stream()
                    .filter(one -> wanted.keySet().stream()
                            .anyMatch(channel -> one.name().equals(channel.word())))
                    .forEach(tx.rollout()::passOver);
            rows.forEach(row -> put(tx, row, "channel.switched"));
        });
    }

    private static Switch switched(
            String namespace,
            Channel channel,
            Wanted how,
            @Nullable Switch before,
            String change,
            @Nullable String reason,
            String actor,
            Instant now) {
        Instant from = how.from() == null ? null : how.from().at(now);
        Instant until = how.until() == null ? null : how.until().at(now);
        if (from != null && until != null && !from.isBefore(until)) {
            throw new ProblemException(
                    Problem.of(RolloutCode.NEVER_OPEN, "channel", channel.word(), "from", from, "until", until)
                            .at("/channels/" + channel.word()));
        }
        return new Switch(
                namespace,
                Kind.CHANNEL,
                channel.word(),
                !how.readOnly(),
                from,
                until,
                before == null || before.isOn(),
                before == null ? null : before.opensAt(),
                before == null ? null : before.closesAt(),
                change,
                actor,
                now,
                reason);
    }

    private static @Nullable Switch before(List<Switch> known, Channel channel) {
        return known.stream()
                .filter(one -> one.name().equals(channel.word()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Takes the last change of the channels back, from now on: what it closed takes orders again as before, a boundary it
     * moved is where it was, and what it opened becomes read-only. A change of which a part was changed again since is never taken
     * back: half of it would leave both channels open, or none. Both answer for every order that is in, whichever of them brought it.
     *
     * @param change the one that is meant, or null for whichever is the last
     * @throws ProblemException {@code nothing-to-roll-back}; {@code channels-changed} when another is the last by now
     */
    public void rollBackChannels(String namespace, @Nullable String change, @Nullable String reason, String actor) {
        requireKnown(namespace);
        ledger.commitAll(tx -> {
            List<Switch> known = tx.rollout().lockChannels(namespace);
            Optional<String> next = lastChange(known);
            if (change != null && !next.equals(Optional.of(change))) {
                throw new ProblemException(Problem.of(RolloutCode.CHANNELS_CHANGED, "namespace", namespace)
                        .at("/change"));
            }
            String last = next.orElseThrow(
                    () -> new ProblemException(Problem.of(RolloutCode.NOTHING_TO_ROLL_BACK, "namespace", namespace)));
            known.stream()
                    .filter(one -> last.equals(one.changeId()))
                    .forEach(one -> put(tx, rolledBack(one, tx.now(), reason, actor), "channel.rolled-back"));
        });
    }

    /** The change of channels that is rolled back next, if one is left. */
    public static Optional<String> lastChange(List<Switch> switches) {
        return switches.stream()
                .filter(one -> one.changeId() != null)
                .max(Comparator.comparing(Switch::changedAt))
                .map(Switch::changeId);
    }

    private static Switch rolledBack(Switch one, Instant now, @Nullable String reason, String actor) {
        boolean again = one.wasNarrowed() || one.wasBounded();
        return new Switch(
                one.namespace(),
                one.kind(),
                one.name(),
                again && one.wasOn(),
                again ? one.wasOpensAt() : one.opensAt(),
                again ? one.wasClosesAt() : one.closesAt(),
                one.isOn(),
                one.opensAt(),
                one.closesAt(),
                null,
                actor,
                now,
                reason);
    }

    /** Only looks at what a source brings, or takes it in again; said once more, it is so since the first time. */
    public void setShadow(String namespace, String source, boolean on, @Nullable String reason, String actor) {
        ledger.commitAll(tx -> {
            Optional<Switch> before = tx.rollout()
                    .forDocuments(Set.of(), Set.of(source))
                    .get()
                    .shadow(source)
                    .filter(one -> one.namespace().equals(namespace) && one.isOn() == on);
            if (before.isEmpty()) {
                put(tx, plain(namespace, Kind.SHADOW, source, on, reason, actor, tx.now()), "source.shadow");
            }
        });
    }

    /** What sources brought that were only looked at, as far as a caller may see it. */
    public Comparison comparison(Namespaces scope) {
        return new Comparison(ledger, scope, retention.shadows());
    }

    /**
     * Switches a stage on or off; said once more, it is so since the first time. On, whatever waited for it goes on by itself;
     * where it is on already, nothing has.
     */
    public void setStage(String namespace, Stage stage, boolean on, @Nullable String reason, String actor) {
        requireKnown(namespace);
        ledger.commitAll(tx -> {
            boolean isSaid = tx.rollout().all(Namespaces.of(Set.of(namespace))).stream()
                    .anyMatch(one -> one.kind() == Kind.STAGE && one.name().equals(stage.word()) && one.isOn() == on);
            if (isSaid) {
                return;
            }
            boolean wasOff = tx.rollout().off(stage).contains(namespace);
            put(tx, plain(namespace, Kind.STAGE, stage.word(), on, reason, actor, tx.now()), "stage.switched");
            if (on && wasOff) {
                tx.rollout().wake(namespace, stage);
            }
        });
        changed.run();
    }

    private static Switch plain(
            String namespace, Kind kind, String name, boolean on, @Nullable String reason, String actor, Instant now) {
        return new Switch(namespace, kind, name, on, null, null, !on, null, null, null, actor, now, reason);
    }

    private static void put(Tx tx, Switch row, String act) {
        tx.rollout().set(row);
        tx.audit().record(row.changedBy(), act, row.name(), row.namespace(), said(row));
    }

    private static String said(Switch row) {
        String times = (row.opensAt() == null ? "" : " from " + row.opensAt())
                + (row.closesAt() == null ? "" : " until " + row.closesAt());
        return (row.isOn() ? "on" : "off") + times + (row.reason() == null ? "" : ": " + row.reason());
    }

    /** Everything that is switched in the namespaces of a caller. */
    public List<Switch> switches(Namespaces scope) {
        return ledger.read(tx -> tx.rollout().all(scope));
    }

    /** The namespaces the settings know. */
    public Set<String> namespaces() {
        return namespaces;
    }

    private void requireKnown(String namespace) {
        requireKnown(namespace, Namespaces.ALL);
    }

    /**
     * A namespace of the settings, or one that has orders.
     *
     * @param seen what whoever names it sees: no other is named to them
     * @throws ProblemException {@code namespace-not-found}
     */
    public void requireKnown(String namespace, Namespaces seen) {
        if (!namespaces.contains(namespace)
                && !ledger.<Boolean>read(tx -> tx.rollout().hasOrders(namespace))) {
            String known = namespaces.stream().filter(seen::has).sorted().collect(Collectors.joining(", "));
            throw new ProblemException(Problem.of(
                    RolloutCode.NAMESPACE_NOT_FOUND, "namespace", namespace, "known", known.isEmpty() ? "-" : known));
        }
    }
}
