package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The nodes of a hub, one or two at a time, which work when they are told to, and die. */
final class LifeHub implements AutoCloseable {
    private final Ledger ledger;
    private final LifeHistory history;
    private final Accounts accounts;
    private final Accounts fewer;
    private final Accounts inherited;
    private final boolean atOnce;
    private final boolean single;
    private final Map<Dispatch, Accounts> nodes = new LinkedHashMap<>();
    private Dispatch node;
    private Dispatch other;
    private boolean dies;
    private boolean inheriting;

    LifeHub(Ledger ledger, LifeHistory history, List<LifeCarrier> carriers, SplittableRandom dice) {
        this.ledger = ledger;
        this.history = history;
        List<Account> all = carriers.stream().map(LifeCarrier::account).toList();
        this.accounts = new Accounts(all.subList(0, 2), LifeSettings.NEVER, LifeSettings.PLENTY);
        this.inherited = new Accounts(all.subList(1, 3), LifeSettings.NEVER, LifeSettings.PLENTY);
        this.fewer = new Accounts(all.subList(0, 1), LifeSettings.NEVER, LifeSettings.PLENTY);
        this.atOnce = dice.nextBoolean();
        this.single = dice.nextBoolean();
        this.node = born(accounts);
        this.other = single ? node : born(accounts);
    }

    @Override
    public String toString() {
        return (atOnce ? ", bought at once" : "") + (single ? "" : ", two nodes");
    }

    /** By the settings of the one whose turn it is. */
    Accounts accounts() {
        return nodes.getOrDefault(node, accounts);
    }

    /** The one whose turn it is. */
    Dispatch node() {
        return node;
    }

    AtOnce atOnce() {
        return atOnce ? node.atOnce(its -> Runnable::run) : AtOnce.NEVER;
    }

    void otherNode() {
        Dispatch one = node;
        node = other;
        other = one;
    }

    /** At once, whatever it does. */
    void kill() {
        history.tell("the hub is killed");
        throw new Crash();
    }

    /** Whether it is to be killed before it next commits what sinks are told. */
    void dies(boolean soon) {
        dies = soon;
    }

    /** Called in a transaction that tells sinks something. */
    void telling() {
        if (dies) {
            dies = false;
            history.tell("the hub is killed before its commit");
            throw new Crash();
        }
    }

    /** After a node was killed. */
    void restart() {
        restart(accounts);
    }

    /** As if the other account had been taken from the settings. */
    void restartWithoutSpare() {
        restart(fewer);
    }

    /** As if the settings named another carrier for an account. */
    void restartWithHeir() {
        inheriting = true;
        restart(inherited);
    }

    private void restart(Accounts known) {
        node = born(known);
        other = single ? node : other;
    }

    /** No node goes on that was there before; where an account had two carriers, each goes on with its own. */
    void restartAll() {
        node = born(accounts);
        other = inheriting ? born(inherited) : single ? node : born(accounts);
    }

    private Dispatch born(Accounts known) {
        String name = "node-" + (nodes.size() + 1);
        Dispatch born = new Dispatch(
                ledger, known, LifeSettings.PATIENCE, LifeSettings.SPENDING, name, () -> {}, new Stepped());
        if (single) {
            ledger.commit(tx -> tx.purchases().endLeases(name));
        }
        nodes.put(born, known);
        return born;
    }

    /** One of the things a node does by itself. */
    void work(SplittableRandom dice) {
        List<Loop> loops = node.loops();
        int which = dice.nextInt(loops.size() * 2);
        if (which >= loops.size()) {
            claim();
        } else {
            loops.get(which).once();
        }
    }

    /** All a node does by itself, once. */
    void turn() {
        claim();
        node.loops().forEach(Loop::once);
    }

    /** Every node's, once. */
    void turnOfAll(boolean turned) {
        if (turned) {
            otherNode();
        }
        turn();
        otherNode();
        turn();
        if (!turned) {
            otherNode();
        }
    }

    private void claim() {
        node.buyers().forEach(buyers -> buyers.claim(Runnable::run));
    }

    void refunds() {
        node.loops().stream().filter(loop -> loop.name().startsWith("refunds-")).forEach(Loop::once);
    }

    void audit() {
        node.audit(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        nodes.keySet().forEach(Dispatch::close);
    }

    private static final class Stepped implements Outside {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long between(long least, long most) {
            return least;
        }

        @Override
        public boolean gathers() {
            return false;
        }
    }
}
