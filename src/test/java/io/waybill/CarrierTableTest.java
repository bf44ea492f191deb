package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of carriers in docs/carriers.md are what the adapters here say and do. */
class CarrierTableTest {
    private static final String BEGIN = "<!-- carriers: written by CarrierTableTest -->\n";
    private static final String END = "<!-- end of carriers -->";

    @Test
    void the_tables_say_what_each_carrier_can_do_and_how_it_tells() throws Exception {
        StringBuilder told = new StringBuilder(table(
                "| `adapter` | carrier, interface | class | rates | void | webhooks | daily close | labels |",
                CarrierTableTest::can));
        told.append('\n')
                .append(table(
                        "| comes how | " + facts(Fact::name) + " |",
                        facts -> facts(fact -> how(facts.arrivals().get(fact)))))
                .append("\nNot supported:\n");
        all().forEach((adapter, facts) -> told.append("- " + adapter + ": " + String.join("; ", facts.lacks()) + "\n"));
        String page = Files.readString(Path.of("docs/carriers.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("put this into docs/carriers.md")
                .isEqualTo(told.toString());
    }

    private static Map<String, CarrierFacts> all() {
        Map<String, CarrierFacts> all = new LinkedHashMap<>();
        Carriers carriers = new Carriers();
        carriers.all().stream()
                .filter(carrier -> !(carrier instanceof DescribedCarriers))
                .forEach(carrier -> all.put("`" + carrier.id() + "`", carrier.facts()));
        carriers.described(Path.of("carriers"))
                .carriers()
                .forEach((name, facts) -> all.put("`declared`, `description=" + name + "`", facts));
        return all;
    }

    private static String table(String head, Function<CarrierFacts, String> line) {
        StringBuilder table = new StringBuilder(head + "\n" + head.replaceAll("[^|]+", "---") + "\n");
        all().forEach((adapter, facts) -> table.append("| " + adapter + " | " + line.apply(facts) + " |\n"));
        return table.toString();
    }

    private static String can(CarrierFacts facts) {
        return String.join(
                " | ",
                facts.name() + ", " + facts.api(),
                facts.idempotency().name(),
                yes(facts.can(Rates.class)),
                yes(facts.can(Voids.class)),
                yes(facts.can(Webhooks.class)),
                yes(facts.can(Manifests.class)),
                String.join(" ", facts.formats()));
    }

    private static String facts(Function<Fact, String> word) {
        return Stream.of(Fact.values())
                .map(word)
                .map(said -> said.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" | "));
    }

    private static String yes(boolean can) {
        return can ? "yes" : "no";
    }

    private static String how(@Nullable Arrival arrival) {
        if (arrival == null) {
            return "none";
        }
        String ways = arrival.how().stream().map(CarrierTableTest::word).collect(Collectors.joining(", "));
        boolean isKnown = arrival.usually() != null && !arrival.usually().isZero();
        return (ways.isEmpty() ? "none" : ways)
                + (isKnown ? " " + arrival.usually().toDays() + " days" : "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
