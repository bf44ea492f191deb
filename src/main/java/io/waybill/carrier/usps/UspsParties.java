package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Phone;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.StreetLines;
import io.waybill.order.Address;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses with USPS's odd names. */
final class UspsParties {
    private static final int LINE = 50;
    static final StreetLines STREET = new StreetLines(LINE, 2);
    private static final int CITY = 28;
    private static final Pattern ZIP = Pattern.compile("(\\d{5})(?:[\\s-]?(\\d{4}))?");
    private static final Pattern EMAIL =
            Pattern.compile("[a-zA-Z0-9_+&*-]+(?:\\.[a-zA-Z0-9_+&*-]+)*@(?:[a-zA-Z0-9-]+\\.)+[a-zA-Z]{2,}");

    private UspsParties() {}

    /** {@code DomesticLabelAddress}. */
    static ObjectNode domestic(Address address, String pointer, boolean checked) {
        ObjectNode out = who(address, pointer);
        Matcher zip = zip(address, pointer);
        lines(out, address, pointer);
        RequestJson.fit(out, "city", Refusals.needed(address.city(), pointer + "/city"), CITY, pointer + "/city");
        out.put("state", Refusals.needed(UspsLane.state(address), pointer + "/state"));
        out.put("ZIPCode", zip.group(1));
        RequestJson.put(out, "ZIPPlus4", zip.group(2));
        reach(out, address, true);
        if (!checked) {
            out.put("ignoreBadAddress", true);
        }
        return out;
    }

    /** {@code InternationalLabelAddress}. */
    static ObjectNode abroad(Address address, String pointer) {
        ObjectNode out = who(address, pointer);
        lines(out, address, pointer);
        RequestJson.fit(out, "city", Refusals.needed(address.city(), pointer + "/city"), CITY, pointer + "/city");
        RequestJson.fit(out, "province", address.state(), 40, pointer + "/state");
        RequestJson.fit(out, "postalCode", postalCode(address), 11, pointer + "/postalCode");
        out.put("country", new Locale("", address.country()).getDisplayCountry(Locale.ENGLISH));
        out.put("countryISOAlpha2Code", address.country());
        reach(out, address, false);
        return out;
    }

    /** For a quote, which asks for none of it: what the label would be refused for is told before it is chosen for its price. */
    static void require(Address address, String pointer) {
        STREET.require(address, pointer);
        RequestJson.fit(RequestJson.object(), "city", address.city(), CITY, pointer + "/city");
        if (address.name() != null || address.company() != null) {
            who(address, pointer);
        }
    }

    /** Five digits. */
    static String zipCode(Address address, String pointer) {
        return zip(address, pointer).group(1);
    }

    /** A first and a last name, or a firm: a name of one word is taken for a firm's. */
    private static ObjectNode who(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        String person = Objects.requireNonNullElse(address.name(), "").strip();
        String company = Objects.requireNonNullElse(address.company(), "").strip();
        String personAt = pointer + "/name";
        String firm = company;
        int blank = person.lastIndexOf(' ');
        if (blank > 0) {
            RequestJson.fit(out, "firstName", person.substring(0, blank), LINE, personAt);
            RequestJson.fit(out, "lastName", person.substring(blank + 1), LINE, personAt);
        } else if (company.isEmpty()) {
            firm = Refusals.needed(person, personAt);
        } else if (!person.isEmpty() && !person.equalsIgnoreCase(company)) {
            RequestJson.fit(out, "firstName", person, LINE, personAt);
        }
        RequestJson.fit(out, "firm", firm, LINE, company.isEmpty() ? personAt : pointer + "/company");
        return out;
    }

    private static void lines(ObjectNode out, Address address, String pointer) {
        Iterator<String> lines = STREET.of(address, pointer).iterator();
        for (String field : List.of("streetAddress", "secondaryAddress")) {
            if (lines.hasNext()) {
                out.put(field, lines.next());
            }
        }
    }

    /** Of another country, in capitals; null when there is none. */
    static @Nullable String postalCode(Address address) {
        return address.postalCode() == null ? null : address.postalCode().toUpperCase(Locale.ROOT);
    }

    private static Matcher zip(Address address, String pointer) {
        String code = Refusals.needed(address.postalCode(), pointer + "/postalCode");
        Matcher zip = ZIP.matcher(code);
        if (!zip.matches()) {
            throw Refusals.takesNot(code, pointer + "/postalCode", "5 or 9 digits");
        }
        return zip;
    }

    /** What does not look like a number or an address of theirs helps nobody and would refuse the label. */
    private static void reach(ObjectNode out, Address address, boolean domestic) {
        String digits = digits(address.phone(), domestic);
        if (digits.matches("[0-9]{6,15}")) {
            out.put("phone", digits);
        }
        String email = Objects.requireNonNullElse(address.email(), "").strip();
        if (email.length() <= LINE && EMAIL.matcher(email).matches()) {
            out.put("email", email);
        }
    }

    /** At home without the country's 1. */
    private static String digits(@Nullable String phone, boolean domestic) {
        String digits = Phone.digits(phone);
        return domestic && digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
    }
}
