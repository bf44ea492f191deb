package io.waybill;

import io.waybill.dispatch.Dispatch;
import io.waybill.edge.LabelVerb;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** The labels of a shipment for whoever prints them; all of them or none. An event about one that was given back since prints nothing. */
record KeptLabels(Ledger ledger, Dispatch dispatch) implements LabelVerb.Labels {
    @Override
    public List<LabelVerb.Label> of(String shipment) {
        Optional<ShipmentRow> found = ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL));
        return found.filter(row -> row.state() == ShipmentState.LABELLED && !row.imported())
                .map(this::labels)
                .orElse(List.of());
    }

    private List<LabelVerb.Label> labels(ShipmentRow row) {
        String format = row.labelFormat();
        List<LabelVerb.Label> labels = dispatch.parcels(row, format).stream()
                .map(parcel -> dispatch.label(row, parcel, format).orElseThrow(() -> notReady(row)))
                .map(bytes -> new LabelVerb.Label(format, bytes))
                .toList();
        if (labels.isEmpty()) {
            throw notReady(row);
        }
        return labels;
    }

    private static ProblemException notReady(ShipmentRow row) {
        return new ProblemException(Problem.of(OrderCode.LABEL_NOT_READY, "id", row.id(), "seconds", 2));
    }
}
