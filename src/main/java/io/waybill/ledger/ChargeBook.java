package io.waybill.ledger;

import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The money: an append-only ledger of charge lines. A line is never edited; a {@link CorrectionBook correction} is a line. Sides
 * are never added to each other.
 */
public final class ChargeBook {
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TEXT = 500;

    private static final String RECORD = """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, tracking_number,
                side, kind, type, amount, currency, carrier_code, carrier_text, source, source_ref, cost_center, department,
                customer_refs, charge_event, reason, occurred_at, recorded_at)
            VALUES (:id, :namespace, :account, :carrier, :orderUid, :orderId, :shipmentUid, :label,
                :side, :kind, :type,
                :amount, :currency, :carrierCode, :carrierText, :source, :sourceRef, :costCenter, :department,
                :customerRefs, :chargeEvent, :reason, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""";

    private static final String RECORD_OF =
            RECORD.replace("CURRENT_TIMESTAMP, CURRENT_TIMESTAMP", ":occurredAt, CURRENT_TIMESTAMP");

    private static final String LINES = """
            SELECT id, namespace, account, carrier, order_id, shipment_uid, side, kind, type, amount, currency,
                   carrier_code, carrier_text, source, source_ref, cost_center, reason, occurred_at, recorded_at
            FROM charge WHERE\s""";

    private static final String OF_SHIPMENTS = LINES + "shipment_uid = ANY(:shipments) ORDER BY id";

    private static final String OF_ORDERS =
            LINES + "shipment_uid = ANY(" + ShipmentBook.IDS_OF_ORDERS + ") ORDER BY id";

    private static final String SALE = """
            shipment_uid = :key AND side = 'expected' AND kind = 'label_charge' AND source_ref = :ref AND corrects IS NULL
            AND (tracking_number IS NULL OR tracking_number = :label) ORDER BY id""";

    private static final String NAMELESS = SALE.replace(" OR tracking_number = :label", "");

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final Handle handle;
    private final NewLines newLines;

    ChargeBook(Handle handle, NewLines newLines) {
        this.handle = handle;
        this.newLines = newLines;
    }

    /**
     * A line to be written.
     *
     * @param side {@code quoted | expected | billed | settled}
     * @param kind {@code label_charge | void_credit | …}
     * @param source where the figure comes from: {@code label-reply | void-reply | written-off | invoice | import}
     * @param sourceRef the purchase attempt, invoice line or reply it can be found in
     * @param reason {@code orphan} for the cost of a label that is not its shipment's, or a carrier's reason, or null
     * @param label the carrier's number of a label that is not its shipment's, or null
     */
    public record Line(
            String namespace,
            String account,
            String carrier,
            String orderUid,
            String orderId,
            String shipmentUid,
            String side,
            String kind,
            String type,
            BigDecimal amount,
            String currency,
            @Nullable String carrierCode,
            @Nullable String carrierText,
            String source,
            @Nullable String sourceRef,
            @Nullable String costCenter,
            @Nullable String department,
            @Nullable String customerRefs,
            @Nullable String chargeEvent,
            @Nullable String reason,
            @Nullable String label) {}

    /** A line as it was written. */
    public record Row(
            String id,
            String namespace,
            String account,
            String carrier,
            @Nullable String orderId,
            @Nullable String shipmentUid,
            String side,
            String kind,
            String type,
            BigDecimal amount,
            String currency,
            @Nullable String carrierCode,
            @Nullable String carrierText,
            String source,
            @Nullable String sourceRef,
            @Nullable String costCenter,
            @Nullable String reason,
            Instant occurredAt,
            Instant recordedAt) {}

    /** @return the new line's id */
    public String record(Line line) {
        String id = newLines.next();
        Sql charge = Sql.of(handle, RECORD);
        bind(charge, id, line).add();
        charge.write();
        return id;
    }

