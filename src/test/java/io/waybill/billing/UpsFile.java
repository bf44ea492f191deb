package io.waybill.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes UPS billing data by the places of its columns, counted from 1: written apart from what reads it. Each invoice
 * states what its rows come to.
 */
public final class UpsFile {
    private final List<String[]> rows = new ArrayList<>();

    /**
     * One charge.
     *
     * @param classification FRT, FSC, ACC, ...
     */
    public record Charge(String category, String detail, String classification, String code, String text, String net) {
        public static Charge transport(String net) {
            return new Charge("SHP", "ISS", "FRT", "3", "Ground Commercial", net);
        }

        public static Charge fuel(String net) {
            return new Charge("SHP", "ISS", "FSC", "FSC", "Fuel Surcharge", net);
        }

        public static Charge extra(String net) {
            return new Charge("SHP", "ISS", "ACC", "RES", "Residential Surcharge", net);
        }

        public static Charge voided(String net) {
            return new Charge("ADJ", "VOID", "FRT", "3", "Void Credit", net);
        }

        public static Charge adjusted(String detail, String text, String net) {
            return new Charge("ADJ", detail, "FRT", "3", text, net);
        }
    }

    public UpsFile charge(String invoice, String tracking, String day, Charge charge) {
        return row(invoice, "USD", tracking, day, charge);
    }

    public UpsFile row(String invoice, String currency, String tracking, String day, Charge charge) {
        String[] cells = new String[250];
        Arrays.fill(cells, "");
        set(cells, 1, "2.1");
        set(cells, 2, "0000A1B2C3");
        set(cells, 3, "0000A1B2C3");
        set(cells, 4, "US");
        set(cells, 5, "2026-11-21");
        set(cells, 6, invoice);
        set(cells, 7, "E");
        set(cells, 10, currency);
        set(cells, 12, day);
        set(cells, 14, tracking);
        set(cells, 19, "1");
        set(cells, 21, tracking);
        set(cells, 27, "2.0");
        set(cells, 28, "L");
        set(cells, 29, "2.0");
        set(cells, 30, "L");
        set(cells, 34, "004");
        set(cells, 35, charge.category());
        set(cells, 36, charge.detail());
        set(cells, 44, charge.classification());
        set(cells, 45, charge.code());
        set(cells, 46, charge.text());
        set(cells, 51, currency);
        if (charge.classification().equals("FRT") && charge.category().equals("SHP")) {
            set(cells, 52, incentive(charge.net()));
        }
        set(cells, 53, charge.net());
        rows.add(cells);
        return this;
    }

    /** 40 percent of the list price. */
    private static String incentive(String net) {
        return new BigDecimal(net)
                .multiply(BigDecimal.valueOf(2))
                .divide(BigDecimal.valueOf(3), 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /**
     * Sets a cell of the last row.
     *
     * @param column from 1
     */
    public UpsFile with(int column, String value) {
        set(rows.get(rows.size() - 1), column, value);
        return this;
    }

    public BigDecimal total(String invoice) {
        return rows.stream()
                .filter(cells -> cells[5].equals(invoice))
                .map(cells -> new BigDecimal(cells[52]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public byte[] bytes() {
        return text(',').getBytes(StandardCharsets.UTF_8);
    }

    /** With this total on every row, whatever the rows come to. */
    public byte[] bytesStating(String total) {
        rows.forEach(cells -> cells[10] = total);
        return bytes();
    }

    public String text(char delimiter) {
        Map<String, String> totals = new HashMap<>();
        return rows.stream()
                .map(cells -> {
                    String[] said = cells.clone();
                    if (said[10].isEmpty()) {
                        said[10] = totals.computeIfAbsent(
                                said[5], invoice -> total(invoice).toPlainString());
                    }
                    return String.join(String.valueOf(delimiter), said);
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static void set(String[] cells, int column, String value) {
        cells[column - 1] = value;
    }
}
