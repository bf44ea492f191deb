package io.waybill.carrier;

import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a shipment comes from and goes to, as carriers' rules and the customs' ask. Countries as ISO 3166-1 alpha-2.
 *
 * @param leavesTaxArea it goes to or comes from a part of a country of the EU that its customs and VAT leave out, or from one to another
 */
public record Lane(String from, String to, boolean isReturn, boolean leavesTaxArea) {
    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");

    /** By country and the beginning of the postal code. */
    private static final Map<String, String> OUTSIDE = Map.ofEntries(
            Map.entry("ES35", "Canaries"),
            Map.entry("ES38", "Canaries"),
            Map.entry("ES51", "Ceuta"),
            Map.entry("ES52", "Melilla"),
            Map.entry("FI22", "Åland"),
            Map.entry("IT22061", "Campione"),
            Map.entry("IT23041", "Livigno"),
            Map.entry("FR971", "GP"),
            Map.entry("FR972", "MQ"),
            Map.entry("FR973", "GF"),
            Map.entry("FR974", "RE"),
            Map.entry("FR975", "PM"),
            Map.entry("FR976", "YT"),
            Map.entry("FR986", "WF"),
            Map.entry("FR987", "PF"),
            Map.entry("FR988", "NC"));

    private static final Set<String> TERRITORIES = Set.of("PR", "VI", "GU", "AS", "MP");
    private static final Set<String> US_AND_PR = Set.of("US", "PR");

    public static Lane of(Shipment shipment) {
        Order.Options options = shipment.order().options();
        Address from = shipment.shipFrom();
        Address to = shipment.order().shipTo();
        return new Lane(
                country(from),
                country(to),
                options != null && Boolean.TRUE.equals(options.isReturn()),
                !outside(from).equals(outside(to)));
    }

    /** Of the part it is in; empty where customs and VAT are its country's. */
    private static String outside(Address address) {
        String place = address.country()
                + Objects.requireNonNullElse(address.postalCode(), "").strip();
        return OUTSIDE.entrySet().stream()
                .filter(part -> place.startsWith(part.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** A territory of the US is a country, whichever way the address says it; most carriers know it so. */
    public static String country(Address address) {
        String state = Objects.requireNonNullElse(address.state(), "");
        return "US".equals(address.country()) && TERRITORIES.contains(state) ? state : address.country();
    }

    public boolean isDomestic() {
        return from.equals(to);
    }

    /** No border on the way that asks for papers: within a country or within the EU, and without the parts its customs and VAT leave out. */
    public boolean isFreeOfCustoms() {
        return !leavesTaxArea && (isDomestic() || (EU.contains(from) && EU.contains(to)));
    }

    /** From elsewhere into the EU, whose customs ask what sender and recipient are. */
    public boolean isIntoEu() {
        return EU.contains(to) && !EU.contains(from);
    }

    /** Both ends are in the US or in Puerto Rico, between which nobody levies duties. */
    public boolean isWithinUsAndPr() {
        return US_AND_PR.contains(from) && US_AND_PR.contains(to);
    }

    /** Pounds and inches are what is weighed and measured in where it leaves. */
    public boolean isImperial() {
        return from.equals("US") || TERRITORIES.contains(from);
    }
}
