package io.waybill.carrier;

import io.waybill.order.Address;
import io.waybill.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For carriers that print Latin letters only: says so at the field before the carrier refuses, or prints question marks. */
public final class Latin {
    private static final int SHOWN = 12;

    private Latin() {}

    /**
     * Both addresses.
     *
     * @throws RefusedException {@code not-latin} at the first field with another script
     */
    public static void require(Shipment shipment) {
        require(shipment.order().shipTo(), "/shipTo");
        require(shipment.shipFrom(), "/shipFrom");
    }

    private static void require(Address address, String pointer) {
        Map<String, @Nullable String> fields = new LinkedHashMap<>();
        fields.put("name", address.name());
        fields.put("company", address.company());
        fields.put("line1", address.line1());
        fields.put("line2", address.line2());
        fields.put("line3", address.line3());
        fields.put("city", address.city());
        fields.put("state", address.state());
        fields.forEach((field, text) -> require(text, pointer + "/" + field));
    }

    /**
     * One text.
     *
     * @throws RefusedException {@code not-latin}
     */
    public static void require(@Nullable String text, String pointer) {
        if (text == null) {
            return;
        }
        String other = text.codePoints()
                .filter(Latin::isOther)
                .limit(SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (!other.isEmpty()) {
            throw new RefusedException(
                    Problem.of(CarrierCode.NOT_LATIN, "letters", other).at(pointer));
        }
    }

    /** Letters of another script; accents, digits and punctuation are none. */
    private static boolean isOther(int codePoint) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return Character.isLetter(codePoint)
                && script != Character.UnicodeScript.LATIN
                && script != Character.UnicodeScript.COMMON
                && script != Character.UnicodeScript.INHERITED;
    }
}
