package io.waybill.billing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** DHL Express invoices as CSV: cells parted by semicolons, decimals after a comma, the row of the invoice after its shipments. */
final class DhlPaper extends Paper {
    private static final int EXTRAS = 73;

    @Override
    String layout() {
        return "dhl-express";
    }

    @Override
    String number() {
        return "950000001";
    }

    @Override
    String extraCode() {
        return "YY";
    }

    @Override
    String service() {
        return "P";
    }

    @Override
    Set<Plant> cannot() {
        return EnumSet.of(
                Plant.RESIDENTIAL,
                Plant.RETURNED,
                Plant.CREDITED,
                Plant.LEAST_WEIGHT,
                Plant.MEASURED,
                Plant.ZONE,
                Plant.LATE);
    }

    @Override
    byte[] bytes() {
        StringBuilder text = new StringBuilder(Columns.of("dhl-express", ';'));
        Map<String, BigDecimal> fees = new TreeMap<>();
        for (Row row : rows) {
            if (row.tracking().isEmpty()) {
                fees.merge(row.invoice(), row.sum(), BigDecimal::add);
            } else {
                text.append(String.join(";", shipment(row))).append('\n');
            }
        }
        totals().forEach((invoice, total) -> {
            String[] cells = head("I", invoice, total);
            cells[57] = comma(fees.getOrDefault(invoice, BigDecimal.ZERO));
            text.append(String.join(";", cells)).append('\n');
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String[] head(String kind, String invoice, BigDecimal total) {
        String[] cells = blank(121);
        cells[0] = kind;
        cells[3] = invoice;
        cells[7] = "20261121";
        cells[11] = number();
        cells[51] = "USD";
        cells[52] = comma(total);
        return cells;
    }

    private String[] shipment(Row row) {
        String[] cells = head("S", row.invoice(), row.sum());
        if (row.otherAccount()) {
            cells[11] = OTHER_ACCOUNT;
        }
        cells[18] = row.tracking();
        cells[19] = row.shipped().toString().replace("-", "");
        cells[23] = service();
        cells[45] = row.entered();
        cells[49] = "A";
        cells[50] = row.billed();
        int next = EXTRAS - 1;
        for (Item item : row.items()) {
            if (item.what() == What.TRANSPORT) {
                transport(cells, item);
            } else if (item.what() == What.TAX) {
                cells[55] = comma(item.amount());
            } else {
                cells[next] = code(item.what());
                cells[next + 1] = name(item.what());
                cells[next + 2] = comma(item.amount());
                next += 7;
            }
        }
        return cells;
    }

    private static void transport(String[] cells, Item item) {
        BigDecimal list = item.list() == null ? item.amount() : item.list();
        cells[58] = comma(list);
        if (list.compareTo(item.amount()) != 0) {
            cells[64] = "Volume discount";
            cells[65] = comma(list.subtract(item.amount()));
        }
    }

    private static String code(What what) {
        return switch (what) {
            case FUEL -> "FF";
            case EXTRA -> "YY";
            case ADDRESS -> "MA";
            case DUTY -> "XB";
            default -> throw new IllegalArgumentException(what.name());
        };
    }

    private static String name(What what) {
        return switch (what) {
            case FUEL -> "FUEL SURCHARGE";
            case EXTRA -> "OVER WEIGHT PIECE";
            case ADDRESS -> "ADDRESS CORRECTION";
            default -> "IMPORT EXPORT DUTIES";
        };
    }

    private static String comma(BigDecimal amount) {
        return plain(amount).replace('.', ',');
    }
}
