package io.waybill.carrier.dhl_parcel_de;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.measure.Country;
import io.waybill.order.Address;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shipper, consignee and return address. Nothing of an address is cut: what does not fit is told at its field. A Packstation or a
 * Postfiliale is known by its words in the first line, also with the post number beside it, or in the second below one; the recipient's post number by its digits.
 */
final class PaketParties {
    private static final int NAME = 50;
    private static final int STREET = 50;
    private static final int MORE = 60;
    private static final Pattern LOCKER = Pattern.compile("(?i)(?:dhl[\\s-]*)?packstation(?:\\s*nr\\.?)?\\s*(\\d{3})");
    private static final Pattern SHOP =
            Pattern.compile("(?i)(?:dhl[\\s-]*)?(?:(?:post-?)?filiale|paketshop)(?:\\s*nr\\.?)?\\s*(\\d{3})");
    private static final Pattern ONLY_POST_NUMBER =
            Pattern.compile("(?i)(?:(?:dhl[\\s-]*)?post-?(?:nummer|nr\\.?):?\\s*)?\\d{6,10}");
    /** At either end of a line, with what stands between. */
    private static final Pattern WITH_POST_NUMBER =
            Pattern.compile("(?i)^(?:(?:dhl[\\s-]*)?post-?(?:nummer|nr\\.?):?\\s*)?\\d{6,10}[\\s,;/-]+"
                    + "|[\\s,;/(-]+(?:(?:dhl[\\s-]*)?post-?(?:nummer|nr\\.?):?\\s*)?\\d{6,10}\\)?$");

    private static final Pattern POST_NUMBER = Pattern.compile("(?<!\\d)(\\d{6,10})(?!\\d)");

    private PaketParties() {}

    static ObjectNode shipper(Address address) {
        ObjectNode out = names(address, "/shipFrom", lines(address));
        street(out, address, "/shipFrom");
        email(out, address);
        return out;
    }

    static ObjectNode consignee(Address address, Lane lane) {
        String first = dropPoint(address);
        Matcher locker = LOCKER.matcher(first);
        Matcher shop = SHOP.matcher(first);
        if (lane.to().equals("DE") && locker.matches()) {
            return locker(address, Integer.parseInt(locker.group(1)));
        }
        if (lane.to().equals("DE") && shop.matches()) {
            return shop(address, Integer.parseInt(shop.group(1)));
        }
        return address(address, "/shipTo", lane.to().equals("DE"));
    }

    /** The line that would name one, without the post number beside it. */
    private static String dropPoint(Address address) {
        String first = Objects.requireNonNullElse(address.line1(), "").strip();
        String line = ONLY_POST_NUMBER.matcher(first).matches()
                ? Objects.requireNonNullElse(address.line2(), "").strip()
                : first;
        return WITH_POST_NUMBER.matcher(line).replaceFirst("");
    }

    /** A phone number goes abroad only: within Germany DHL does not take it. */
    static ObjectNode address(Address address, String pointer, boolean inGermany) {
        List<String> more = lines(address);
        ObjectNode out = names(address, pointer, inGermany ? more : List.of());
        street(out, address, pointer);
        if (!inGermany) {
            RequestJson.fit(out, "additionalAddressInformation1", first(more), MORE, pointer + "/line2");
            RequestJson.fit(
                    out,
                    "additionalAddressInformation2",
                    more.size() > 1 ? more.get(1) : null,
                    MORE,
                    pointer + "/line3");
            RequestJson.fit(out, "state", state(address), 20, pointer + "/state");
            RequestJson.fit(out, "phone", address.phone(), 20, pointer + "/phone");
        }
        email(out, address);
        return out;
    }

    private static ObjectNode locker(Address address, int id) {
        ObjectNode out = RequestJson.object().put("lockerID", id);
        RequestJson.fit(out, "name", person(address), NAME, "/shipTo/name");
        out.put("postNumber", Refusals.needed(postNumber(address).orElse(null), "/shipTo/line2"));
        return place(out, address);
    }

