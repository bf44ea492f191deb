package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import io.waybill.settings.SettingsCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of every route file: whatever it names is there. */
record RouteRules(
        Settings settings,
        Map<String, Template> templates,
        Set<String> consumers,
        Set<String> sinks,
        Set<String> mappings,
        MappingFacts facts,
        Predicate<String> schemes) {

    /** Where the spine itself takes in. */
    static final Set<String> PORTS = Set.of("orders", "packing", "tracking-events", "records", "carrier-invoices");

    private static final int MOST_STEPS = 8;
    private static final List<String> NAMES_A_MAPPING = List.of("mapping", "ask");
    private static final Pattern CALLS_BY = Pattern.compile("^waybill-(call|event):.*[?&]mapping=([^&]+)");
    private static final Set<String> BRINGS = Set.of("POST", "PUT", "PATCH");

    void check(RouteCheck.Checked file) {
        RouteFile content = file.content();
        if (content == null) {
            return;
        }
        Findings findings = new Findings(file);
        content.routes().forEach(route -> findings.route(route, Set.of()));
        content.templates()
                .forEach(template ->
                        findings.route(template.steps(), template.parameters().keySet()));
        content.uses().forEach(findings::use);
    }

    static String directName(String uri) {
        return uri.substring("direct:".length()).replaceFirst("^//", "").replaceFirst("\\?.*$", "");
    }

    private @Nullable String setting(String key) {
        return settings.value(key).orElse(null);
    }

    /** What is found in one file. */
    private final class Findings {
        private final RouteCheck.Checked file;

        Findings(RouteCheck.Checked file) {
            this.file = file;
        }

        void route(Steps steps, Set<String> parameters) {
            steps.open().forEach(text -> settingsOf(text.text(), text.line(), parameters, RouteRules.this::setting));
            named(steps, RouteRules.this::setting, Said::line);
            steps.chosen().forEach(step -> add(step.line(), RouteCode.ROUTE_CHOSEN_BY_DATA, "step", step.text()));
            steps.failures()
                    .forEach(step ->
                            file.warnings().add(here(step.line(), RouteCode.ROUTE_OWN_FAILURES, "step", step.text())));
            if (steps.count() > MOST_STEPS) {
                file.warnings()
                        .add(here(steps.line(), RouteCode.ROUTE_TOO_LONG, "steps", steps.count(), "most", MOST_STEPS));
            }
        }

        void use(Use use) {
            use.parameters()
                    .values()
                    .forEach(value -> settingsOf(value.text(), value.line(), Set.of(), RouteRules.this::setting));
            for (String parameter : NAMES_A_MAPPING) {
                Said mapping = use.parameters().get(parameter);
                if (mapping != null) {
                    mapping(Placeholders.filled(mapping.text(), RouteRules.this::setting), mapping.line());
                }
            }
            Said more = use.parameters().get("more");
            if (more != null) {
                String text = Placeholders.filled(more.text(), RouteRules.this::setting);
                PollPlan.pairs(String.valueOf(text)).values().forEach(mapping -> mapping(mapping, more.line()));
            }
            Template template = templates.get(use.template().text());
            if (template == null) {
                add(
                        use.template().line(),
                        RouteCode.ROUTE_TEMPLATE_UNKNOWN,
                        "template",
                        use.template().text(),
                        "nearest",
                        Nearest.to(use.template().text(), templates.keySet()));
                return;
            }
            parameters(use, template);
            new RouteValues(settings, file, use, template, facts).check();
            RouteCheck.Bound bound = new RouteCheck.Bound(use, template, settings);
            Set<String> own = template.parameters().keySet();
            template.steps()
                    .open()
                    .forEach(text -> settingsOf(text.text(), use.lineOf(text.text()), own, bound::value));
            named(template.steps(), bound::value, said -> use.lineOf(said.text()));
        }

        private void parameters(Use use, Template template) {
            template.parameters().forEach((name, fallback) -> {
                if (fallback == null && !use.parameters().containsKey(name)) {
                    add(
                            use.template().line(),
                            RouteCode.ROUTE_PARAMETER_MISSING,
                            "parameter",
                            name,
                            "template",
                            template.id());
                }
            });
            use.parameters().forEach((name, value) -> {
                if (!template.parameters().containsKey(name)) {
                    add(
                            value.line(),
                            RouteCode.ROUTE_PARAMETER_UNKNOWN,
                            "parameter",
                            name,
                            "template",
                            template.id(),
                            "nearest",
                            Nearest.to(name, template.parameters().keySet()));
                }
            });
        }

        private void settingsOf(
                String text, int line, Set<String> parameters, Function<String, @Nullable String> values) {
            Placeholders.missing(text, values).stream()
                    .filter(key -> !parameters.contains(key))
                    .forEach(key -> add(line, SettingsCode.MISSING_SETTING, "key", key));
        }

        /** Components, targets and mappings, wherever the whole name is known. */
        private void named(Steps steps, Function<String, @Nullable String> values, ToIntFunction<Said> line) {
            steps.from().forEach(from -> scheme(Placeholders.filled(from.text(), values), line.applyAsInt(from)));
            for (Said to : steps.to()) {
                String uri = Placeholders.filled(to.text(), values);
                if (uri != null && !uri.contains("${")) {
                    int at = line.applyAsInt(to);
                    scheme(uri, at);
                    target(uri, at);
                    folder(uri, at);
                    if (uri.startsWith("waybill-map:")) {
                        mapping(
                                uri.substring("waybill-map:".length())
                                        .replaceFirst("^//", "")
                                        .replaceFirst("\\?.*$", ""),
                                at);
                    }
                    Matcher asked = CALLS_BY.matcher(uri);
                    if (asked.find()) {
                        mapping(asked.group(2), at);
                        if (asked.group(1).equals("call")) {
                            call(asked.group(2), at);
                        }
                    }
                }
            }
            verified(steps, values, line);
            steps.mappings().forEach(said -> mapping(Placeholders.filled(said.text(), values), line.applyAsInt(said)));
        }

        /** Whoever may call without a key must prove who they are. */
        private void verified(Steps steps, Function<String, @Nullable String> values, ToIntFunction<Said> line) {
            boolean proven = steps.to().stream().anyMatch(to -> to.text().startsWith("waybill-verify:"));
            for (Said from : steps.from()) {
                String uri = String.valueOf(Placeholders.filled(from.text(), values));
                if (!proven && uri.matches("platform-http:/*hooks/.*")) {
                    add(line.applyAsInt(from), RouteCode.ROUTE_UNVERIFIED, "uri", uri);
                }
            }
        }

        private void scheme(@Nullable String uri, int line) {
            String scheme = uri == null ? "" : uri.strip().replaceFirst("[:?].*$", "");
            if (!scheme.isEmpty() && !schemes.test(scheme)) {
                add(line, RouteCode.ROUTE_SCHEME_UNKNOWN, "scheme", scheme);
            }
        }

        private void target(String uri, int line) {
            if (!uri.startsWith("direct:")) {
                return;
            }
            String name = directName(uri);
            boolean sink = name.startsWith("sink.") && sinks.contains(name.substring("sink.".length()));
            if (!sink && !consumers.contains(name) && !PORTS.contains(name)) {
                Set<String> known = new TreeSet<>(consumers);
                known.addAll(PORTS);
                add(line, RouteCode.ROUTE_TARGET_UNKNOWN, "target", name, "nearest", Nearest.to(name, known));
            }
        }

        /** Where nothing is mounted a folder would be made on the local disk, and what is laid there be lost to whoever waits for it. */
        private void folder(String uri, int line) {
            if (uri.startsWith("file:") && !uri.matches(".*[?&]autoCreate=false(&.*)?")) {
                file.warnings().add(here(line, RouteCode.ROUTE_MAKES_FOLDER, "uri", uri));
            }
        }

        private void mapping(@Nullable String name, int line) {
            if (name != null && !name.isBlank() && !mappings.contains(name)) {
                add(line, MappingCode.UNKNOWN_MAPPING, "mapping", name, "nearest", Nearest.to(name, mappings));
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
                    .forEach(member -> add(
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
                file.warnings()
                        .add(here(line, RouteCode.ROUTE_CALL_WITHOUT_BODY, "mapping", mapping, "method", method));
            }
        }

        private void add(int line, Code code, Object... values) {
            file.problems().add(here(line, code, values));
        }

        private Problem here(int line, Code code, Object... values) {
            return Problem.of(code, values).with("file", file.path()).with("line", line);
        }
    }
}
