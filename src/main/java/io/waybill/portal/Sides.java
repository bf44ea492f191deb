package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of money beside each other: for each type and currency what was quoted, expected and billed. Sides are compared and
 * never added.
 *
 * @param rows by type
 * @param lines every line, as it is kept
 */
public record Sides(List<Row> rows, List<JsonNode> lines) {
    private static final Pattern OF_INVOICE = Pattern.compile("chg_\\w+\\.(\\d{1,9})(?:p\\d+)?");

    /** One type in one currency; amounts are empty where a side says nothing. */
    public record Row(String type, String currency, String quoted, String expected, String billed, String difference) {}

    static Sides of(JsonNode charges) {
        Map<String, Map<String, BigDecimal>> sums = new LinkedHashMap<>();
        Map<String, BigDecimal> all = new LinkedHashMap<>();
        List<JsonNode> lines = new ArrayList<>();
        for (JsonNode line : charges) {
            lines.add(line);
            BigDecimal amount = new BigDecimal(line.path("amount").asText("0"));
            String side = line.path("side").asText();
            String currency = line.path("currency").asText();
            sums.computeIfAbsent(line.path("type").asText() + "\t" + currency, first -> new LinkedHashMap<>())
                    .merge(side, amount, BigDecimal::add);
            all.merge(side + "\t" + currency, amount, BigDecimal::add);
        }
        List<Row> rows = new ArrayList<>();
        sums.forEach((key, bySide) -> rows.add(row(key, bySide)));
        all.keySet().stream()
                .map(key -> key.substring(key.indexOf('\t') + 1))
                .distinct()
                .forEach(currency -> {
                    Map<String, BigDecimal> bySide = new LinkedHashMap<>();
                    all.forEach((key, sum) -> {
                        if (key.endsWith("\t" + currency)) {
                            bySide.put(key.substring(0, key.indexOf('\t')), sum);
                        }
                    });
                    rows.add(row("\t" + currency, bySide));
                });
        return new Sides(rows, lines);
    }

    /** The id of the invoice a line of money comes from; empty where it comes from none. */
    public static String invoice(JsonNode line) {
        String ref = line.path("sourceRef").asText();
        return ref.startsWith("inv_") ? ref : "";
    }

    /** The page with that line of the invoice. */
    public static String page(JsonNode line) {
        return "/money/invoices/" + Address.part(invoice(line)) + from(lineNumber(line), "");
    }

    /** The call that answers with the lines of the invoice from that one on. */
    static String call(JsonNode line) {
        return "/invoices/" + Address.part(invoice(line)) + from(lineNumber(line), "/lines");
    }

    private static String from(String number, String otherwise) {
        return number.isEmpty() ? otherwise : "/lines?cursor=" + number;
    }

    /** The number of that line, or nothing. */
    public static String lineNumber(JsonNode line) {
        Matcher number = OF_INVOICE.matcher(line.path("id").asText());
        return number.matches() ? number.group(1) : "";
    }

    /** The day of a line of an invoice, which is kept as the first moment of it in UTC; nothing of a line that has a time. */
    static String day(JsonNode line) {
        String moment = line.path("occurredAt").asText();
        boolean isDay = !invoice(line).isEmpty() && moment.endsWith("T00:00:00Z");
        return isDay ? moment.substring(0, moment.indexOf('T')) : "";
    }

    private static Row row(String key, Map<String, BigDecimal> bySide) {
        int tab = key.indexOf('\t');
        BigDecimal expected = bySide.get("expected");
        BigDecimal billed = bySide.get("billed");
        return new Row(
                key.substring(0, tab),
                key.substring(tab + 1),
                text(bySide.get("quoted")),
                text(expected),
                text(billed),
                billed == null
                        ? ""
                        : billed.subtract(expected == null ? BigDecimal.ZERO : expected)
                                .toPlainString());
    }

    private static String text(@org.jspecify.annotations.Nullable BigDecimal amount) {
        return amount == null ? "" : amount.toPlainString();
    }
}
