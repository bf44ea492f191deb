package io.waybill.dispatch;

import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Manifests.Left;
import io.waybill.carrier.ShipmentId;
import java.util.List;

/** How a carrier of a walk answers who closes a day's manifest. */
final class LifeClosing {
    private final LifeCounter counter;

    LifeClosing(LifeCounter counter) {
        this.counter = counter;
    }

    Closed close(List<ShipmentId> shipments) {
        int turn = counter.mood().turn(counter.asked("close " + shipments), 0);
        List<LifeSale> sales = shipments.stream()
                .flatMap(id -> counter.sales().of(id).stream())
                .toList();
        if (turn >= 60 && turn < 70) {
            return new Closed.Unknown("502");
        } else if (turn >= 70 && turn < 80) {
            return new Closed.Refused("not now");
        } else if (sales.stream().anyMatch(sale -> sale.closed)) {
            return new Closed.Refused("closed already");
        }
        List<Left> left = sales.stream()
                .filter(sale -> sale.voided)
                .map(sale -> new Left(new ShipmentId(sale.id), "void"))
                .toList();
        sales.stream().filter(sale -> !sale.voided).forEach(sale -> sale.closed = true);
        counter.meanwhile().run();
        return turn < 60 ? new Closed.Done("M" + sales.get(0).id, List.of(), left) : new Closed.Unknown("timed out");
    }
}
