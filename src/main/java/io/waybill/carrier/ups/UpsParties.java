package io.waybill.carrier.ups;

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

/** Shipper, ShipTo, ShipFrom and SoldTo. Of a return, who ordered it is the shipper, though the parcel comes to them. */
final class UpsParties {
    private static final int NAME = 35;
    private static final String BUSINESS = "01";
    private static final String CONSUMER = "02";
    private static final String IOSS = "0356";
    private static final StreetLines STREET = new StreetLines(35, 3);

    private UpsParties() {}

    static void put(ObjectNode out, Shipment shipment, UpsLane lane, String number) {
        Address to = shipment.order().shipTo();
        boolean abroad = !lane.isDomestic();
        Address shipper = lane.isReturn() ? to : shipment.shipFrom();
        String shipperAt = lane.isReturn() ? "/shipTo" : "/shipFrom";
        ObjectNode owner = party(shipper, shipperAt, abroad);
        owner.put("ShipperNumber", number);
        out.set("Shipper", owner);
        ObjectNode consignee = party(to, "/shipTo", abroad);
        if (Boolean.TRUE.equals(to.residential())) {
            UpsJson.mark((ObjectNode) consignee.path("Address"), "ResidentialAddressIndicator");
        }
        out.set("ShipTo", consignee);
        ObjectNode from = party(shipment.shipFrom(), "/shipFrom", abroad);
        from.remove("EMailAddress"); // UPS has none there
        vendor(from, shipment, lane, isBusiness(to) ? BUSINESS : CONSUMER);
        out.set("ShipFrom", from);
        if (lane.isIntoEu()) {
            out.put("ShipperType", BUSINESS);
            out.put("ConsigneeType", lane.isReturn() || isBusiness(to) ? BUSINESS : CONSUMER);
        }
    }

    /** Who was paid the VAT: it goes into the EU, and back from there nobody asks. */
    private static void vendor(ObjectNode from, Shipment shipment, UpsLane lane, String consignee) {
        String ioss = CustomsNumbers.of(shipment).ioss();
        if (lane.isIntoEu() && !lane.isReturn() && !ioss.isEmpty()) {
            ObjectNode vendor = from.putObject("VendorInfo").put("VendorCollectIDTypeCode", IOSS);
            RequestJson.fit(vendor, "VendorCollectIDNumber", ioss, 35, "/metadata/ioss");
            vendor.put("ConsigneeType", consignee);
        }
    }

    private static boolean isBusiness(Address address) {
        return blankToNull(address.company()) != null && !Boolean.TRUE.equals(address.residential());
    }

    /** UPS asks for a name and a phone number at both ends of what goes abroad. */
    static ObjectNode party(Address address, String pointer, boolean abroad) {
        ObjectNode out = RequestJson.object();
        String person = blankToNull(address.name());
        String company = blankToNull(address.company());
        Refusals.needed(company == null ? person : company, pointer + "/name");
        name(out, address, pointer);
        String attention = person == null ? company : person;
        RequestJson.fit(out, "AttentionName", attention, NAME, pointer + (person == null ? "/company" : "/name"));
        if (!CustomsNumbers.isIoss(address)) {
            RequestJson.fit(out, "TaxIdentificationNumber", address.taxId(), 15, pointer + "/taxId");
        }
        String phone = Phone.digits(address);
        if (abroad) {
            Refusals.needed(phone, pointer + "/phone");
        }
        if (phone != null) {
            RequestJson.fit(out.putObject("Phone"), "Number", phone, 15, pointer + "/phone");
        }
        RequestJson.optional(out, "EMailAddress", address.email(), 50);
        out.set("Address", address(address, pointer));
        return out;
    }

    static void name(ObjectNode out, Address address, String pointer) {
        String company = blankToNull(address.company());
        RequestJson.fit(
                out,
                "Name",
                company == null ? address.name() : company,
                NAME,
                pointer + (company == null ? "/name" : "/company"));
    }

    static ObjectNode address(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        ArrayNode lines = out.putArray("AddressLine");
        STREET.of(address, pointer).forEach(lines::add);
        RequestJson.fit(out, "City", Refusals.needed(address.city(), pointer + "/city"), 30, pointer + "/city");
        RequestJson.put(out, "StateProvinceCode", state(address));
        RequestJson.fit(out, "PostalCode", postalCode(address), 9, pointer + "/postalCode");
        out.put("CountryCode", Lane.country(address));
        return out;
    }

    /** A code: what is longer is the name of a province, of which UPS takes none. */
    private static @Nullable String state(Address address) {
        String state = Objects.requireNonNullElse(address.state(), "").strip();
        return state.length() > 5 ? null : state;
    }

    /** In capitals, without blanks and dashes: nine characters are taken at most. */
    private static @Nullable String postalCode(Address address) {
        return address.postalCode() == null
                ? null
                : address.postalCode().replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
