package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Phone;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.StreetLines;
import io.waybill.order.Address;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shipper, recipient and whoever else has an address. */
final class FedexParties {
    static final StreetLines STREET = new StreetLines(35, 3);

    private static final String PUERTO_RICO = "PR";

    private FedexParties() {}

    /** FedEx asks for a phone number at both ends of what goes abroad. */
    static ObjectNode party(Address address, String pointer, boolean abroad) {
        ObjectNode out = RequestJson.object();
        out.set("contact", contact(address, pointer, abroad));
        out.set("address", address(address, pointer));
        if (address.taxId() != null && !address.taxId().isBlank() && !CustomsNumbers.isIoss(address)) {
            ObjectNode tin = out.putArray("tins").addObject();
            RequestJson.fit(tin, "number", address.taxId(), 18, pointer + "/taxId");
            tin.put("tinType", "BUSINESS_NATIONAL");
        }
        return out;
    }

    /**
     * Whom it comes from, with the number of its One-Stop Shop, which is told as one of the union's, into the EU; it is not
     * told as a tax number anywhere else.
     */
    static ObjectNode shipper(Shipment shipment, FedexLane lane) {
        ObjectNode out = party(shipment.shipFrom(), "/shipFrom", !lane.isDomestic());
        String ioss = CustomsNumbers.of(shipment).ioss();
        if (lane.isIntoEu() && !lane.isReturn() && !ioss.isEmpty()) {
            ObjectNode tin = out.withArray("/tins").addObject();
            RequestJson.fit(tin, "number", ioss, 18, "/metadata/ioss");
            tin.put("tinType", "BUSINESS_UNION").put("usage", "IOSS");
        }
        return out;
    }

    private static ObjectNode contact(Address address, String pointer, boolean abroad) {
        ObjectNode out = names(address, pointer);
        if (out.isEmpty()) {
            throw Refusals.needs(pointer + "/name");
        }
        String phone = Phone.digits(address);
        if (abroad) {
            Refusals.needed(phone, pointer + "/phone");
        }
        RequestJson.fit(out, "phoneNumber", phone, 15, pointer + "/phone");
        RequestJson.optional(out, "emailAddress", address.email(), 80);
        return out;
    }

    static ObjectNode names(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        RequestJson.fit(out, "personName", address.name(), 70, pointer + "/name");
        RequestJson.fit(out, "companyName", address.company(), 35, pointer + "/company");
        return out;
    }

    static ObjectNode address(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        ArrayNode lines = out.putArray("streetLines");
        STREET.of(address, pointer).forEach(lines::add);
        place(out, address, pointer);
        return out;
    }

    /** Without the street: the Rates API takes no more. */
    static ObjectNode place(ObjectNode out, Address address, String pointer) {
        RequestJson.fit(out, "city", Refusals.needed(address.city(), pointer + "/city"), 35, pointer + "/city");
        String state = state(address);
        if (state != null) {
            out.put("stateOrProvinceCode", state);
        }
        String code = Objects.requireNonNullElse(address.postalCode(), "").toUpperCase(Locale.ROOT);
        RequestJson.fit(out, "postalCode", code, 10, pointer + "/postalCode");
        out.put("countryCode", Lane.country(address));
        if (address.residential() != null) {
            out.put("residential", address.residential());
        }
        return out;
    }

    /** Two letters at most are taken; Quebec is PQ, and Puerto Rico a country with a state. */
    private static @Nullable String state(Address address) {
        if (Lane.country(address).equals(PUERTO_RICO)) {
            return PUERTO_RICO;
        }
        String state = Objects.requireNonNullElse(address.state(), "").strip();
        if (state.isEmpty() || state.length() > 2) {
            return null;
        }
        return "CA".equals(address.country()) && state.equals("QC") ? "PQ" : state;
    }
}
