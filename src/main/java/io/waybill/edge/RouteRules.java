package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.mapping.Nearest;
import io.waybill.settings.Settings;
import io.waybill.settings.SettingsCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
        private final StepRules stepRules;

        Findings(RouteCheck.Checked file) {
            this.file = file;
            this.stepRules = new StepRules(file, consumers, sinks, mappings, facts, schemes);
        }

        void route(Steps steps, Set<String> parameters) {
            steps.open().forEach(text -> settingsOf(text, parameters));
            stepRules.check(steps, RouteRules.this::setting, Said::line);
            stepRules.misspelt(steps);
            steps.chosen()
                    .forEach(step -> file.refuse(step.line(), RouteCode.ROUTE_CHOSEN_BY_DATA, "step", step.text()));
            steps.failures().forEach(step -> file.warn(step.line(), RouteCode.ROUTE_OWN_FAILURES, "step", step.text()));
            if (steps.count() > MOST_STEPS) {
                file.warn(steps.line(), RouteCode.ROUTE_TOO_LONG, "steps", steps.count(), "most", MOST_STEPS);
            }
        }

        void use(Use use) {
            use.parameters().values().forEach(value -> settingsOf(value, Set.of()));
            for (String parameter : NAMES_A_MAPPING) {
                Said mapping = use.parameters().get(parameter);
                if (mapping != null) {
                    stepRules.mapping(Placeholders.filled(mapping.text(), RouteRules.this::setting), mapping.line());
                }
            }
            Said more = use.parameters().get("more");
            if (more != null) {
                String text = Placeholders.filled(more.text(), RouteRules.this::setting);
                PollPlan.pairs(String.valueOf(text))
                        .values()
                        .forEach(mapping -> stepRules.mapping(mapping, more.line()));
            }
            Template template = templates.get(use.template().text());
            if (template == null) {
                file.refuse(
                        use.template().line(),
                        RouteCode.ROUTE_TEMPLATE_UNKNOWN,
                        "template",
                        use.template().text(),
                        "nearest",
                        Nearest.to(use.template().text(), templates.keySet()));
                return;
            }
            parameters(use, template);
            new RouteValues(new GivenParameters(settings, file, use), template, facts).check();
            RouteCheck.Bound bound = new RouteCheck.Bound(use, template, settings);
            Set<String> own = template.parameters().keySet();
            template.steps()
                    .open()
                    .forEach(text -> settingsOf(text.text(), use.lineOf(text.text()), own, bound::value));
            stepRules.check(template.steps(), bound::value, said -> use.lineOf(said.text()));
        }

        private void parameters(Use use, Template template) {
            template.parameters().forEach((name, fallback) -> {
                if (fallback == null && !use.parameters().containsKey(name)) {
                    file.refuse(
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
                    file.refuse(
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

        private void settingsOf(Said said, Set<String> parameters) {
            if (Placeholders.isLeftOpen(said.text())) {
                file.refuse(
                        said.line(),
                        RouteCode.ROUTE_PLACEHOLDER_OPEN,
                        "text",
                        said.text().strip());
            } else if (Placeholders.isLeftShut(said.text())) {
                file.refuse(
                        said.line(),
                        RouteCode.ROUTE_PLACEHOLDER_SHUT,
                        "text",
                        said.text().strip());
            }
            settingsOf(said.text(), said.line(), parameters, RouteRules.this::setting);
        }

        private void settingsOf(
                String text, int line, Set<String> parameters, Function<String, @Nullable String> values) {
            Placeholders.missing(text, values).stream()
                    .filter(key -> !parameters.contains(key))
                    .forEach(key -> file.refuse(line, SettingsCode.MISSING_SETTING, "key", key));
        }
    }
}
