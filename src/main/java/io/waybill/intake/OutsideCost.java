package io.waybill.intake;

import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutsideBook;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.OutsideLabel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a label bought elsewhere is expected to cost, in lines of imports: other lines of its shipment are other labels'. */
record OutsideCost(Tx tx, OutsideLabel said, OutsideBook.Label label) {
    private static final String IMPORT = "import";

    private record Place(String currency, @Nullable String costCenter) {}

    /** What it differs by from what is on record; what that has in another currency is taken back. False when it is the same. */
    boolean charge(OrderRow order, String shipment) {
        if (said.cost() == null) {
            return false;
        }
        String currency = said.cost().currency().getCurrencyCode();
        BigDecimal more = said.cost().amount();
        Map<Place, BigDecimal> others = new LinkedHashMap<>();
        for (ChargeBook.Row row : imported(shipment)) {
            if (row.currency().equals(currency)) {
                more = more.subtract(row.amount());
            } else {
                others.merge(new Place(row.currency(), row.costCenter()), row.amount(), BigDecimal::add);
            }
        }
        List<ChargeBook.Line> lines = new ArrayList<>();
        others.forEach((place, standing) -> lines.add(line(order, shipment, standing.negate(), place)));
        lines.add(line(order, shipment, more, new Place(currency, costCenter(order))));
        lines.removeIf(line -> line.amount().signum() == 0);
        tx.charges().record(lines, label.boughtAt());
        return !lines.isEmpty();
    }

    /** What was expected is not owed any more. */
    void giveBack(String shipment) {
        imported(shipment)
                .forEach(row -> tx.corrections().credit(row.id(), row.amount().negate(), said.system()));
    }

    private List<ChargeBook.Row> imported(String shipment) {
        return tx.charges().ofShipment(shipment).stream()
                .filter(row -> row.side().equals("expected") && row.source().equals(IMPORT))
                .toList();
    }

    private @Nullable String costCenter(OrderRow order) {
        String own = Json.kept(order.effective()).at("/billing/costCenter").asText("");
        return own.isEmpty() ? said.costCenter() : own;
    }

    private ChargeBook.Line line(OrderRow order, String shipment, BigDecimal amount, Place place) {
        return new ChargeBook.Line(
                order.namespace(),
                label.account(),
                label.carrier(),
                order.id(),
                order.orderId(),
                shipment,
                "expected",
                "label_charge",
                "shipping",
                amount,
                place.currency(),
                null,
                null,
                IMPORT,
                said.system(),
                place.costCenter(),
                null,
                null,
                "carrier_default",
                null,
                null);
    }
}
