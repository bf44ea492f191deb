package io.waybill.portal;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the pages in one language, from {@code portal_en.properties} or {@code portal_zh.properties}. */
final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);
    private static final Texts CHINESE = new Texts(Locale.CHINESE);

    private final ResourceBundle bundle;

    private Texts(Locale language) {
        this.bundle = ResourceBundle.getBundle(
                "portal",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Texts in(Locale language) {
        return language.getLanguage().equals(Locale.CHINESE.getLanguage()) ? CHINESE : ENGLISH;
    }

    boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** @param values name, value, name, value: {@code {name}} in the text is the value after it */
    String text(String key, Object... values) {
        return PLACEHOLDER.matcher(bundle.getString(key)).replaceAll(found -> {
            for (int i = 0; i + 1 < values.length; i += 2) {
                if (values[i].equals(found.group(1))) {
                    return Matcher.quoteReplacement(String.valueOf(values[i + 1]));
                }
            }
            return Matcher.quoteReplacement(found.group());
        });
    }

    /** The word for one of the hub's own words, {@code status} {@code in_transit}; the hub's where there is none. */
    String word(String family, String word) {
        String key = family + "." + word.replace(' ', '-');
        return has(key) ? text(key) : word;
    }
}
