package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Namespaces;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The sources of the settings file. {@code local}, the REST caller without a key, always exists. */
public final class Sources {
    /** The source of a REST call without {@code ?source=} and without a key that names one. */
    public static final String LOCAL = "local";

    private final Map<String, SourceSettings> sources = new TreeMap<>();

    /** @throws ProblemException with all that is wrong with each of them, and with the defaults */
    public Sources(Settings settings) {
        Set<String> names = new TreeSet<>(settings.section("source").names());
        names.add(LOCAL);
        Set<Problem> problems = new LinkedHashSet<>();
        for (String name : names) {
            try {
                sources.put(name, settings.section("").whole(all -> SourceSettings.read(name, all)));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems));
        }
    }

    public Optional<SourceSettings> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    /** @throws ProblemException {@code unknown-source} with the known ones */
    public SourceSettings get(String name) {
        return find(name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        OrderCode.UNKNOWN_SOURCE, "source", name, "known", String.join(", ", sources.keySet()))));
    }

    /** Whether who sees these namespaces may speak for it: one that brings orders of them, or {@code local}. */
    public boolean isSeen(String name, Namespaces by) {
        return name.equals(LOCAL)
                || find(name).filter(source -> by.has(source.namespace())).isPresent();
    }

    /** The namespaces they bring orders of, where a document does not say. */
    public Set<String> namespaces() {
        return sources.values().stream().map(SourceSettings::namespace).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The namespace a document of a source is for: its own, else the source's. */
    public String namespaceOf(String source, JsonNode canonical) {
        return get(source).namespaceOf(canonical);
    }

    /**
     * The same of one that its source may bring.
     *
     * @throws ProblemException {@code namespace-not-of-source}
     */
    String namespaceOf(Submission submission) {
        SourceSettings source = get(submission.source());
        source.requireBrings(submission.canonical());
        return source.namespaceOf(submission.canonical());
    }

    public Set<String> names() {
        return Set.copyOf(sources.keySet());
    }
}
