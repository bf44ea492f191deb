package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Arrival;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of carriers in docs/carriers.md is what the adapters here say and do. */
class CarrierTableTest {
    private static final String BEGIN = "<!-- carriers: written by CarrierTableTest -->\n";
    private static final String END = "<!-- end of carriers -->";

    @Test
    void the_table_says_what_each_carrier_can_do() throws Exception {
        StringBuilder table = new StringBuilder(
                "| `adapter` | carrier, interface | rates | void | tracking | daily close | labels | class | unresolved at the longest | bill | comes how, usually when | not supported |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        Carriers carriers = new Carriers();
        carriers.all().stream()
                .filter(carrier -> !(carrier instanceof DescribedCarriers))
                .forEach(carrier -> table.append(line("`" + carrier.id() + "`", carrier.facts())));
        carriers.described(Path.of("carriers"))
                .carriers()
                .forEach((name, facts) -> table.append(line("`declared`, `description=" + name + "`", facts)));
        String page = Files.readString(Path.of("docs/carriers.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("put this into docs/carriers.md")
                .isEqualTo(table.toString());
    }

    private static String line(String adapter, CarrierFacts facts) {
        return "| "
                + String.join(
                        " | ",
                        adapter,
                        facts.name() + ", " + facts.api(),
                        yes(facts.can(Rates.class)),
                        yes(facts.can(Voids.class)),
                        tracking(facts),
                        yes(facts.can(Manifests.class)),
                        String.join(" ", facts.formats()),
                        facts.idempotency().name(),
                        longest(facts),
                        bill(facts),
                        arrivals(facts),
                        String.join("; ", facts.lacks()))
                + " |\n";
    }

    private static String yes(boolean can) {
        return can ? "yes" : "no";
    }

    private static String tracking(CarrierFacts facts) {
        if (!facts.can(Tracks.class)) {
            return facts.can(Webhooks.class) ? "push" : "no";
        }
        return facts.can(Webhooks.class) ? "poll, push" : "poll";
    }

    private static String longest(CarrierFacts facts) {
        String settle = Accounts.SETTLE.toSeconds() + " s, then ";
        return switch (facts.idempotency()) {
            case A -> settle + "the same request again, which the carrier answers with what it sold";
            case B -> settle + "found by its reference, or a person decides";
            case C -> settle + "a person decides";
        };
    }

    private static String arrivals(CarrierFacts facts) {
        return facts.arrivals().entrySet().stream()
                .map(one -> word(one.getKey()) + " " + how(one.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String how(Arrival arrival) {
        String ways = arrival.how().stream().map(CarrierTableTest::word).collect(Collectors.joining(", "));
        boolean isKnown = arrival.usually() != null && !arrival.usually().isZero();
        return (ways.isEmpty() ? "none" : ways)
                + (isKnown ? " " + arrival.usually().toDays() + " days" : "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String bill(CarrierFacts facts) {
        return switch (facts.bill()) {
            case FILE -> "file";
            case PULL -> "pulled";
            case NONE -> "none";
        };
    }
}
