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

    private Phone() {}

    /** Without an extension; empty when there are none. */
    public static String digits(@Nullable String phone) {
        return phone == null ? "" : EXTENSION.matcher(phone).replaceFirst("").replaceAll("\\D", "");
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