    public void record(List<Line> lines) {
        if (!lines.isEmpty()) {
            Sql charges = Sql.of(handle, RECORD);
            lines.forEach(line -> bind(charges, newLines.next(), line).add());
            charges.write();
        }
    }

    /** Lines of what was sold at another moment than now. */
    public void record(List<Line> lines, Instant occurredAt) {
        if (!lines.isEmpty()) {
            Sql charges = Sql.of(handle, RECORD_OF);
            lines.forEach(line -> bind(charges, newLines.next(), line)
                    .bind("occurredAt", occurredAt)
                    .add());
            charges.write();
        }
    }

    private static Sql bind(Sql charges, String id, Line line) {
        return charges.bind("id", id)
                .bind("namespace", line.namespace())
                .bind("account", line.account())
                .bind("carrier", line.carrier())
                .bind("orderUid", line.orderUid())
                .bind("orderId", line.orderId())
                .bind("shipmentUid", line.shipmentUid())
                .bind("side", line.side())
                .bind("kind", line.kind())
                .bind("type", line.type())
                .bind("amount", line.amount())
                .bind("currency", line.currency())
                .bind("carrierCode", fitting(LONGEST_CODE, line.carrierCode()))
                .bind("carrierText", fitting(LONGEST_TEXT, line.carrierText()))
                .bind("source", line.source())
                .bind("sourceRef", line.sourceRef())
                .bind("costCenter", line.costCenter())
                .bind("department", line.department())
                .bind("customerRefs", line.customerRefs())
                .bind("chargeEvent", line.chargeEvent())
                .bind("reason", line.reason())
                .bind("label", fitting(LONGEST_NUMBER, line.label()));
    }

    /** What a carrier says of a price keeps no sale from being written down. */
    private static @Nullable String fitting(int most, @Nullable String said) {
        return said == null ? null : Shortened.to(most, said);
    }

    /**
     * What the label of this number, bought under {@code ref}, is expected to cost, part by part: without the lines that name
     * another label.
     */
    public List<Row> sale(String shipment, String ref, String label) {
        return handle.createQuery(LINES + SALE)
                .bind("key", shipment)
                .bind("ref", ref)
                .bind("label", fitting(LONGEST_NUMBER, label))
                .map(ROW)
                .list();
    }

    /** Those of it that do not say which label they are for, as an earlier version wrote all. */
    public List<Row> nameless(String shipment, String ref) {
        return handle.createQuery(LINES + NAMELESS)
                .bind("key", shipment)
                .bind("ref", ref)
                .map(ROW)
                .list();
    }

    public List<Row> ofShipment(String shipment) {
        return query("shipment_uid = :key", shipment);
    }

    public List<Row> ofOrder(String orderUid) {
        return query("order_uid = :key", orderUid);
    }

    /** The lines of these orders, those of the newest first. */
    public List<Row> ofOrders(Collection<String> orderUids) {
        return Sql.of(handle, LINES + "order_uid = ANY(:orders) ORDER BY order_uid DESC, id")
                .bindArray("orders", orderUids)
                .list(ROW);
    }

    /** The lines of many shipments, by shipment. */
    public Map<String, List<Row>> ofShipments(Collection<String> shipments) {
        return byShipment(
                Sql.of(handle, OF_SHIPMENTS).bindArray("shipments", shipments).list(ROW));
    }

    /** The lines of all shipments of these orders, by shipment. */
    Asked<Map<String, List<Row>>> ofShipmentsOf(Collection<String> orders) {
        return Sql.of(handle, OF_ORDERS).bindArray("orders", orders).ask(ROW).map(ChargeBook::byShipment);
    }

    private static Map<String, List<Row>> byShipment(List<Row> lines) {
        return lines.stream().collect(Collectors.groupingBy(row -> String.valueOf(row.shipmentUid())));
    }

    private List<Row> query(String condition, String key) {
        return handle.createQuery(LINES + condition + " ORDER BY id")
                .bind("key", key)
                .map(ROW)
                .list();
    }
}
