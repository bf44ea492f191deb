package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one YAML file of the routes folder says, with the line of everything that can be wrong. */
record RouteFile(List<Template> templates, List<Use> uses, List<Steps> routes) {
    private static final Set<String> GIVEN = Set.of("name", "value");

    /** A text and where it stands. */
    record Said(String text, int line) {}

    /**
     * The inside of a route, a template, or anything else at the top of a file.
     *
     * @param id a route's own, where it has one
     * @param from where it starts, {@code direct:orders}
     * @param to every URI it sends to or asks
     * @param open every text with a placeholder
     * @param mappings every text that names a mapping without being a URI
     * @param chosen every step whose target or code the message would choose
     * @param failures every step that decides itself what happens on failure
     * @param sources every text that names the source that is handed over as
     * @param properties the names of those it sets
     * @param set those names once more, each where it stands
     * @param texts every text, but those names
     * @param code whether a bean or a processor of its own sees what it carries
     * @param headers the names of those it sets, which Camel reads in either case
     * @param starts where it starts, with the parameters of that
     * @param count its steps, those of its branches included
     */
    record Steps(
            int line,
            @Nullable Said id,
            List<Said> from,
            List<Said> to,
            List<Said> open,
            List<Said> mappings,
            List<Said> chosen,
            List<Said> failures,
            List<Said> sources,
            Set<String> properties,
            List<Said> set,
            List<String> texts,
            boolean code,
            Set<String> headers,
            List<Start> starts,
            int count) {
        boolean isFrom(String component) {
            return begins(from, component);
        }

        boolean isTo(String component) {
            return begins(to, component);
        }

        private static boolean begins(List<Said> uris, String with) {
            return uris.stream().anyMatch(uri -> uri.text().startsWith(with));
        }
    }

    /** Where a route starts, {@code file} or {@code waybill-server:acme}, and what more it is told of that. */
    record Start(String uri, Map<String, String> parameters, int line) {}

    /** @param parameters each with its default; null has none and must be given */
    record Template(String id, int line, Map<String, @Nullable String> parameters, Steps steps) {}

    /** A template put to use, and the id of the route it makes, where it is given one. */
    record Use(Said template, @Nullable Said id, Map<String, Said> parameters) {
        /** The line of the parameter the text is made from, or of the use itself. */
        int lineOf(String text) {
            return Placeholders.keys(text).stream()
                    .flatMap(key -> Stream.ofNullable(parameters.get(key)))
                    .map(Said::line)
                    .findFirst()
                    .orElse(template.line());
        }
    }

    /** @throws ProblemException {@code route-bad-yaml}, {@code route-parameter-form}, or {@code DUPLICATE_KEY}, with its line */
    static RouteFile read(String shown, String text) {
        RouteFile file = new RouteFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Problem> wrong = new ArrayList<>();
        for (RouteYaml item : RouteYaml.read(shown, text)) {
            item.entries().forEach((key, value) -> {
                twice(value, shown, wrong);
                if (key.equals("templatedRoute")) {
                    value.get("parameters").items().forEach(parameter -> given(parameter, shown, wrong));
                }
                switch (key) {
                    case "routeTemplate" -> file.templates.add(template(value));
                    case "templatedRoute" -> file.uses.add(use(value));
                    default -> file.routes.add(RouteWalk.steps(value, key));
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(wrong);
        }
        return file;
    }

    /** A parameter that is given is a name and a value, and no other key. */
    private static void given(RouteYaml parameter, String shown, List<Problem> wrong) {
        Set<String> keys = parameter.entries().keySet();
        List<String> others = keys.stream().filter(key -> !GIVEN.contains(key)).toList();
        if (!others.isEmpty() || !parameter.has("name")) {
            String here = keys.isEmpty() ? parameter.text() : String.join(", ", others.isEmpty() ? keys : others);
            wrong.add(
                    Problem.of(RouteCode.ROUTE_PARAMETER_FORM, "file", shown, "line", parameter.line(), "here", here));
        }
    }

    /** Each parameter of a template, or of its use, once. */
    private static void twice(RouteYaml yaml, String shown, List<Problem> twice) {
        Set<String> names = new HashSet<>();
        for (RouteYaml parameter : yaml.get("parameters").items()) {
            String name = parameter.get("name").text();
            if (!name.isEmpty() && !names.add(name)) {
                twice.add(RouteYaml.twice(shown, parameter.line(), name));
            }
        }
    }

    private static Template template(RouteYaml yaml) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        for (RouteYaml parameter : yaml.get("parameters").items()) {
            boolean optional = parameter.get("required").text().equals("false");
            String fallback = parameter.has("defaultValue")
                    ? parameter.get("defaultValue").text()
                    : optional ? "" : null;
            parameters.put(parameter.get("name").text(), fallback);
        }
        return new Template(yaml.get("id").text(), yaml.line(), parameters, RouteWalk.steps(yaml, "routeTemplate"));
    }

    private static Use use(RouteYaml yaml) {
        Map<String, Said> parameters = new LinkedHashMap<>();
        for (RouteYaml parameter : yaml.get("parameters").items()) {
            RouteYaml value = parameter.get("value");
            parameters.put(parameter.get("name").text(), new Said(value.text(), parameter.line()));
        }
        return new Use(yaml.get("routeTemplateRef").said(), yaml.said("routeId"), parameters);
    }
}
