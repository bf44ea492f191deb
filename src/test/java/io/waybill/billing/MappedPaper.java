package io.waybill.billing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A carrier's bill that comes by a mapping: a row a parcel, decimals after a comma, the total of its invoice on each. */
final class MappedPaper extends Paper {
    static final String MAPPING = """
            mapping: plain-bill
            version: 1
            writes: invoice-line/1
            reads: { format: csv, delimiter: ";" }
            unmapped: off
            fields:
              invoiceNumber: { from: invoice, required: true }
              invoiceDate: { from: date, date: yyyyMMdd }
              statedTotal: { from: total, decimal: ",", currency: { from: currency }, required: true }
              account: { from: account }
              trackingNumber: { from: number }
              shipDate: { from: shipped, date: yyyyMMdd }
              charges[0].type: { const: shipping }
              charges[0].text: { const: freight }
              charges[0].amount: { from: freight, decimal: ",", currency: { from: currency } }
              charges[1].type: { const: fuel_charge }
              charges[1].text: { const: fuel }
              charges[1].amount: { from: fuel, decimal: ",", currency: { from: currency } }
              charges[2].type: { const: additional_fees }
              charges[2].text: { const: extra }
              charges[2].amount: { from: extra, decimal: ",", currency: { from: currency } }
              charges[3].kind: { const: adjustment }
              charges[3].type: { const: additional_fees }
              charges[3].reason: { const: ADC }
              charges[3].text: { const: address }
              charges[3].amount: { from: address, decimal: ",", currency: { from: currency } }
              charges[4].kind: { const: duty_tax }
              charges[4].type: { const: duties_and_taxes }
              charges[4].text: { const: duty }
              charges[4].amount: { from: duty, decimal: ",", currency: { from: currency } }
              charges[5].kind: { const: account_fee }
              charges[5].type: { const: admin_fee }
              charges[5].text: { const: fee }
              charges[5].amount: { from: fee, decimal: ",", currency: { from: currency } }
            """;
    private static final String HEADER =
            "invoice;date;total;currency;account;number;shipped;freight;fuel;extra;address;duty;fee\n";
    private static final List<What> PLACES =
            List.of(What.TRANSPORT, What.FUEL, What.EXTRA, What.ADDRESS, What.DUTY, What.FEE);

    @Override
    String layout() {
        return "plain-bill";
    }

    @Override
    String number() {
        return "950000001";
    }

    @Override
    String extraCode() {
        return "extra";
    }

    @Override
    String service() {
        return "P";
    }

    @Override
    Set<Plant> cannot() {
        return EnumSet.allOf(Plant.class);
    }

    @Override
    byte[] bytes() {
        StringBuilder text = new StringBuilder(HEADER);
        for (Row row : rows) {
            String[] cells = blank(13);
            cells[0] = row.invoice();
            cells[1] = "20261121";
            cells[2] = comma(totals().get(row.invoice()));
            cells[3] = "USD";
            cells[4] = row.otherAccount() ? OTHER_ACCOUNT : number();
            cells[5] = row.tracking();
            cells[6] = row.shipped().toString().replace("-", "");
            row.items().forEach(item -> cells[7 + PLACES.indexOf(item.what())] = comma(item.amount()));
            text.append(String.join(";", cells)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String comma(BigDecimal amount) {
        return plain(amount).replace('.', ',');
    }
}
