package io.waybill.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A shop as its documents describe it: orders that people place, change and call off, and what it was told of them. */
abstract class FakeShop {
    final FakeSystem system;

    FakeShop() {
        try {
            system = new FakeSystem(this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What becomes of an order in the shop. */
    enum State {
        PAID,
        /** Paid, and to be sent to another street. */
        MOVED,
        /** Paid, and nobody said in which street they live. */
        NOWHERE,
        UNPAID,
        DIGITAL,
        CALLED_OFF,
        /** It is under way, whoever sent it. */
        SENT;

        String street() {
            return this == NOWHERE ? "" : this == MOVED ? "2 Oak St" : "1 Main St";
        }
    }

    /** What its calls begin with. */
    String url() {
        return system.url();
    }

    /** Source, system and sink are called so. */
    abstract String name();

    /** What stands in the settings beside the addresses; every secret is {@code env:SHOP_SECRET}. */
    abstract String settings();

    /**
     * An order is so from now on.
     *
     * @return its number in the hub
     */
    abstract String put(int number, State state);

    abstract FakeSystem.Reply answer(FakeSystem.Call call);

    /** It is asked for what changed, and not told of a label. */
    abstract boolean isLook(FakeSystem.Call call);

    /** The tracking numbers it was told. */
    abstract List<String> numbers(int number);

    /** What it was told the label costs, {@code 9.42 USD}; empty when nothing. */
    abstract String cost(int number);
}
