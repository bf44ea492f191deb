package io.waybill.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.JournalBook.Line;
import io.waybill.ledger.Tx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of the journal as they are handed out: by the API, and in the event {@code journal.posted}. */
public final class JournalNews {
    /** What a line has, in the order of its columns. */
    public static final List<String> COLUMNS = List.of(
            "entryId",
            "companyCode",
            "postingDate",
            "documentDate",
            "period",
            "invoiceNo",
            "assignment",
            "text",
            "glAccount",
            "costCenter",
            "debit",
            "credit",
            "currency",
            "taxCode",
            "taxAmount",
            "shipmentId",
            "trackingNumber",
            "invoiceLine",
            "kind",
            "line");

    /** So many lines in one event. */
    private static final int MOST = 200;

    private JournalNews() {}

    /** In the order an ERP's table has them. */
    public static ObjectNode of(Line line) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("entryId", line.entryId())
                .put("companyCode", line.companyCode())
                .put("postingDate", line.postingDate().toString())
                .put(
                        "documentDate",
                        line.documentDate() == null ? null : line.documentDate().toString())
                .put("period", line.postingDate().toString().substring(0, 7))
                .put("invoiceNo", line.invoiceNumber())
                .put("assignment", line.orderId())
                .put("text", line.text())
                .put("glAccount", line.glAccount())
                .put("costCenter", line.costCenter())
                .put("debit", Amounts.plain(line.debit()))
                .put("credit", Amounts.plain(line.credit()))
                .put("currency", line.currency())
                .put("taxCode", line.taxCode())
                .put("taxAmount", line.taxAmount() == null ? null : Amounts.plain(line.taxAmount()))
                .put("shipmentId", line.shipmentUid())
                .put("trackingNumber", line.trackingNumber())
                .put("invoiceLine", line.invoiceLine())
                .put("kind", line.kind().toLowerCase(Locale.ROOT))
                .put("line", line.line());
    }

    /**
     * Tells the sinks of each namespace its lines of an entry, some in each event; sinks that take {@code *} what is of none.
     *
     * @param carrier whose invoice the entry is of; null for an entry of none
     * @param only the namespace all of the entry is of, with its lines on no shipment; {@code *} where there are several
     * @param told how many events of the entry were told before
     * @return how many are now
     */
    static int tell(Tx tx, List<Line> lines, @Nullable String carrier, String only, int told) {
        int events = told;
        Map<String, List<Line>> byNamespace = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.namespace().equals(Journal.NO_ONE) ? only : line.namespace(),
                        TreeMap::new,
                        Collectors.toList()));
        for (Map.Entry<String, List<Line>> each : byNamespace.entrySet()) {
            String namespace = each.getKey();
            if (!tx.events().isWanted(namespace, "journal.posted")) {
                continue;
            }
            List<Line> own = each.getValue();
            for (int from = 0; from < own.size(); from += MOST) {
                List<Line> page = own.subList(from, Math.min(from + MOST, own.size()));
                ObjectNode facts = JsonNodeFactory.instance
                        .objectNode()
                        .put("entryId", page.get(0).entryId())
                        .put("account", page.get(0).account());
                if (carrier != null) {
                    facts.put("carrier", carrier);
                }
                ArrayNode rows = facts.putArray("lines");
                page.forEach(line -> rows.add(of(line)));
                events++;
                tx.events().emitOf(namespace, entity(page.get(0).entryId()), events, "journal.posted", facts);
            }
        }
        return events;
    }

    /** The entry, as short as the hub's own ids. */
    private static String entity(String entry) {
        return "jrn_"
                + UUID.nameUUIDFromBytes(entry.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
