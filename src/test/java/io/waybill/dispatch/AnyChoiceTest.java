package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Any legal rules, service map and accounts, from seeds: who buys is what one comes to by going through them by hand. More of them
 * with {@code -Dchoices.seeds=100000}, one alone with {@code -Dchoices.from=17 -Dchoices.seeds=1}.
 */
class AnyChoiceTest {
    private static final List<String> NAMESPACES = List.of("acme", "globex");
    private static final List<String> WORDS = List.of("ground", "express", "economy", "cheapest", "fastest");
    static final List<String> PREFERENCES = List.of(
            "cheapest", "fastest", "best", "cheapest within 3 days", "best within 2 days", "fastest within 1 day");
    private static final FakeCarrier CARRIER = new FakeCarrier(IdempotencyClass.A, "5");

    private final long from = Long.getLong("choices.from", 1);
    private final int seeds = Integer.getInteger("choices.seeds", 600);

    /** @param namespaces empty: all */
    private record Shop(String name, String carrier, Set<String> namespaces) {
        boolean serves(String namespace) {
            return namespaces.isEmpty() || namespaces.contains(namespace);
        }
    }

    /** Null and empty: said nothing. */
    private record Said(
            String name,
            @Nullable String minKg,
            @Nullable String maxKg,
            List<String> countries,
            List<String> services,
            List<String> namespaces,
            @Nullable String account,
            String use) {
        String settings() {
            Map<String, String> lines = new LinkedHashMap<>();
            lines.put("minWeight", minKg == null ? "" : minKg + "kg");
            lines.put("maxWeight", maxKg == null ? "" : maxKg + " kg");
            lines.put("countries", String.join(",", countries));
            lines.put("services", String.join(",", services));
            lines.put("namespaces", String.join(",", namespaces));
            lines.put("account", account == null ? "" : account);
            lines.put("use", use);
            StringBuilder text = new StringBuilder();
            lines.forEach((key, value) ->
                    text.append(value.isEmpty() ? "" : "rule." + name + "." + key + "=" + value + "\n"));
            return text.toString();
        }

        boolean holds(Order order, BigDecimal kg, String service, String namespace) {
            return (minKg == null || kg.compareTo(new BigDecimal(minKg)) >= 0)
                    && (maxKg == null || kg.compareTo(new BigDecimal(maxKg)) <= 0)
                    && (countries.isEmpty() || countries.contains(order.shipTo().country()))
                    && (services.isEmpty() || services.contains(service))
                    && (namespaces.isEmpty() || namespaces.contains(namespace));
        }
    }

    @Test
    void whoever_buys_is_who_the_order_names_then_the_first_rule_then_the_map_then_the_best_price() {
        List<String> broken = new ArrayList<>();
        for (long seed = from; seed < from + seeds; seed++) {
            Random random = new Random(seed * 7_919_123_457L);
            List<Shop> shops = shops(random);
            List<Said> rules = IntStream.range(0, random.nextInt(4))
                    .mapToObj(n -> rule(n, shops, random))
                    .toList();
            Map<String, String> map = new LinkedHashMap<>();
            WORDS.stream()
                    .filter(word -> random.nextInt(3) == 0)
                    .forEach(word -> map.put(word, one(names(shops), random) + ":" + one(List.of("g", "x:1"), random)));
            Choosing choosing = Choosing.read(Settings.of(settings(rules, map)).section(""), accounts(shops));
            for (int n = 0; n < 10; n++) {
                Order order = order(shops, random);
                String namespace = one(NAMESPACES, random);
                String told = told(choosing.choose(order, namespace));
                String byHand = byHand(order, namespace, shops, rules, map);
                if (!told.equals(byHand)) {
                    broken.add(
                            "seed " + seed + ": account " + order.account() + ", service " + order.service() + ", of "
                                    + namespace + "\n" + shops + "\n" + settings(rules, map) + "by hand " + byHand
                                    + "\ntold    "
                                    + told);
                }
            }
        }
        assertThat(String.join("\n", broken)).isEmpty();
    }

    private static String byHand(
            Order order, String namespace, List<Shop> shops, List<Said> rules, Map<String, String> map) {
        List<Shop> serving =
                shops.stream().filter(shop -> shop.serves(namespace)).toList();
        String service = order.service() == null ? "ground" : order.service();
        String carrier = service.contains(":") ? service.substring(0, service.indexOf(':')) : "";
        String own = service.substring(service.indexOf(':') + 1);
        boolean compares = PREFERENCES.contains(service);
        String named = order.account();
        if (named != null && !names(serving).contains(named)) {
            return "nobody unknown-account";
        }
        if (named != null && !compares) {
            return fixed(named, shops, own, "the order names its account");
        }
        List<Shop> buying =
                serving.stream().filter(shop -> shop.carrier().equals(carrier)).toList();
        if (!buying.isEmpty()) {
            return fixed(buying.get(0).name(), shops, own, "the order names its carrier");
        }
        boolean nobodyBuysIt = Set.of("ups", "dhl-express", "usps").contains(carrier)
                || shops.stream().anyMatch(shop -> shop.carrier().equals(carrier));
        for (Said rule : rules) {
            if (!rule.holds(order, order.grams().movePointLeft(3), service, namespace)
                    || (nobodyBuysIt && !rule.services().contains(service))) {
                continue;
            }
            if (rule.account() == null) {
                return "compare " + rule.use() + " by " + rule.name();
            }
            if (names(serving).contains(rule.account()) && (named == null || named.equals(rule.account()))) {
                return fixed(rule.account(), shops, rule.use(), rule.name());
            }
        }
        String[] target = map.getOrDefault(service, "nobody:").split(":", 2);
        if (names(serving).contains(target[0]) && (named == null || named.equals(target[0]))) {
            return fixed(target[0], shops, target[1], "service map");
        }
        return compares && !serving.isEmpty()
                ? "compare " + service + " by compare prices"
                : "nobody no-account-for-service";
    }

