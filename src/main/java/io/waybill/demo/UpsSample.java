package io.waybill.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A file of UPS billing data: 250 columns, no header, one invoice that states what its rows come to. */
final class UpsSample {
    private final List<String[]> rows = new ArrayList<>();
    private final String day;
    private BigDecimal total = BigDecimal.ZERO;

    /** @param day of the invoice and of its shipments */
    UpsSample(String day) {
        this.day = day;
    }

    void add(String tracking, String category, String detail, String classification, String text, BigDecimal net) {
        String[] cells = new String[250];
        Arrays.fill(cells, "");
        cells[0] = "2.1";
        cells[2] = "0000A1B2C3";
        cells[4] = day;
        cells[5] = "000000A1B2C3476";
        cells[9] = "USD";
        cells[11] = day;
        cells[20] = tracking;
        cells[34] = category;
        cells[35] = detail;
        cells[43] = classification;
        cells[45] = text;
        cells[52] = net.toPlainString();
        rows.add(cells);
        total = total.add(net);
    }

    byte[] bytes() {
        rows.forEach(cells -> cells[10] = total.toPlainString());
        return rows.stream()
                .map(cells -> String.join(",", cells))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
