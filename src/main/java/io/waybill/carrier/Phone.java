package io.waybill.carrier;

import io.waybill.order.Address;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A phone number for carriers that take nothing but its digits. */
public final class Phone {
    private static final Set<String> NORTH_AMERICA = Set.of("US", "CA", "PR", "VI");

    /** {@code ext. 12345}, {@code x12}, {@code #12} at its end: dialled once somebody answers, and no part of the number. */
    private static final Pattern EXTENSION =
            Pattern.compile("(?i)(?<=[\\d)])[\\s,;.]*(?:extension|ext|x|#)[\\s.:#]*\\d{1,10}\\s*$");

    /** {@code (0)} behind a country's code: dialled within the country only; in Italy and San Marino from abroad too. */
    private static final Pattern TRUNK =
            Pattern.compile("^(\\s*(?:\\+|00)\\s*(?!39|378)\\d{1,3}[\\s.-]*)\\(\\s*0\\s*\\)");

    private Phone() {}

    /** Without an extension, and without the zero that is not dialled behind a country's code; empty when there are none. */
    public static String digits(@Nullable String phone) {
        if (phone == null) {
            return "";
        }
        String number = EXTENSION.matcher(phone).replaceFirst("");
        return TRUNK.matcher(number).replaceFirst("$1").replaceAll("\\D", "");
    }

    /** In North America ten digits, without the country's 1; null when there are none. */
    public static @Nullable String digits(Address address) {
        String digits = digits(address.phone());
        if (digits.length() == 11 && digits.startsWith("1") && NORTH_AMERICA.contains(address.country())) {
            digits = digits.substring(1);
        }
        return digits.isEmpty() ? null : digits;
    }
}
