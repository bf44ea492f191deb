package io.waybill.billing;

import java.util.Locale;

/** Numbers as people group them: {@code 9400 1000}, {@code 1234-5678-9}, {@code 1z0a}. */
final class Numbers {
    private Numbers() {}

    /** Without blanks and hyphens, in capitals. */
    static String plain(String number) {
        return number.replaceAll("[\\s\\u00A0\\u2007\\u202F-]", "").toUpperCase(Locale.ROOT);
    }

    /** The same of an account's, without the zeros it may begin with. */
    static String account(String number) {
        return plain(number).replaceFirst("^0+(?=.)", "");
    }
}
