package io.waybill.dispatch;

import io.waybill.intake.AnotherLabel;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.Intake;
import io.waybill.intake.Originals;
import io.waybill.intake.Outside;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ledger;

/** The doors of a hub by which senders and people come in. */
final class LifeDoors {
    private static final Sources SOURCES = new Sources(LifeSettings.ALL);

    private final Ledger ledger;
    private final LifeHub hub;
    private final Choosing choosing;

    LifeDoors(Ledger ledger, LifeHub hub) {
        this.ledger = ledger;
        this.hub = hub;
        this.choosing = Choosing.read(LifeSettings.ALL.section(""), hub.accounts());
    }

    Intake intake() {
        return new Intake(
                ledger,
                LifeSettings.ORDERS,
                SOURCES,
                choosing,
                LifeSettings.SPENDING,
                Originals.NONE,
                hub.atOnce(),
                () -> {});
    }

    Editing editing() {
        return new Editing(ledger, intake(), () -> {});
    }

    Outside outside() {
        return new Outside(ledger, LifeSettings.ORDERS, hub.accounts(), SOURCES, () -> {});
    }

    Desk desk() {
        return new Desk(ledger, LifeSettings.ORDERS, choosing, LifeSettings.SPENDING, () -> {});
    }

    AnotherLabel another() {
        return new AnotherLabel(ledger, LifeSettings.ORDERS, choosing, LifeSettings.SPENDING, () -> {});
    }

    Manifesting manifesting() {
        return new Manifesting(ledger, hub.accounts());
    }
}
