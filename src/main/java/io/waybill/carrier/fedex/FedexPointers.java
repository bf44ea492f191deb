package io.waybill.carrier.fedex;

import io.waybill.carrier.CodeTable;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which field of an order an error speaks of. FedEx's codes and parameters are made of the names of its own fields, such as
 * {@code RECIPIENTCONTACT.PHONENUMBER.INVALID}; {@code errors.csv} tells ours for them.
 */
final class FedexPointers {
    private static final CodeTable FIELDS = CodeTable.read(FedexPointers.class, "errors.csv", "");
    private static final Pattern ELEMENT = Pattern.compile("(PACKAGELINEITEMS|COMMODITIES)\\[(\\d{1,3})]");

    private FedexPointers() {}

    /** By the code, else by what its parameters name; null when nothing is known. */
    static @Nullable String of(FedexErrors.Fault error) {
        return Stream.concat(Stream.of(error.code()), error.parameters().stream())
                .map(name -> name.toUpperCase(Locale.ROOT).replace("_", ""))
                .map(FedexPointers::named)
                .filter(pointer -> !pointer.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String named(String name) {
        Matcher element = ELEMENT.matcher(name);
        if (element.find()) {
            return (element.group(1).equals("COMMODITIES") ? "/items/" : "/parcels/") + element.group(2);
        }
        String billing = first(name, "/billing");
        String party = first(name, "/ship");
        if (!billing.isEmpty() || party.isEmpty()) {
            return billing.isEmpty() ? first(name, "/") : billing;
        }
        return party + first(name, ".").replace('.', '/');
    }

    /** The longest of FedEx's names within this one whose word begins so. */
    private static String first(String name, String begin) {
        return FIELDS.codes().stream()
                .filter(name::contains)
                .filter(field -> FIELDS.word(field).startsWith(begin))
                .max(Comparator.comparingInt(String::length))
                .map(FIELDS::word)
                .orElse("");
    }
}
