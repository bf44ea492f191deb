package io.waybill.billing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** FedEx billing data with all 156 columns: a row a tracking number, the list price as transport and the discount as a charge beside it. */
final class FedexPaper extends Paper {
    private static final int CHARGES = 106;

    @Override
    String layout() {
        return "fedex";
    }

    @Override
    String number() {
        return "123456789";
    }

    @Override
    String extraCode() {
        return "Residential";
    }

    @Override
    String service() {
        return "FedEx Ground";
    }

    @Override
    Set<Plant> cannot() {
        return EnumSet.of(Plant.RESIDENTIAL, Plant.RETURNED, Plant.CREDITED, Plant.LEAST_WEIGHT);
    }

    @Override
    byte[] bytes() {
        StringBuilder text = new StringBuilder(Columns.of("fedex", ','));
        for (Row row : rows) {
            String[] cells = blank(156);
            cells[0] = row.otherAccount() ? OTHER_ACCOUNT : number();
            cells[1] = "20261121";
            cells[2] = row.invoice();
            cells[4] = plain(totals().get(row.invoice()));
            cells[5] = cells[4];
            if (!row.tracking().isEmpty()) {
                cells[7] = row.tracking().substring(0, 6);
                cells[8] = row.tracking().substring(6);
            }
            cells[10] = plain(row.sum());
            cells[11] = service();
            cells[13] = row.shipped().toString().replace("-", "");
            cells[14] =
                    row.delivered() == null ? "" : row.delivered().toString().replace("-", "");
            cells[18] = row.entered();
            cells[19] = "L";
            cells[20] = row.billed();
            cells[21] = "L";
            cells[27] = "12";
            cells[28] = "9";
            cells[29] = "7";
            cells[63] = row.zone();
            charges(cells, row);
            text.append(String.join(",", cells)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void charges(String[] cells, Row row) {
        int next = CHARGES - 1;
        for (Item item : row.items()) {
            BigDecimal list = item.list();
            if (item.what() == What.TRANSPORT) {
                cells[9] = plain(list == null ? item.amount() : list);
                if (list == null || list.compareTo(item.amount()) == 0) {
                    continue;
                }
            }
            cells[next] = list == null ? words(item.what()) : "Performance Pricing Discount";
            cells[next + 1] = plain(list == null ? item.amount() : item.amount().subtract(list));
            next += 2;
        }
    }

    private static String words(What what) {
        return switch (what) {
            case FUEL -> "Fuel Surcharge";
            case EXTRA -> "Residential";
            case WEIGHT -> "Weight Correction";
            case ADDRESS -> "Address Correction";
            case DUTY -> "Customs Duty";
            case TAX -> "VAT";
            case FEE -> "Weekly Service Charge";
            default -> throw new IllegalArgumentException(what.name());
        };
    }
}
