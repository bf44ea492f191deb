package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Addresses;
import io.waybill.order.Order;
import io.waybill.order.ServiceWords;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule from the settings file: {@code rule.heavy.minWeight=30kg}, {@code .maxWeight=}, {@code .countries=CA,MX},
 * {@code .services=ground}, {@code .namespaces=acme}; {@code .account=} and {@code .use=}. Every condition given must hold.
 *
 * @param use the carrier's service, or over all accounts {@code cheapest}, {@code fastest} or {@code best}, each also
 *     {@code within N days}
 */
record SettingsRule(
        String name,
        @Nullable BigDecimal minGrams,
        @Nullable BigDecimal maxGrams,
        List<String> countries,
        List<String> services,
        List<String> namespaces,
        @Nullable String account,
        String use)
        implements Rule {

    static SettingsRule read(String name, Section section) {
        SettingsRule rule = new SettingsRule(
                name,
                grams(section, "minWeight"),
                grams(section, "maxWeight"),
                countries(section),
                services(section),
                section.list("namespaces"),
                section.optional("account").orElse(null),
                section.required("use"));
        section.close();
        if (rule.account == null && !Choosing.isComparison(rule.use)) {
            throw section.bad("use", rule.use, Preference.LEGAL + "; another one needs " + "account");
        }
        if (rule.use.length() > Rates.LONGEST_SERVICE) {
            throw section.bad("use", rule.use, "a service of at most " + Rates.LONGEST_SERVICE + " characters");
        }
        return rule;
    }

    @Override
    public Optional<Choice> choose(Order order, String namespace, Accounts accounts) {
        if (!holds(order, namespace)) {
            return Optional.empty();
        }
        if (account == null) {
            return Optional.of(new Choice.Compare(use, name));
        }
        return accounts.find(account)
                .filter(known -> known.serves(namespace))
                .map((Account known) -> Rule.fixed(known, use, name));
    }

    @Override
    public boolean takesFromOthers(Order order) {
        return services.contains(Rule.service(order));
    }

    /** Whether it can speak of any order of this namespace: another one's rules and accounts are named to nobody else. */
    boolean isFor(String namespace, Accounts accounts) {
        return isOf(namespace)
                && (account == null
                        || accounts.find(account)
                                .filter(known -> known.serves(namespace))
                                .isPresent());
    }

    private boolean isOf(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    private boolean holds(Order order, String namespace) {
        return (minGrams == null || order.grams().compareTo(minGrams) >= 0)
                && (maxGrams == null || order.grams().compareTo(maxGrams) <= 0)
                && (countries.isEmpty() || countries.contains(order.shipTo().country()))
                && (services.isEmpty() || services.contains(Rule.service(order)))
                && isOf(namespace);
    }

    /** A country no order may name would leave the rule out for ever, without a word. */
    private static List<String> countries(Section section) {
        return section.list("countries").stream()
                .map(said -> {
                    String country = said.toUpperCase(Locale.ROOT);
                    if (!Addresses.knows(country)) {
                        throw section.bad("countries", said, "ISO 3166-1 alpha-2, such as US, DE, CN");
                    }
                    return country;
                })
                .toList();
    }

    private static List<String> services(Section section) {
        List<String> services = section.list("services");
        services.stream().filter(said -> !ServiceWords.has(said)).forEach(said -> {
            throw section.bad("services", said, ServiceWords.LEGAL);
        });
        return services;
    }

    private static @Nullable BigDecimal grams(Section section, String key) {
        Optional<String> text = section.optional(key);
        if (text.isEmpty()) {
            return null;
        }
        String digits = text.get().replaceAll("[A-Za-z ]+$", "");
        Optional<MassUnit> unit = MassUnit.read(text.get().substring(digits.length()));
        if (unit.isEmpty() || !digits.matches("\\d+(\\.\\d+)?")) {
            throw section.bad(key, text.get(), "a weight such as 30kg or 500g");
        }
        return Weight.of(digits, unit.get()).grams();
    }
}
