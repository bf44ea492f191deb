package io.waybill.delivery;

import io.waybill.ledger.Stage;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code sink.<name>.*} says about one sink.
 *
 * @param namespaces whose events it takes; never empty
 * @param events the types it takes
 * @param posted whether it is told the event itself by HTTP, not what a mapping makes of it
 * @param workers how many events it is handed at a time
 */
record SinkSettings(
        String name, Set<String> namespaces, Set<String> events, boolean posted, int workers, BackOff backOff) {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,99}";

    /** What a verb of the sink's route reads. */
    private static final List<String> FOR_A_VERB =
            List.of("url", "secret", "secret.next", "privateNetwork", "shape", "language");

    /** What only the sink's route file can ask for, as parameters of its template; where it does not, nobody reads it. */
    private static final List<String> FOR_THE_ROUTE =
            List.of("cluster", "folder", "server", "format", "suffix", "topic", "mapping", "datasource", "table");

    SinkSettings {
        namespaces = Set.copyOf(namespaces);
        events = Set.copyOf(events);
    }

    /** @throws ProblemException on a missing, bad or unknown key */
    static SinkSettings read(String name, Section section) {
        if (!name.matches(NAME)) {
            throw section.bad("namespaces", name, "a sink's name of small letters, digits and hyphens");
        }
        section.required("namespaces");
        FOR_A_VERB.forEach(section::optional);
        section.leave(FOR_THE_ROUTE);
        if (section.optional("secret.next").isPresent()) {
            section.required("secret");
        }
        if (section.optional("batch").isPresent()) {
            BundleRule.read(section);
        } else if (section.isWrong("batch")) {
            BundleRule.zone(section);
        }
        Section partner = section.section("partner");
        partner.keys().forEach(partner::optional);
        SinkSettings settings = new SinkSettings(
                name,
                new TreeSet<>(section.list("namespaces")),
                events(section),
                isPosted(section),
                workers(section),
                backOff(section));
        section.close();
        return settings;
    }

    private static boolean isPosted(Section section) {
        return section.optional("url").isPresent()
                && section.optional("mapping").isEmpty()
                && section.optional("shape").isEmpty();
    }

    private static Set<String> events(Section section) {
        Set<String> known = Stage.BY_EVENT.keySet();
        List<String> named = section.list("events", known::contains, String.join(", ", known));
        return named.isEmpty() ? known : new TreeSet<>(named);
    }

    private static int workers(Section section) {
        int workers = section.number("workers", 2);
        if (workers < 1 || workers > 16) {
            throw section.bad("workers", Integer.toString(workers), "1 to 16");
        }
        return workers;
    }

    private static BackOff backOff(Section section) {
        BigDecimal scale = section.decimal("backoffScale", "1");
        if (scale.signum() < 0 || scale.compareTo(BigDecimal.TEN) > 0) {
            throw section.bad("backoffScale", scale.toPlainString(), "0 to 10");
        }
        return new BackOff(scale);
    }

    boolean takes(String namespace, String type) {
        return namespaces.contains(namespace) && events.contains(type);
    }
}
