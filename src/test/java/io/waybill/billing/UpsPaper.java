package io.waybill.billing;

import io.waybill.billing.UpsFile.Charge;
import java.math.BigDecimal;
import java.util.Set;

/** UPS billing data: a row a charge. */
final class UpsPaper extends Paper {
    @Override
    String layout() {
        return "ups";
    }

    @Override
    String number() {
        return "0000A1B2C3";
    }

    @Override
    String extraCode() {
        return "RES";
    }

    @Override
    String service() {
        return "3";
    }

    @Override
    Set<Plant> cannot() {
        return Set.of();
    }

    @Override
    byte[] bytes() {
        UpsFile file = new UpsFile();
        rows.forEach(row -> row.items().forEach(item -> {
            file.charge(row.invoice(), row.tracking(), row.shipped().toString(), charge(item))
                    .with(11, plain(totals().get(row.invoice())))
                    .with(27, row.entered())
                    .with(29, row.billed())
                    .with(32, row.leastWeight() ? "3" : "1")
                    .with(33, "12.0x 9.0x 7.0")
                    .with(34, row.zone())
                    .with(52, incentive(item));
            if (row.otherAccount()) {
                file.with(3, OTHER_ACCOUNT);
            }
            if (row.delivered() != null) {
                file.with(122, row.delivered().toString());
            }
        }));
        return file.bytes();
    }

    private static String incentive(Item item) {
        BigDecimal list = item.list();
        return list == null ? "" : plain(list.subtract(item.amount()));
    }

    private static Charge charge(Item item) {
        String net = plain(item.amount());
        return switch (item.what()) {
            case TRANSPORT -> Charge.transport(net);
            case FUEL -> Charge.fuel(net);
            case EXTRA -> Charge.extra(net);
            case WEIGHT -> Charge.adjusted("SCC", "Shipping Charge Correction", net);
            case RESIDENTIAL -> Charge.adjusted("RADJ", "Residential Adjustment", net);
            case ADDRESS -> Charge.adjusted("ADC", "Address Correction", net);
            case ZONE -> Charge.adjusted("ZONE", "Zone Adjustment", net);
            case RETURN -> new Charge("RTN", "RTS", "FRT", "3", "Undeliverable Return", net);
            case CREDIT -> Charge.adjusted("GSR", "Guaranteed Service Refund", net);
            case DUTY -> new Charge("SHP", "IMP", "GOV", "DTY", "Duty Amount", net);
            case TAX -> new Charge("SHP", "", "TAX", "VAT", "VAT", net);
            case FEE -> new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", net);
        };
    }
}
