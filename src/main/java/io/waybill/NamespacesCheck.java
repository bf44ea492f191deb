package io.waybill;

import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What may be for nobody, though every setting is well formed: a sink, an account, a rule, a station or a limit of a namespace that no
 * source brings orders of, nor a caller who names none. It may be misspelt; or a caller or a mapping names it.
 */
final class NamespacesCheck {
    /** Whose sinks take what is of no namespace. */
    static final String NO_ONE = "*";

    private static final List<String> BOUND = List.of("sink", "account", "rule", "station");

    private final Settings settings;
    private final Set<String> known;

    NamespacesCheck(Settings settings) {
        this.settings = settings;
        this.known = known(settings);
    }

    /** Whose orders sources bring, and callers who name none. */
    static Set<String> known(Settings settings) {
        Set<String> known = new TreeSet<>();
        Section sources = settings.section("source");
        for (String source : sources.names()) {
            sources.section(source).optional("namespace").ifPresent(known::add);
            known.addAll(sources.section(source).list("namespaces"));
        }
        Optional<String> others = settings.section("defaults").optional("namespace");
        others.ifPresent(known::add);
        if (!known.isEmpty() && others.isEmpty()) {
            known.add("default");
        }
        return known;
    }

    List<Problem> warnings() {
        return known.isEmpty()
                ? List.of()
                : Stream.concat(BOUND.stream().flatMap(this::bounds), limits()).toList();
    }

    private Stream<Problem> bounds(String kind) {
        Section all = settings.section(kind);
        return all.names().stream()
                .flatMap(name -> all.section(name).list("namespaces").stream()
                        .filter(namespace -> !namespace.equals(NO_ONE))
                        .flatMap(namespace -> unknown(kind + "." + name + ".namespaces", namespace)));
    }

    /** Once for each, by its first key. */
    private Stream<Problem> limits() {
        Map<String, String> first = new TreeMap<>();
        settings.section("namespace").keys().forEach(key -> first.putIfAbsent(key.split("\\.", 2)[0], key));
        return first.entrySet().stream().flatMap(one -> unknown("namespace." + one.getValue(), one.getKey()));
    }

    private Stream<Problem> unknown(String key, String namespace) {
        return known.contains(namespace)
                ? Stream.empty()
                : Stream.of(settings.section("")
                        .locate(
                                Problem.of(
                                        CheckCode.NAMESPACE_UNKNOWN,
                                        "key",
                                        key,
                                        "namespace",
                                        namespace,
                                        "nearest",
                                        Nearest.to(namespace, known)),
                                key));
    }
}
