package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.billing.Reconciled;
import io.waybill.billing.Words;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.VarianceBook;
import io.waybill.order.Json;
import io.waybill.problem.Messages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Invoices as they are answered: amounts as decimal strings, every rule with what it means and what to do. */
final class InvoiceView {
    static final TableExport TABLE = new TableExport(
            "invoices",
            List.of(
                    "id",
                    "number",
                    "revision",
                    "carrier",
                    "account",
                    "date",
                    "state",
                    "currency",
                    "statedTotal",
                    "total",
                    "expected",
                    "lines",
                    "file",
                    "importedBy",
                    "importedAt",
                    "approvedBy",
                    "approvedAt",
                    "postedBy",
                    "postedAt",
                    "paidBy",
                    "paidAt"));

    static final TableExport VARIANCES = new TableExport(
            "variances",
            List.of(
                    "id",
                    "invoice",
                    "invoiceId",
                    "rule",
                    "shipment",
                    "trackingNumber",
                    "line",
                    "amount",
                    "claim",
                    "currency",
                    "evidence",
                    "decision",
                    "reason",
                    "dispute"));

    static final TableExport LINES = new TableExport("invoice-lines", Words.OF_A_LINE);

    private InvoiceView() {}

    static ObjectNode of(InvoiceRow row) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", row.id())
                .put("number", row.number())
                .put("revision", row.revision())
                .put("carrier", row.carrier())
                .put("account", row.account())
                .put(
                        "date",
                        row.invoiceDate() == null ? null : row.invoiceDate().toString())
                .put("state", Words.of(row))
                .put("currency", row.currency())
                .put("statedTotal", plain(row.statedTotal()))
                .put("total", plain(row.total()))
                .put("expected", plain(row.expected()))
                .put("lines", row.lineCount())
                .put("file", row.fileName())
                .put("importedBy", row.importedBy())
                .put("importedAt", row.importedAt().toString());
        if (row.passedOver() > 0) {
            view.putObject("passedOver").put("count", row.passedOver()).put("rows", row.passedWords());
        }
        if (row.approvedBy() != null) {
            view.put("approvedBy", row.approvedBy()).put("approvedAt", String.valueOf(row.approvedAt()));
        }
        if (row.postedBy() != null) {
            view.put("postedBy", row.postedBy()).put("postedAt", String.valueOf(row.postedAt()));
        }
        if (row.paidBy() != null) {
            view.put("paidBy", row.paidBy()).put("paidAt", String.valueOf(row.paidAt()));
        }
        return view;
    }

    static ObjectNode of(Reconciled done, Locale language) {
        Messages messages = Messages.in(language);
        ObjectNode view = of(done.invoice());
        view.put("matched", done.matched())
                .put("matchedPercent", percent(done.matched(), done.lines()))
                .put("variance", plain(done.variance()))
                .put("unexplained", plain(done.unexplained()));
        ArrayNode places = view.putArray("landed");
        done.places()
                .forEach(place -> places.addObject()
                        .put("matchRule", place.matchRule())
                        .put("bucket", place.bucket())
                        .put("lines", place.lines())
                        .put("amount", plain(place.amount())));
        ArrayNode rules = view.putArray("rules");
        done.rules()
                .forEach(rule -> rules.addObject()
                        .put("rule", rule.ruleName())
                        .put("means", messages.text("audit." + rule.ruleName()))
                        .put("findings", rule.findings())
                        .put("amount", plain(rule.amount()))
                        .put("claim", plain(rule.claim()))
                        .put("toDo", messages.text("audit." + rule.ruleName() + ".todo")));
        ArrayNode unchecked = view.putArray("notChecked");
        notChecked(done.invoice())
                .forEach(one -> unchecked.add(messages.text(
                        "audit.not-checked." + one.path("what").asText(),
                        "value",
                        one.path("value").asText())));
        ArrayNode findings = view.putArray("findings");
        done.findings().forEach(finding -> findings.add(of(finding)));
        return view;
    }

    /** What was found, and what was decided about it. */
    static ObjectNode of(VarianceBook.Variance finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", finding.id())
                .put("invoice", finding.invoiceNumber())
                .put("invoiceId", finding.invoiceUid())
                .put("rule", finding.rule())
                .put("shipment", finding.shipment())
                .put("trackingNumber", finding.trackingNumber())
                .put("line", finding.line())
                .put("amount", plain(finding.amount()))
                .put("claim", plain(finding.claim()))
                .put("currency", finding.currency())
                .put("evidence", finding.evidence())
                .put("decision", finding.decision())
                .put("reason", finding.reason())
                .put("dispute", finding.dispute());
    }

    /** A line as the invoice says it, and where it landed. */
    static ObjectNode of(InvoiceLineBook.Line line, InvoiceRow invoice) {
        InvoiceLine words = line.words();
        return JsonNodeFactory.instance
                .objectNode()
                .put("invoice", invoice.number())
                .put("line", line.line())
                .put("fileRow", words.fileRow())
                .put("trackingNumber", words.trackingNumber())
                .put(
                        "shipDate",
                        words.shipDate() == null ? null : words.shipDate().toString())
                .put("kind", words.kind())
                .put("type", words.type())
                .put("reason", words.reason())
                .put("amount", plain(words.amount()))
                .put("currency", invoice.currency())
                .put("listAmount", plain(words.listAmount()))
                .put("taxAmount", plain(words.taxAmount()))
                .put("exchangeRate", plain(words.exchangeRate()))
                .put("carrierCategory", words.carrierCategory())
                .put("carrierDetail", words.carrierDetail())
                .put("carrierClass", words.carrierClass())
                .put("carrierCode", words.carrierCode())
                .put("carrierText", words.carrierText())
                .put("enteredWeight", plain(words.enteredWeight()))
                .put("billedWeight", plain(words.billedWeight()))
                .put("weightUnit", words.weightUnit())
                .put("shipment", line.shipmentUid())
                .put("matchRule", line.matchRule())
                .put("bucket", line.bucket());
    }

    static @Nullable String plain(@Nullable BigDecimal amount) {
        return amount == null ? null : Amounts.plain(amount);
    }

    private static String percent(int part, int all) {
        return all == 0
                ? "0.0"
                : BigDecimal.valueOf(100L * part)
                        .divide(BigDecimal.valueOf(all), 1, RoundingMode.DOWN)
                        .toPlainString();
    }

    private static JsonNode notChecked(InvoiceRow invoice) {
        return Json.kept(invoice.notChecked() == null ? "[]" : invoice.notChecked());
    }
}
