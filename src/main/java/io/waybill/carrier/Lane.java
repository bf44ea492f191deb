package io.waybill.carrier;

import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Objects;
import java.util.Set;

/** Where a shipment comes from and goes to, as carriers' rules and the customs' ask. Countries as ISO 3166-1 alpha-2. */
public record Lane(String from, String to, boolean isReturn) {
    private static final Set<String> EU = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE");
    private static final Set<String> TERRITORIES = Set.of("PR", "VI", "GU", "AS", "MP");
    private static final Set<String> US_AND_PR = Set.of("US", "PR");

    public static Lane of(Shipment shipment) {
        Order.Options options = shipment.order().options();
        return new Lane(
                country(shipment.shipFrom()),
                country(shipment.order().shipTo()),
                options != null && Boolean.TRUE.equals(options.isReturn()));
    }

    /** A territory of the US is a country, whichever way the address says it; most carriers know it so. */
    public static String country(Address address) {
        String state = Objects.requireNonNullElse(address.state(), "");
        return "US".equals(address.country()) && TERRITORIES.contains(state) ? state : address.country();
    }

    public boolean isDomestic() {
        return from.equals(to);
    }

    /** No border on the way that asks for papers: within a country or within the EU. */
    public boolean isFreeOfCustoms() {
        return isDomestic() || (EU.contains(from) && EU.contains(to));
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
