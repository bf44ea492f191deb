package io.waybill.billing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook;
import java.math.BigDecimal;
import java.util.List;

/**
 * What follows a refund that was just written off: in the money ledger, on its exception, for auditors, in its order's story and
 * for sinks.
 *
 * @param findings what invoices were found to bill of its label though it was given back
 */
record WrittenOff(Tx tx, RefundBook.Row row, List<VarianceBook.Variance> findings) {

    void tell(String reason, String by) {
        expectAgain();
        tx.exceptions().closeBy(Fact.KEPT, row.id());
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        ObjectNode told = facts.putObject("refund")
                .put("id", row.id())
                .put("credited", Amounts.plain(row.credited()))
                .put("by", by)
                .put("reason", reason);
        BigDecimal amount = row.writtenOff();
        String currency = row.currency();
        String what = row.carrierShipment();
        if (amount != null && currency != null) {
            told.put("writtenOff", Amounts.plain(amount)).put("currency", currency);
            what = what + " " + Amounts.plain(amount) + " " + currency;
        }
        tx.audit().record(by, "refund.written-off", row.id(), row.namespace(), what);
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("carrierShipment", row.carrierShipment());
        detail.setAll(told);
        detail.remove(List.of("id", "by"));
        tx.story().tell(row.orderUid(), row.shipmentUid(), "refund written off", by, detail.toString());
        tx.orders()
                .lock(row.orderUid(), Namespaces.ALL)
                .ifPresent(order -> tx.events().emit(order, row.shipmentUid(), "billing.refunded", facts));
    }

    /**
     * What its carrier said it gives back is expected no more; so much of it as does not come costs what it cost. What a finding says
     * is billed beyond what is expected is explained by that; what is billed beyond the price was never expected.
     */
    private void expectAgain() {
        BigDecimal approved = row.approved();
        String currency = row.currency();
        if (approved != null && currency != null) {
            BigDecimal explained = sum(findings)
                    .subtract(tx.givenBack().beyondPrice(row, currency, sum(corrections())))
                    .max(BigDecimal.ZERO);
            BigDecimal came = tx.refunds().creditedTogether(row, currency);
            tx.givenBack()
                    .expectAgain(
                            row, currency, approved.subtract(row.credited()).subtract(explained), came);
        }
    }

    /** What corrected invoices changed of the shipment's own label: their findings explain it, whatever is expected. */
    private List<VarianceBook.Variance> corrections() {
        return row.orphan()
                ? List.of()
                : tx.variances().ofShipment(row.shipmentUid(), AuditRule.INVOICE_CORRECTED.word()).stream()
                        .filter(finding -> finding.account().equals(row.account())
                                && finding.currency().equals(row.currency()))
                        .toList();
    }

    private static BigDecimal sum(List<VarianceBook.Variance> findings) {
        return findings.stream().map(VarianceBook.Variance::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
