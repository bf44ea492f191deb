package io.waybill.demo;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo's sentences in one language, from {@code demo/demo_en.properties} or {@code demo/demo_zh.properties}. */
final class Words {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

    private final Locale language;
    private final ResourceBundle bundle;

    private Words(Locale language) {
        this.language = language;
        this.bundle = ResourceBundle.getBundle(
                "demo/demo",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Chinese, or English for everybody else. */
    static Words in(Locale language) {
        boolean chinese = language.getLanguage().equals(Locale.CHINESE.getLanguage());
        return new Words(chinese ? Locale.CHINESE : Locale.ENGLISH);
    }

    Locale language() {
        return language;
    }

    /** The sentence under a key; names and values fill its placeholders. */
    String say(String key, Object... namesAndValues) {
        return PLACEHOLDER
                .matcher(bundle.getString(key))
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), namesAndValues)));
    }

    private static String value(String name, Object... namesAndValues) {
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return String.valueOf(namesAndValues[i + 1]);
            }
        }
        throw new IllegalArgumentException("no value for {" + name + "}");
    }
}
