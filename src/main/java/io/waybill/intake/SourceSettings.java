package io.waybill.intake;

import io.waybill.order.Address;
import io.waybill.order.Order.LabelSpec;
import io.waybill.settings.Section;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a source fills in for its orders, from {@code source.<name>.*} and, where it says nothing, {@code defaults.*}.
 *
 * @param mapping the mapping its documents take, or null when they are canonical already
 * @param onChange {@code replace | conflict}: what happens when an order that is not bought yet comes with other content
 */
public record SourceSettings(
        String name,
        String namespace,
        @Nullable String mapping,
        @Nullable String service,
        @Nullable String release,
        LabelSpec label,
        @Nullable Address shipFrom,
        String onChange,
        Locale language) {

    static SourceSettings read(String name, Section source, Section defaults) {
        return new SourceSettings(
                name,
                either(source, defaults, "namespace", "default"),
                source.optional("mapping").orElse(null),
                orNull(source, defaults, "service"),
                orNull(source, defaults, "release"),
                new LabelSpec(
                        either(source, defaults, "label.format", "PDF"),
                        either(source, defaults, "label.size", "4x6"),
                        Integer.valueOf(either(source, defaults, "label.dpi", "203"))),
                sender(source, defaults),
                either(source, defaults, "onChange", "replace"),
                Locale.forLanguageTag(either(source, defaults, "language", "en")));
    }

    private static @Nullable Address sender(Section source, Section defaults) {
        Section from = source.optional("shipFrom.line1").isPresent() ? source : defaults;
        if (from.optional("shipFrom.line1").isEmpty()) {
            return null;
        }
        return new Address(
                part(from, "name"),
                part(from, "company"),
                from.required("shipFrom.line1"),
                part(from, "line2"),
                part(from, "line3"),
                part(from, "city"),
                part(from, "state"),
                part(from, "postalCode"),
                from.required("shipFrom.country"),
                part(from, "phone"),
                part(from, "email"),
                null,
                part(from, "taxId"));
    }

    private static @Nullable String part(Section from, String name) {
        return from.optional("shipFrom." + name).orElse(null);
    }

    private static String either(Section source, Section defaults, String key, String fallback) {
        return source.optional(key).or(() -> defaults.optional(key)).orElse(fallback);
    }

    private static @Nullable String orNull(Section source, Section defaults, String key) {
        return source.optional(key).or(() -> defaults.optional(key)).orElse(null);
    }
}
