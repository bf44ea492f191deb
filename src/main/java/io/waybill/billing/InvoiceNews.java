package io.waybill.billing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Tx;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sinks are told of an audited invoice. Where its account serves several namespaces, each is told what the invoice bills
 * of its own shipments and no other's.
 */
final class InvoiceNews {
    private static final String SEVERAL = "*";

    private final InvoiceRow invoice;
    private final Map<String, Share> shares = new TreeMap<>();

    InvoiceNews(InvoiceRow invoice) {
        this.invoice = invoice;
    }

    private record Share(int lines, BigDecimal total, BigDecimal expected) {
        Share plus(Share other) {
            return new Share(lines + other.lines, total.add(other.total), expected.add(other.expected));
        }
    }

    void add(Bill bill) {
        BigDecimal total = Bill.sum(bill.mine()).add(Bill.sum(bill.beside()));
        BigDecimal expected = bill.expectedOwn().add(bill.expectedBeside());
        shares.merge(
                bill.shipment().namespace(),
                new Share(bill.mine().size() + bill.beside().size(), total, expected),
                Share::plus);
    }

    void tell(Tx tx, BigDecimal expected) {
        BigDecimal total = invoice.total() == null ? BigDecimal.ZERO : invoice.total();
        Share whole = new Share(invoice.lineCount(), total, expected);
        if (!invoice.namespace().equals(SEVERAL)) {
            emit(tx, invoice.namespace(), 1, whole);
        } else if (shares.size() == 1) {
            shares.keySet().forEach(namespace -> emit(tx, namespace, 1, whole));
        } else {
            int told = 0;
            for (Map.Entry<String, Share> share : shares.entrySet()) {
                emit(tx, share.getKey(), ++told, share.getValue());
            }
        }
    }

    private void emit(Tx tx, String namespace, int sequence, Share share) {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("invoiceId", invoice.id())
                .put("invoice", invoice.number())
                .put("revision", invoice.revision())
                .put("account", invoice.account())
                .put("carrier", invoice.carrier())
                .put("currency", invoice.currency())
                .put("lines", share.lines())
                .put("total", Amounts.plain(share.total()))
                .put("expected", Amounts.plain(share.expected()))
                .put("variance", Amounts.plain(share.total().subtract(share.expected())));
        tx.events().emitOf(namespace, invoice.id(), sequence, "invoice.reconciled", facts);
    }
}
