package io.waybill.carrier.usps;

import io.waybill.carrier.CodeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which field of an order an error speaks of. USPS names its own field, as {@code toAddress.ZIPCode} or {@code
 * customsForm.contents[1].itemWeight}; a request that does not fit its document is told with {@code [Path '/…']} in the words.
 * In {@code errors.csv} a {@code *} stands for the party and a {@code #} for the item.
 */
final class UspsPointers {
    private static final CodeTable FIELDS = CodeTable.read(UspsPointers.class, "errors.csv", "");
    private static final Pattern PATH = Pattern.compile("\\[Path '([^']+)'");

    private UspsPointers() {}

    static @Nullable String of(String parameter, String words) {
        String named = named(parameter);
        if (named != null) {
            return named;
        }
        Matcher path = PATH.matcher(words);
        return path.find() ? named(path.group(1)) : null;
    }

    /** The last name that is known, with what stands before it. */
    private static @Nullable String named(String parameter) {
        String party = "";
        String item = "";
        String pointer = null;
        for (String name : names(parameter)) {
            String word = FIELDS.codes().contains(name) ? FIELDS.word(name) : "";
            if (word.equals("/shipTo") || word.equals("/shipFrom")) {
                party = word;
                pointer = word;
            } else if (name.matches("\\d{1,3}")) {
                item = "/" + name;
                pointer = pointer != null && pointer.equals("/items") ? pointer + item : pointer;
            } else if (word.startsWith("*") && !party.isEmpty()) {
                pointer = party + word.substring(1);
            } else if (word.startsWith("/")) {
                pointer = item.isEmpty() && word.contains("#") ? "/items" : word.replace("#", item);
            }
        }
        return pointer;
    }

    private static List<String> names(String parameter) {
        List<String> names = new ArrayList<>();
        for (String name : parameter.split("[^A-Za-z0-9]+")) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
