package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.NumberBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.station.Station;
import io.waybill.station.StationCode;
import io.waybill.station.Stations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints labels that are there at a station, and counts how often; nothing is bought. */
record Printing(Ledger ledger, Dispatch dispatch, Stations stations) {
    /** Labels of one order, wanted at one station. */
    private record Wish(OrderRow order, Station station, String actor) {
        String format(ShipmentRow row) {
            return station.format().orElse(row.labelFormat());
        }
    }

    /**
     * Prints the label of one shipment, or of those that go together.
     *
     * @param only the one parcel whose label is wanted, or null for all
     * @return what was printed
     * @throws ProblemException {@code label-is-elsewhere}, {@code label-not-ready}, {@code nothing-to-print},
     *     {@code station-format}, {@code no-such-parcel}
     */
    ObjectNode print(List<ShipmentRow> rows, String name, @Nullable Integer only, String actor) {
        ShipmentRow first = rows.get(0);
        OrderRow order = ledger.read(tx -> tx.orders().find(first.orderUid(), Namespaces.ALL))
                .orElseThrow();
        ObjectNode told = JsonNodeFactory.instance
                .objectNode()
                .put("station", name)
                .put("orderId", order.orderId())
                .put("order", order.id())
                .put("shipment", first.id());
        ArrayNode printed = told.putArray("printed");
        Wish wish = new Wish(order, stations.get(name, order.namespace()), actor);
        rows.forEach(row -> print(wish, row, only, printed));
        return told;
    }

    private void print(Wish wish, ShipmentRow row, @Nullable Integer only, ArrayNode printed) {
        if (row.imported()) {
            throw new ProblemException(Problem.of(ApiCode.LABEL_IS_ELSEWHERE, "id", row.id()));
        }
        if (row.state() != ShipmentState.LABELLED) {
            throw notLabelled(row);
        }
        Map<Integer, String> numbers = numbers(row);
        labels(wish, row, only).forEach((parcel, label) -> {
            int prints = print(wish, row, parcel, label);
            printed.addObject()
                    .put("shipment", row.id())
                    .put("parcel", parcel)
                    .put("trackingNumber", numbers.get(parcel))
                    .put("format", wish.format(row))
                    .put("prints", prints)
                    .put("reprint", prints > 1);
        });
    }

    /** Of one parcel or of all. None is printed where one is missing. */
    private Map<Integer, byte[]> labels(Wish wish, ShipmentRow row, @Nullable Integer only) {
        String format = wish.format(row);
        Map<Integer, byte[]> labels = new LinkedHashMap<>();
        for (int parcel : only == null ? dispatch.parcels(row, format) : List.of(only)) {
            labels.put(parcel, dispatch.label(row, parcel, format).orElseThrow(() -> none(wish, row, parcel)));
        }
        if (labels.isEmpty()) {
            throw none(wish, row, 1);
        }
        return labels;
    }

    /** The tracking number of each parcel; the first of one that has several. */
    private Map<Integer, String> numbers(ShipmentRow row) {
        return ledger.read(tx -> tx.numbers().of(row.id())).stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.toMap(
                        NumberBook.External::parcel, NumberBook.External::numberValue, (first, other) -> first));
    }

    /** Counted when it has left for the printer, and not before. */
    private int print(Wish wish, ShipmentRow row, int parcel, byte[] label) {
        int before = ledger.read(tx -> tx.labels().prints(row.id(), parcel));
        String job = row.id() + "-" + parcel + (before == 0 ? "" : "-" + (before + 1));
        String href = "/v1/shipments/" + row.id() + "/label?parcel=" + parcel;
        stations.print(wish.station(), job, wish.format(row), label, href);
        return ledger.commit(tx -> {
            int prints = tx.labels().printed(row.id(), parcel);
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("station", wish.station().name())
                    .put("parcel", parcel)
                    .put("prints", prints);
            tx.story().tell(row.orderUid(), row.id(), "printed", wish.actor(), detail.toString());
            tx.audit()
                    .record(
                            wish.actor(),
                            "label.printed",
                            row.id(),
                            wish.order().namespace(),
                            detail.toString());
            return prints;
        });
    }

    /** A label that is given back, or about to be, is still kept: on a parcel it would be of no worth. */
    private ProblemException notLabelled(ShipmentRow row) {
        if (row.state().isOver() || row.state() == ShipmentState.VOIDING) {
            String orderId = ledger.read(tx -> tx.orders().find(row.orderUid(), Namespaces.ALL))
                    .orElseThrow()
                    .orderId();
            return new ProblemException(Problem.of(ApiCode.NOTHING_TO_PRINT, "orderId", orderId, "id", row.orderUid()));
        }
        return new ProblemException(Problem.of(OrderCode.LABEL_NOT_READY, "id", row.id(), "seconds", 2));
    }

    private static ProblemException none(Wish wish, ShipmentRow row, int parcel) {
        String format = wish.format(row);
        String station = wish.station().name();
        return new ProblemException(
                wish.station().format().isPresent()
                        ? Problem.of(
                                StationCode.STATION_FORMAT,
                                "station",
                                station,
                                "format",
                                format,
                                "label",
                                row.labelFormat())
                        : Problem.of(ApiCode.NO_SUCH_PARCEL, "id", row.id(), "parcel", parcel, "format", format));
    }
}