    private static String fixed(String account, List<Shop> shops, String service, String rule) {
        String carrier = shops.stream()
                .filter(shop -> shop.name().equals(account))
                .findFirst()
                .orElseThrow()
                .carrier();
        return account + " of " + carrier + " buys " + service + " by " + rule;
    }

    private static String told(Choice choice) {
        if (choice instanceof Choice.Fixed fixed) {
            return fixed.account() + " of " + fixed.carrier() + " buys " + fixed.service() + " by " + fixed.rule();
        }
        return choice instanceof Choice.Compare compare
                ? "compare " + compare.by() + " by " + compare.rule()
                : "nobody " + ((Choice.Nobody) choice).problem().code();
    }

    private static List<Shop> shops(Random random) {
        List<Shop> shops = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d").subList(0, 1 + random.nextInt(4))) {
            shops.add(new Shop(
                    name,
                    one(List.of("ups", "dhl-express", "fake"), random),
                    random.nextInt(3) == 0 ? Set.of(one(NAMESPACES, random)) : Set.of()));
        }
        return shops;
    }

    private static Accounts accounts(List<Shop> shops) {
        return new Accounts(shops.stream()
                .map(shop -> new Account(
                        shop.name(),
                        shop.carrier(),
                        CARRIER,
                        shop.namespaces(),
                        1,
                        Duration.ofSeconds(1),
                        "on_creation",
                        false))
                .toList());
    }

    private static Said rule(int n, List<Shop> shops, Random random) {
        boolean compares = random.nextBoolean();
        return new Said(
                "rule-" + n,
                random.nextInt(3) == 0 ? one(List.of("1", "2.5"), random) : null,
                random.nextInt(3) == 0 ? one(List.of("2.5", "30"), random) : null,
                random.nextInt(3) == 0 ? List.of(one(List.of("US", "DE"), random), "FR") : List.of(),
                random.nextInt(2) == 0
                        ? List.of(one(List.of("ground", "express", "ups:03", "cheapest", "usps:1"), random))
                        : List.of(),
                random.nextInt(4) == 0 ? List.of(one(NAMESPACES, random)) : List.of(),
                compares ? null : one(names(shops), random),
                compares ? one(PREFERENCES, random) : one(List.of("g", "best"), random));
    }

    private static String settings(List<Said> rules, Map<String, String> map) {
        StringBuilder text = new StringBuilder(
                "rules=" + String.join(",", rules.stream().map(Said::name).toList()) + "\n");
        rules.forEach(rule -> text.append(rule.settings()));
        map.forEach((word, target) ->
                text.append("service.").append(word).append('=').append(target).append('\n'));
        return text.toString();
    }

    private static Order order(List<Shop> shops, Random random) {
        List<String> words = Stream.concat(WORDS.stream(), Stream.of("ups:03", "fake:9", "usps:1", "shop:free", "odd"))
                .toList();
        String account =
                one(Stream.concat(names(shops).stream(), Stream.of("nowhere")).toList(), random);
        return new Order(
                "SO-1",
                null,
                null,
                null,
                List.of(),
                null,
                new Address(
                        "Jane Roe",
                        null,
                        "1 Main St",
                        null,
                        null,
                        "Town",
                        null,
                        null,
                        one(List.of("US", "DE", "FR"), random),
                        null,
                        null,
                        null,
                        null),
                random.nextInt(5) == 0 ? null : one(words, random),
                random.nextInt(3) == 0 ? account : null,
                null,
                IntStream.range(0, 1 + random.nextInt(2))
                        .mapToObj(n -> parcel(random))
                        .toList(),
                List.of(),
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static Order.Parcel parcel(Random random) {
        String kg = one(List.of("0", "0.5", "1", "1.25", "2.5", "2.501", "30"), random);
        Weight weight = random.nextInt(6) == 0 ? null : new Weight(new BigDecimal(kg), MassUnit.KG);
        return new Order.Parcel(null, weight, null, null, List.of());
    }

    private static List<String> names(List<Shop> shops) {
        return shops.stream().map(Shop::name).toList();
    }

    private static String one(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
