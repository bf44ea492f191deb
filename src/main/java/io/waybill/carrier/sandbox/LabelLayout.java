package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What stands where on a 4 × 6 inch label, in points (1/72 inch) from its upper left corner; the same in every format. */
record LabelLayout(List<Text> texts, List<Rule> rules, Barcode barcode) {
    static final int WIDTH = 288;
    static final int HEIGHT = 432;
    private static final int LEFT = 14;
    private static final int LINE = WIDTH - 2 * LEFT;

    /** @param y of the baseline; a text wider than {@code width} is set smaller until it fits */
    record Text(int x, int y, int size, boolean bold, int width, String text) {}

    /** A horizontal line across the label. */
    record Rule(int y) {}

    /** A Code 128 symbol, no wider than {@code width}. */
    record Barcode(int x, int y, int width, int height, String content) {}

    /** The label of one parcel, 0-based. */
    static LabelLayout of(Sale sale, Tariff.Service service, int parcel) {
        List<Text> texts = new ArrayList<>();
        texts.add(new Text(LEFT, 28, 18, true, 190, service.name().toUpperCase(Locale.ROOT)));
        texts.add(new Text(
                220, 28, 12, false, 54, (parcel + 1) + " of " + sale.numbers().size()));
        address(texts, "FROM", sale.request().path("shipFrom"), 50, 8, 10);
        address(texts, "TO", sale.request().path("shipTo"), 128, 12, 14);
        String wishes = wishes(sale);
        if (!wishes.isEmpty()) {
            texts.add(new Text(LEFT, 228, 9, true, LINE, wishes));
        }
        texts.add(new Text(LEFT, 262, 22, true, LINE, routing(sale.request().path("shipTo"), service)));
        String number = sale.numbers().get(parcel);
        texts.add(new Text(LEFT + 50, 380, 13, true, LINE - 50, spaced(number)));
        texts.add(new Text(LEFT, 402, 10, false, LINE, "Order " + sale.orderNumber()));
        texts.add(
                new Text(LEFT, 418, 7, false, LINE, "Ref " + sale.reference() + " · sandbox label, not for carriage"));
        return new LabelLayout(
                texts,
                List.of(new Rule(38), new Rule(114), new Rule(236), new Rule(274)),
                new Barcode(24, 286, 240, 76, number));
    }

    private static String wishes(Sale sale) {
        return StreamSupport.stream(sale.request().path("wishes").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    /** Where the hub that reads it sends the parcel: {@code US-787 10}. */
    static String routing(JsonNode to, Tariff.Service service) {
        String postal =
                Json.text(to, "postalCode").replaceAll("[^0-9A-Za-z]", "").toUpperCase(Locale.ROOT);
        String area = postal.length() > 3 ? postal.substring(0, 3) : postal;
        return Json.text(to, "country") + (area.isEmpty() ? "" : "-" + area) + " " + service.digits();
    }

    private static void address(List<Text> texts, String heading, JsonNode address, int top, int size, int leading) {
        texts.add(new Text(LEFT, top, 7, true, 30, heading));
        int y = top;
        for (String line : lines(address)) {
            texts.add(new Text(LEFT + 32, y, size, false, LINE - 32, line));
            y += leading;
        }
    }

    /** At most seven. */
    private static List<String> lines(JsonNode address) {
        List<String> lines = new ArrayList<>();
        for (String field : List.of("name", "company", "line1", "line2", "line3")) {
            lines.add(Json.text(address, field));
        }
        lines.add(joined(address, " ", "city", "state", "postalCode"));
        lines.add(joined(address, "  ", "country", "phone"));
        lines.removeIf(String::isBlank);
        return lines;
    }

    private static String joined(JsonNode address, String between, String... fields) {
        return Stream.of(fields)
                .map(field -> Json.text(address, field))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(between));
    }

    private static String spaced(String number) {
        return number.replaceAll("(.{4})(?!$)", "$1 ");
    }
}
