package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the steps of a route: the component, the route or sink and the mapping that one of them names is there, a
 * call by a mapping can be made, and whoever calls the hub proves who they are.
 */
record StepRules(
        RouteCheck.Checked file,
        Set<String> consumers,
        Set<String> sinks,
        Set<String> mappings,
        MappingFacts facts,
        Predicate<String> schemes) {

    private static final String MAPS_BY = "waybill-map:";
    private static final Pattern CALLS_BY = Pattern.compile("^waybill-(call|event):.*[?&]mapping=([^&]+)");
    private static final Set<String> BRINGS = Set.of("POST", "PUT", "PATCH");

    /** Components, targets and mappings, wherever the whole name is known. */
    void check(Steps steps, Function<String, @Nullable String> values, ToIntFunction<Said> line) {
        steps.from().forEach(from -> scheme(Placeholders.filled(from.text(), values), line.applyAsInt(from)));
        for (Said to : steps.to()) {
            String uri = Placeholders.filled(to.text(), values);
            if (uri != null && !uri.contains("${")) {
                step(uri, line.applyAsInt(to));
            }
        }
        verified(steps, values, line);
        steps.mappings().forEach(said -> mapping(Placeholders.filled(said.text(), values), line.applyAsInt(said)));
    }

    private void step(String uri, int at) {
        scheme(uri, at);
        target(uri, at);
        folder(uri, at);
        if (uri.startsWith(MAPS_BY)) {
            mapping(uri.substring(MAPS_BY.length()).replaceFirst("^//", "").replaceFirst("\\?.*$", ""), at);
        }
        Matcher asked = CALLS_BY.matcher(uri);
        if (asked.find()) {
            mapping(asked.group(2), at);
            if (asked.group(1).equals("call")) {
                call(asked.group(2), at);
            }
        }
    }

    /**
     * A port would go on as if nothing had been said: with the source's own mapping, or none. A property also goes where no text
     * of the file tells of it, so this is told only of what looks like a slip, and keeps nothing from running.
     */
    void misspelt(Steps steps) {
        if (steps.to().stream().noneMatch(to -> isPort(to.text())) || goesElsewhere(steps)) {
            return;
        }
        steps.set().stream()
                .filter(name -> !PortProperties.NAMES.contains(name.text()) && !isRead(name.text()))
                .forEach(name -> Nearest.slip(name.text(), PortProperties.NAMES)
                        .ifPresent(nearest -> file.warn(
                                name.line(),
                                RouteCode.ROUTE_PROPERTY_UNREAD,
                                "property",
                                name.text(),
                                "nearest",
                                nearest)));
    }

    private static boolean goesElsewhere(Steps steps) {
        return steps.code()
                || steps.to().stream()
                        .anyMatch(to -> to.text().startsWith("bean:")
                                || (to.text().startsWith("direct:") && !isPort(to.text())));
    }

    /** By any text of the whole file, as a word of its own. */
    private boolean isRead(String property) {
        RouteFile content = file.content();
        if (content == null) {
            return false;
        }
        Pattern word = Pattern.compile("(?<!\\w)" + Pattern.quote(property) + "(?!\\w)");
        Stream<String> steps = Stream.concat(
                        content.routes().stream(), content.templates().stream().map(Template::steps))
                .flatMap(each -> each.texts().stream());
        Stream<String> given = content.uses().stream()
                .flatMap(use -> use.parameters().values().stream().map(Said::text));
        return Stream.concat(steps, given).anyMatch(text -> word.matcher(text).find());
    }

    private static boolean isPort(String uri) {
        return uri.startsWith("direct:") && RouteRules.PORTS.contains(RouteRules.directName(uri));
    }

    /** Whoever may call without a key must prove who they are. */
    private void verified(Steps steps, Function<String, @Nullable String> values, ToIntFunction<Said> line) {
        boolean proven = steps.isTo("waybill-verify:");
        for (Said from : steps.from()) {
            String uri = String.valueOf(Placeholders.filled(from.text(), values));
            if (!proven && uri.matches("platform-http:/*hooks/.*")) {
                file.refuse(line.applyAsInt(from), RouteCode.ROUTE_UNVERIFIED, "uri", uri);
            }
        }
    }

    private void scheme(@Nullable String uri, int line) {
        String scheme = uri == null ? "" : uri.strip().replaceFirst("[:?].*$", "");
        if (!scheme.isEmpty() && !schemes.test(scheme)) {
            file.refuse(line, RouteCode.ROUTE_SCHEME_UNKNOWN, "scheme", scheme);
        }
    }

    private void target(String uri, int line) {
        if (!uri.startsWith("direct:")) {
            return;
        }
        String name = RouteRules.directName(uri);
        boolean sink = name.startsWith("sink.") && sinks.contains(name.substring("sink.".length()));
        if (!sink && !consumers.contains(name) && !RouteRules.PORTS.contains(name)) {
            Set<String> known = new TreeSet<>(consumers);
            known.addAll(RouteRules.PORTS);
            file.refuse(line, RouteCode.ROUTE_TARGET_UNKNOWN, "target", name, "nearest", Nearest.to(name, known));
        }
    }

    /** Where nothing is mounted a folder would be made on the local disk, and what is laid there be lost to whoever waits for it. */
    private void folder(String uri, int line) {
        if (uri.startsWith("file:") && !uri.matches(".*[?&]autoCreate=false(&.*)?")) {
            file.warn(line, RouteCode.ROUTE_MAKES_FOLDER, "uri", uri);
        }
    }

    void mapping(@Nullable String name, int line) {
        if (name != null && !name.isBlank() && !mappings.contains(name)) {
            file.refuse(line, MappingCode.UNKNOWN_MAPPING, "mapping", name, "nearest", Nearest.to(name, mappings));
        }
    }

    /** A member nobody reads would be told nobody. */
    private void call(String mapping, int line) {
        if (!mappings.contains(mapping)) {
            return;
        }
        Map<String, String> written = facts.members(mapping);
        List<String> known = written.containsKey(CallVerb.CALLS) ? List.of(CallVerb.CALLS) : CallVerb.MEMBERS;
        written.keySet().stream()
                .filter(member -> !known.contains(member))
                .forEach(member -> file.refuse(
                        line,
                        EdgeCode.CALL_MEMBER_UNKNOWN,
                        "mapping",
                        mapping,
                        "member",
                        member,
                        "nearest",
                        Nearest.to(member, known)));
        String method = written.getOrDefault("method", "");
        if (BRINGS.contains(method) && !written.containsKey("body")) {
            file.warn(line, RouteCode.ROUTE_CALL_WITHOUT_BODY, "mapping", mapping, "method", method);
        }
    }
}
