package io.waybill;

import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a source may bring to nobody, though every setting of the sources is well formed. */
final class SourcesCheck {
    private static final String BOUNDS = "namespaces";

    private final Settings settings;
    private final Section sources;

    SourcesCheck(Settings settings) {
        this.settings = settings;
        this.sources = settings.section("source");
    }

    /** A bound that no other setting names may be misspelt: what is meant is turned away. */
    List<Problem> namespaces() {
        Set<String> known = known();
        List<Problem> warnings = new ArrayList<>();
        for (String source : sources.names()) {
            Section section = sources.section(source);
            section.list(BOUNDS).stream()
                    .filter(namespace -> !known.contains(namespace))
                    .map(namespace -> Problem.of(
                            CheckCode.SOURCE_NAMESPACE_UNKNOWN,
                            "name",
                            source,
                            "namespace",
                            namespace,
                            "nearest",
                            Nearest.to(namespace, known)))
                    .forEach(problem -> warnings.add(section.locate(problem, BOUNDS)));
        }
        return warnings;
    }

    /** Those of sources by themselves, of sinks, accounts, rules and stations, and those that have settings of their own. */
    private Set<String> known() {
        Set<String> known = new TreeSet<>(settings.section("namespace").names());
        settings.section("defaults").optional("namespace").ifPresent(known::add);
        sources.names()
                .forEach(name -> sources.section(name).optional("namespace").ifPresent(known::add));
        for (String kind : List.of("sink", "account", "rule", "station")) {
            Section section = settings.section(kind);
            section.names().forEach(name -> known.addAll(section.section(name).list(BOUNDS)));
        }
        return known;
    }
}
