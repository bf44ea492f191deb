package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What is disputed, line by line of the invoices, for the carriers. */
final class DisputeLines {
    private static final String LINES = """
            SELECT d.id AS dispute, x.finding_id AS finding, d.carrier, d.account, l.account_number, i.number AS invoice_number, i.invoice_date,
                x.invoice_line, d.invoice_uid, x.shipment_uid, x.tracking_number, o.order_id, l.carrier_code, l.carrier_text, l.amount AS billed, x.claimed,
                x.credited, d.currency, x.rule_name, x.evidence, d.deadline, d.state
            FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid JOIN invoice i ON i.id = d.invoice_uid
            LEFT JOIN invoice_line l ON l.invoice_uid = d.invoice_uid AND l.line = x.invoice_line
            LEFT JOIN shipment s ON s.id = x.shipment_uid LEFT JOIN orders o ON o.id = s.order_uid""";

    private static final String PLACE = "x.dispute_uid, COALESCE(x.invoice_line, 0), x.finding_id";

    private static final String PLACE_OF =
            "SELECT " + PLACE.replace("x.", "p.") + " FROM dispute_line p WHERE p.finding_id = :after";

    private static final String CHARGED = """
            SELECT l.line, l.tracking_number, l.carrier_code, l.carrier_text, l.amount
            FROM invoice_line l JOIN dispute_line c ON c.finding_id = :finding
            WHERE l.invoice_uid = :invoice AND l.shipment_uid = :shipment AND l.amount > 0 AND (%s) = (%s)
                AND (l.line = :line OR NOT EXISTS (SELECT 1 FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                    WHERE d.invoice_uid = l.invoice_uid AND x.invoice_line = l.line))
            ORDER BY CASE WHEN l.line = :line THEN 0 WHEN l.tracking_number = :number THEN 1 ELSE 2 END, l.line""".formatted(BesideOwn.is("l"), BesideOwn.isDisputed("c"));

    private final Handle handle;

    DisputeLines(Handle handle) {
        this.handle = handle;
    }

    /** A line of an invoice that charges a shipment. */
    public record Charged(
            int line,
            @Nullable String trackingNumber,
            @Nullable String carrierCode,
            @Nullable String carrierText,
            BigDecimal amount) {}

    /**
     * The lines of one dispute, or of all open ones of an account, of so many findings after one. What asks back more than its
     * line bills is told line by line of the shipment, so that each asks back what it bills and no more.
     */
    List<DisputeLine> of(
            Namespaces scope,
            @Nullable String dispute,
            @Nullable String account,
            @Nullable String after,
            int findings) {
        return found(scope, dispute, account, after, findings).stream()
                .flatMap(line -> line.isOfSeveral() ? several(line).stream() : Stream.of(line))
                .toList();
    }

    /** What stands before it of the same shipment has its parts first. */
    private List<DisputeLine> several(DisputeLine line) {
        Map<Integer, BigDecimal> taken = new HashMap<>();
        before(line).forEach(one -> parts(one, taken));
        return parts(line, taken);
    }

    /** @param taken what is asked back of each line already, and of each part then */
    private List<DisputeLine> parts(DisputeLine line, Map<Integer, BigDecimal> taken) {
        List<DisputeLine> parts = new ArrayList<>();
        BigDecimal claim = line.claimed();
        BigDecimal credit = line.credited();
        for (Charged charge : charged(line)) {
            BigDecimal left = charge.amount().subtract(taken.getOrDefault(charge.line(), BigDecimal.ZERO));
            BigDecimal part = claim.min(left);
            if (part.signum() > 0) {
                parts.add(line.of(charge, part, credit.min(part)));
                taken.merge(charge.line(), part, BigDecimal::add);
                claim = claim.subtract(part);
                credit = credit.subtract(credit.min(part));
            }
        }
        return claim.signum() == 0 ? parts : List.of(line);
    }

    /** The claims of several lines that stand before one, of its invoice and shipment. */
    private List<DisputeLine> before(DisputeLine line) {
        return handle
                .createQuery(LINES + " WHERE d.invoice_uid = :invoice AND x.shipment_uid = :shipment AND (" + PLACE
                        + ") < (" + PLACE_OF + ") ORDER BY " + PLACE)
                .bind("invoice", line.invoiceUid())
                .bind("shipment", line.shipmentUid())
                .bind("after", line.finding())
                .map(ConstructorMapper.of(DisputeLine.class))
                .list()
                .stream()
                .filter(DisputeLine::isOfSeveral)
                .toList();
    }

    /**
     * What an invoice charges for the shipment of a line that nothing else is disputed of: the line itself first, then those of
     * its number. A claim of labels beside the shipment's own is told of those alone, any other of none of them.
     */
    private List<Charged> charged(DisputeLine line) {
        return handle.createQuery(CHARGED)
                .bind("finding", line.finding())
                .bind("invoice", line.invoiceUid())
                .bind("shipment", line.shipmentUid())
                .bind("line", line.invoiceLine())
                .bind("number", line.trackingNumber())
                .map(ConstructorMapper.of(Charged.class))
                .list();
    }

    private List<DisputeLine> found(
            Namespaces scope, @Nullable String dispute, @Nullable String account, @Nullable String after, int limit) {
        return scope.filter(handle.createQuery(LINES + " WHERE " + scope.condition("d.namespace")
                        + (dispute == null ? " AND d.account = :account AND d.state = 'open'" : " AND d.id = :dispute")
                        + (after == null ? "" : " AND (" + PLACE + ") > (" + PLACE_OF + ")")
                        + " ORDER BY " + PLACE + " LIMIT :limit"))
                .bind("dispute", dispute)
                .bind("account", account)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(DisputeLine.class))
                .list();
    }
}
