package io.waybill.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a sender is known by at the customs and to the tax office, by the order's metadata {@code ioss}, {@code vat} and {@code eori},
 * also ending in {@code Number} or {@code Code}, else by the sender's tax id. Each is empty where there is none.
 *
 * @param ioss of the EU's Import One-Stop Shop: the VAT was paid where the goods were sold, and nobody asks the recipient for it. It
 *     counts in the EU and is nobody's business elsewhere
 * @param vat the sender's tax id where that is not the former
 */
public record CustomsNumbers(String ioss, String vat, String eori) {
    private static final String IOSS = "(?i)IM\\d{10}";

    /** The state that gave an IOSS number stands in it, by ISO 3166-1 numeric. */
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("040", "AT"),
            Map.entry("056", "BE"),
            Map.entry("100", "BG"),
            Map.entry("191", "HR"),
            Map.entry("196", "CY"),
            Map.entry("203", "CZ"),
            Map.entry("208", "DK"),
            Map.entry("233", "EE"),
            Map.entry("246", "FI"),
            Map.entry("250", "FR"),
            Map.entry("276", "DE"),
            Map.entry("300", "GR"),
            Map.entry("348", "HU"),
            Map.entry("372", "IE"),
            Map.entry("380", "IT"),
            Map.entry("428", "LV"),
            Map.entry("440", "LT"),
            Map.entry("442", "LU"),
            Map.entry("470", "MT"),
            Map.entry("528", "NL"),
            Map.entry("616", "PL"),
            Map.entry("620", "PT"),
            Map.entry("642", "RO"),
            Map.entry("703", "SK"),
            Map.entry("705", "SI"),
            Map.entry("724", "ES"),
            Map.entry("752", "SE"));

    public static CustomsNumbers of(Shipment shipment) {
        return of(shipment.order(), shipment.shipFrom());
    }

    private static CustomsNumbers of(Order order, Address sender) {
        String taxId = sender.taxId() == null ? "" : sender.taxId().strip();
        boolean isIoss = taxId.matches(IOSS);
        return new CustomsNumbers(
                said(order, "ioss", isIoss ? taxId : ""),
                said(order, "vat", isIoss ? "" : taxId),
                said(order, "eori", ""));
    }

    private static String said(Order order, String name, String otherwise) {
        return order.metadata().entrySet().stream()
                .filter(one -> isNamed(one.getKey(), name))
                .map(Map.Entry::getValue)
                .map(value -> text(value))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isNamed(String key, String name) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[_ -]", "");
        return Stream.of(name, name + "number", name + "code").anyMatch(plain::equals);
    }

    private static String text(JsonNode value) {
        return value.asText("").strip();
    }

    /** Whether this is an address's tax id and an IOSS number, which is told as such or not at all. */
    public static boolean isIoss(Address address) {
        return address.taxId() != null && address.taxId().strip().matches(IOSS);
    }

    /** The country that gave a number: what stands in it, else this one. */
    public static String issuer(String number, String otherwise) {
        if (number.matches(IOSS)) {
            return STATES.getOrDefault(number.substring(2, 5), otherwise);
        }
        String begin = number.length() < 2 ? "" : number.substring(0, 2).toUpperCase(Locale.ROOT);
        if (begin.equals("XI")) {
            return "GB";
        }
        return begin.equals("GB") || STATES.containsValue(begin) ? begin : otherwise;
    }
}
