package io.waybill.mapping;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a value may be shown in a problem: personal ones as first letter and length, the others short and on one line. */
public final class Masked {
    private static final int SHOWN = 80;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Set<String> PERSONAL = Set.of(
            "name",
            "company",
            "line1",
            "line2",
            "line3",
            "street",
            "phone",
            "email",
            "taxid",
            "signer",
            "recipient",
            "first",
            "last",
            "firstname",
            "lastname",
            "address",
            "address1",
            "address2",
            // SAP
            "name1",
            "name2",
            "name3",
            "name4",
            "stras",
            "strs2",
            "street1",
            "street2",
            "telf1",
            "telf2",
            "telephone1",
            "telephone2");

    private Masked() {}

    /** Whether a field or column of this name holds what identifies a person. */
    public static boolean personal(String name) {
        String key = name.toLowerCase(Locale.ROOT).replace("_", "");
        return PERSONAL.contains(key);
    }

    /** {@code J*******}. */
    static String text(String value) {
        return value.isEmpty()
                ? ""
                : brief(value.substring(0, value.offsetByCodePoints(0, 1)))
                        + "*".repeat(Math.min(SHOWN, value.length() - 1));
    }

    static String brief(String value) {
        String line = CONTROL.matcher(value).replaceAll(" ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
