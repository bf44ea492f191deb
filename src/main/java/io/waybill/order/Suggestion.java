package io.waybill.order;

import io.waybill.text.Shortened;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The legal word a wrong one was probably meant to be. */
final class Suggestion {
    private static final Map<String, String> OFTEN_WRITTEN = Map.ofEntries(
            Map.entry("zip", "postalCode"),
            Map.entry("zipcode", "postalCode"),
            Map.entry("postcode", "postalCode"),
            Map.entry("province", "state"),
            Map.entry("region", "state"),
            Map.entry("street", "line1"),
            Map.entry("address", "line1"),
            Map.entry("address1", "line1"),
            Map.entry("address2", "line2"),
            Map.entry("address3", "line3"),
            Map.entry("countrycode", "country"),
            Map.entry("ordernumber", "orderId"),
            Map.entry("packages", "parcels"),
            Map.entry("lineitems", "items"),
            Map.entry("to", "shipTo"),
            Map.entry("shippingaddress", "shipTo"),
            Map.entry("from", "shipFrom"),
            Map.entry("sender", "shipFrom"),
            Map.entry("qty", "quantity"),
            Map.entry("price", "unitPrice"));

    private Suggestion() {}

    /** The nearest legal word, when one is near: {@code postal_code} → postalCode, {@code shipto} → shipTo. */
    static Optional<String> of(String word, Collection<String> legal) {
        String plain = plain(word);
        String known = OFTEN_WRITTEN.get(plain);
        if (known != null && legal.contains(known)) {
            return Optional.of(known);
        }
        int far = Math.max(1, plain.length() / 3);
        return legal.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= far)
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
    }

    private static String plain(String word) {
        return Shortened.to(40, word).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
