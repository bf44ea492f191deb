package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The money: an append-only ledger of charge lines. A line is never edited; a correction is a line. Sides are never added to each other. */
public final class ChargeBook {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final Handle handle;

    ChargeBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A line to be written.
     *
     * @param side {@code quoted | expected | billed | settled}
     * @param kind {@code label_charge | void_credit | …}
     * @param source where the figure comes from: {@code label-reply | void-reply | invoice | import}
     * @param sourceRef the purchase attempt, invoice line or reply it can be found in
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
            @Nullable String chargeEvent) {}

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
            Instant occurredAt,
            Instant recordedAt) {}

    /** @return the new line's id */
    public String record(Line line) {
        String id = Ids.next("chg");
        handle.createUpdate("""
                        INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid,
                            side, kind, type, amount,
                            currency, carrier_code, carrier_text, source, source_ref, cost_center, department,
                                customer_refs,
                            charge_event, occurred_at, recorded_at)
                        VALUES (:id, :namespace, :account, :carrier, :orderUid, :orderId, :shipmentUid, :side,
                            :kind, :type, :amount,
                            :currency, :carrierCode, :carrierText, :source, :sourceRef, :costCenter,
                                :department, :customerRefs,
                            :chargeEvent, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""").bindMethods(line).bind("id", id).execute();
        return id;
    }

    public List<Row> ofShipment(String shipment) {
        return query("shipment_uid = :key", shipment);
    }

    public List<Row> ofOrder(String orderUid) {
        return query("order_uid = :key", orderUid);
    }

    private List<Row> query(String condition, String key) {
        return handle.createQuery("""
                        SELECT id, namespace, account, carrier, order_id, shipment_uid, side, kind, type,
                            amount, currency, carrier_code,
                               carrier_text, source, source_ref, cost_center, occurred_at, recorded_at
                        FROM charge WHERE """ + " " + condition + " ORDER BY id")
                .bind("key", key)
                .map(ROW)
                .list();
    }
}
