package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.StreetLines;
import io.waybill.order.Address;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shipper and receiver. Nothing is cut: a street goes on in the next line, and what is too long for DHL is told at its field. */
final class ExpressParties {
    private static final int LINE = 45;
    private static final StreetLines STREET = new StreetLines(LINE, 3);

    private ExpressParties() {}

    static ObjectNode details(Shipment shipment) {
        ObjectNode out = RequestJson.object();
        ObjectNode shipper = party(shipment.shipFrom(), "/shipFrom");
        registered(shipper, shipment);
        out.set("shipperDetails", shipper);
        out.set("receiverDetails", party(shipment.order().shipTo(), "/shipTo"));
        return out;
    }

    /** Into the EU also by the number of its One-Stop Shop ({@code SDT}), beyond customs by the EORI number. */
    private static void registered(ObjectNode shipper, Shipment shipment) {
        Lane lane = Lane.of(shipment);
        CustomsNumbers numbers = CustomsNumbers.of(shipment);
        String country = Lane.country(shipment.shipFrom());
        if (lane.isIntoEu() && !lane.isReturn()) {
            register(shipper, "SDT", numbers.ioss(), country, "/metadata/ioss");
        }
        if (!lane.isFreeOfCustoms()) {
            register(shipper, "EOR", numbers.eori(), country, "/metadata/eori");
        }
    }

    private static void register(ObjectNode party, String type, String number, String country, String pointer) {
        if (!number.isEmpty()) {
            ObjectNode out = party.withArray("/registrationNumbers").addObject().put("typeCode", type);
            RequestJson.fit(out, "number", number, 35, pointer);
            out.put("issuerCountryCode", CustomsNumbers.issuer(number, country));
        }
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
        if (address.taxId() != null && !address.taxId().isBlank() && !CustomsNumbers.isIoss(address)) {
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
        out.put("postalCode", "");
        RequestJson.fit(out, "postalCode", address.postalCode(), 12, pointer + "/postalCode");
        RequestJson.fit(out, "cityName", Refusals.needed(address.city(), pointer + "/city"), LINE, pointer + "/city");
        out.put("countryCode", Lane.country(address));
        String state = Objects.requireNonNullElse(address.state(), "").strip();
        if (state.length() >= 2) {
            RequestJson.fit(out, "provinceCode", state, 35, pointer + "/state");
        }
        Refusals.needed(address.line1(), pointer + "/line1");
        List<String> lines = STREET.of(address, pointer);
        for (int i = 0; i < lines.size(); i++) {
            out.put("addressLine" + (i + 1), lines.get(i));
        }
        return out;
    }

    /** DHL asks for a company, a person and a phone number at both ends. */
    private static ObjectNode contact(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        String person = blankToNull(address.name());
        String company = blankToNull(address.company());
        String either = Refusals.needed(person == null ? company : person, pointer + "/name");
        RequestJson.fit(out, "phone", Refusals.needed(address.phone(), pointer + "/phone"), 70, pointer + "/phone");
        String firm = company == null ? either : company;
        RequestJson.fit(out, "companyName", firm, 100, pointer + (company == null ? "/name" : "/company"));
        RequestJson.fit(out, "fullName", either, 255, pointer + (person == null ? "/company" : "/name"));
        RequestJson.optional(out, "email", address.email(), 70);
        return out;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
