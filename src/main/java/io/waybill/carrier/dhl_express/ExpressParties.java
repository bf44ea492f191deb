package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shipper and receiver. A street is never cut: one that is too long for DHL's lines is told at its field. */
final class ExpressParties {
    private static final int LINE = 45;

    private ExpressParties() {}

    static ObjectNode details(Shipment shipment) {
        ObjectNode out = RequestJson.object();
        out.set("shipperDetails", party(shipment.shipFrom(), "/shipFrom"));
        out.set("receiverDetails", party(shipment.order().shipTo(), "/shipTo"));
        return out;
    }

    /** For a quote, which asks for the place only. */
    static ObjectNode places(Shipment shipment) {
        ObjectNode out = RequestJson.object();
        out.set("shipperDetails", address(shipment.shipFrom(), "/shipFrom"));
        out.set("receiverDetails", address(shipment.order().shipTo(), "/shipTo"));
        return out;
    }

    private static ObjectNode party(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        out.set("postalAddress", address(address, pointer));
        out.set("contactInformation", contact(address, pointer));
        if (address.taxId() != null && !address.taxId().isBlank()) {
            ObjectNode number = out.putArray("registrationNumbers")
                    .addObject()
                    .put("typeCode", address.country().equals("US") ? "EIN" : "VAT");
            RequestJson.fit(number, "number", address.taxId(), 35, pointer + "/taxId");
            number.put("issuerCountryCode", Lane.country(address));
        }
        if (Boolean.TRUE.equals(address.residential())) {
            out.put("typeCode", "private");
        }
        return out;
    }

    private static ObjectNode address(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        out.put(
                "postalCode",
                Objects.requireNonNullElse(address.postalCode(), "").strip());
        RequestJson.put(out, "cityName", Refusals.needed(address.city(), pointer + "/city"), LINE);
        out.put("countryCode", Lane.country(address));
        String state = Objects.requireNonNullElse(address.state(), "").strip();
        if (state.length() >= 2) {
            RequestJson.put(out, "provinceCode", state, 35);
        }
        line(out, "addressLine1", Refusals.needed(address.line1(), pointer + "/line1"), pointer + "/line1");
        line(out, "addressLine2", address.line2(), pointer + "/line2");
        line(out, "addressLine3", address.line3(), pointer + "/line3");
        return out;
    }

    private static void line(ObjectNode out, String field, @Nullable String text, String pointer) {
        if (text != null && text.strip().length() > LINE) {
            throw Refusals.takesNot(text.strip(), pointer, "at most " + LINE + " characters");
        }
        RequestJson.put(out, field, text, LINE);
    }

    /** DHL asks for a company, a person and a phone number at both ends. */
    private static ObjectNode contact(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        String person = blankToNull(address.name());
        String company = blankToNull(address.company());
        String either = Refusals.needed(person == null ? company : person, pointer + "/name");
        RequestJson.put(out, "phone", Refusals.needed(address.phone(), pointer + "/phone"), 70);
        RequestJson.put(out, "companyName", company == null ? either : company, 100);
        RequestJson.put(out, "fullName", either, 255);
        if (address.email() != null && address.email().strip().length() <= 70) {
            RequestJson.put(out, "email", address.email(), 70);
        }
        return out;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