    /** Known to the shop by the post number, or told by e-mail. */
    private static ObjectNode shop(Address address, int id) {
        ObjectNode out = RequestJson.object().put("retailID", id);
        RequestJson.fit(out, "name", person(address), NAME, "/shipTo/name");
        Optional<String> number = postNumber(address);
        number.ifPresent(digits -> out.put("postNumber", digits));
        email(out, address);
        if (number.isEmpty() && !out.has("email")) {
            throw Refusals.needs("/shipTo/email");
        }
        return place(out, address);
    }

    private static ObjectNode place(ObjectNode out, Address address) {
        RequestJson.fit(out, "city", Refusals.needed(address.city(), "/shipTo/city"), 40, "/shipTo/city");
        String code = Refusals.needed(address.postalCode(), "/shipTo/postalCode");
        RequestJson.fit(out, "postalCode", code, 10, "/shipTo/postalCode");
        return out.put("country", "DEU");
    }

    private static Optional<String> postNumber(Address address) {
        return Stream.of(address.line1(), address.line2(), address.line3(), address.company(), address.name())
                .filter(Objects::nonNull)
                .map(POST_NUMBER::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** Company, person and, of what is in Germany, the further lines: three in all. */
    private static ObjectNode names(Address address, String pointer, List<String> more) {
        ObjectNode out = RequestJson.object();
        String company = blankToNull(address.company());
        List<String> names = Stream.concat(Stream.of(company, blankToNull(address.name())), more.stream())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (company == null && blankToNull(address.name()) == null) {
            throw Refusals.needs(pointer + "/name");
        }
        List<String> pointers =
                List.of(company == null ? "/name" : "/company", company == null ? "/line2" : "/name", "/line3");
        for (int i = 0; i < Math.min(3, names.size()); i++) {
            String text = i == 2 ? String.join(", ", names.subList(2, names.size())) : names.get(i);
            RequestJson.fit(out, "name" + (i + 1), text, NAME, pointer + pointers.get(i));
        }
        return out;
    }

    private static String person(Address address) {
        String name = blankToNull(address.name());
        return Refusals.needed(name == null ? address.company() : name, "/shipTo/name");
    }

    private static void street(ObjectNode out, Address address, String pointer) {
        RequestJson.fit(
                out, "addressStreet", Refusals.needed(address.line1(), pointer + "/line1"), STREET, pointer + "/line1");
        String code = Objects.requireNonNullElse(address.postalCode(), "").strip();
        if (!code.isEmpty()) {
            RequestJson.fit(out, "postalCode", code, 10, pointer + "/postalCode");
        } else if (address.country().equals("DE")) {
            throw Refusals.needs(pointer + "/postalCode");
        }
        RequestJson.fit(out, "city", Refusals.needed(address.city(), pointer + "/city"), 40, pointer + "/city");
        out.put("country", alpha3(address.country(), pointer + "/country"));
    }

    /** Posts know a country that has no such code; of the codes in use for it DHL lists none. */
    static String alpha3(String country, String pointer) {
        if (country.equals("XK")) {
            throw Refusals.takesNot(country, pointer, "a country with a code of ISO 3166-1 alpha-3");
        }
        return new Country(country).alpha3();
    }

    /** {@code US-AL} in the US, as it is elsewhere. */
    private static @Nullable String state(Address address) {
        String state = blankToNull(address.state());
        return state != null && address.country().equals("US") && state.length() == 2 ? "US-" + state : state;
    }

    private static void email(ObjectNode out, Address address) {
        String email = blankToNull(address.email());
        if (email != null && email.length() >= 3 && email.length() <= 80) {
            out.put("email", email);
        }
    }

    private static List<String> lines(Address address) {
        return Stream.of(address.line2(), address.line3())
                .map(PaketParties::blankToNull)
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String first(List<String> lines) {
        return lines.isEmpty() ? null : lines.get(0);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
