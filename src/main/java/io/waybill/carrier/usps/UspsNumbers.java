package io.waybill.carrier.usps;

import java.util.regex.Pattern;

/** Tracking numbers as USPS tells them: printed in groups of four, and behind {@code 420} and a ZIP code as the barcode has them. */
final class UspsNumbers {
    /** Nine or five digits of a ZIP code, before a number of 22 to 26. */
    private static final Pattern ROUTING = Pattern.compile("^420(\\d{9}|\\d{5})(?=9[1-5]\\d{20,24}$)");

    private UspsNumbers() {}

    /** Without blanks. */
    static String plain(String told) {
        return told.replaceAll("\\s", "");
    }

    /** Whether both are of one parcel. */
    static boolean isSame(String told, String asked) {
        return own(told).equalsIgnoreCase(own(asked));
    }

    /** The parcel's own, without blanks and the ZIP code it is routed by. */
    static String own(String number) {
        return ROUTING.matcher(plain(number)).replaceFirst("");
    }
}
