package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Start;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.YamlFault;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in a route file that knows its line. */
final class RouteYaml {
    /** Keys whose plain text is a URI. */
    private static final Set<String> URIS =
            Set.of("uri", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "deadLetterUri", "deadLetterChannel");

    /** Steps whose target, or whose code, the message would choose. */
    private static final Set<String> CHOSEN_BY_DATA = Set.of(
            "toD", "recipientList", "dynamicRouter", "routingSlip", "script", "groovy", "mvel", "ognl", "spel", "js");

    /** Steps and expressions that are code of somebody's own. */
    private static final Set<String> CODE = Set.of("bean", "process", "method");

    /** Stands for the key of a name that is set, which is no reading of it. */
    private static final String NAME_OF_PROPERTY = "setProperty.name";

    /** Steps and parts of a file that decide what happens on failure. */
    private static final Set<String> ON_FAILURE = Set.of("doTry", "onException", "routeConfiguration");

    /** Keys whose text is for people. */
    private static final Set<String> WORDS = Set.of("id", "routeId", "description", "note");

    private final @Nullable Node node;
    private final int line;

    private RouteYaml(@Nullable Node node, int line) {
        this.node = node;
        this.line = line;
    }

    /**
     * The items of the file, which is a list.
     *
     * @throws ProblemException {@code route-bad-yaml}, or {@code DUPLICATE_KEY} for each key of which Camel would take the last
     */
    static List<RouteYaml> read(String shown, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(60);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            List<Problem> twice = new ArrayList<>();
            once(root, shown, Collections.newSetFromMap(new IdentityHashMap<>()), twice);
            if (!twice.isEmpty()) {
                throw new ProblemException(twice);
            }
            if (root == null || root instanceof SequenceNode) {
                return new RouteYaml(root, 1).items();
            }
            throw bad(shown, 1, "a route file is a list: - route: …, - templatedRoute: …");
        } catch (YAMLException e) {
            YamlFault fault = YamlFault.of(e, text);
            throw bad(shown, fault.line(), fault.reason());
        }
    }

    /** Each key of a map once. */
    private static void once(@Nullable Node node, String shown, Set<Node> seen, List<Problem> twice) {
        if (node == null || !seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> once(item, shown, seen, twice));
        }
        if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            map.getValue().forEach(tuple -> {
                RouteYaml key = at(tuple.getKeyNode());
                if (!keys.add(key.text())) {
                    twice.add(twice(shown, key.line, key.text()));
                }
                once(tuple.getValueNode(), shown, seen, twice);
            });
        }
    }

    static Problem twice(String shown, int line, String key) {
        return Problem.of(MappingCode.DUPLICATE_KEY, "file", shown, "line", line, "key", key);
    }

    static Problem unread(String shown, int line, String why) {
        return Problem.of(RouteCode.ROUTE_BAD_YAML, "file", shown, "line", line, "why", why);
    }

    private static ProblemException bad(String shown, int line, String why) {
        return new ProblemException(unread(shown, line, why.replaceAll("\\s+", " ")));
    }

    int line() {
        return line;
    }

    /** A scalar's text; empty for anything else. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    boolean has(String key) {
        return entries().containsKey(key);
    }

    RouteYaml get(String key) {
        return entries().getOrDefault(key, new RouteYaml(null, line));
    }

    List<RouteYaml> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream().map(RouteYaml::at).toList()
                : List.of();
    }

    /** The entries of a map in file order; a value carries the line of its key. */
    Map<String, RouteYaml> entries() {
        Map<String, RouteYaml> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            map.getValue().forEach(tuple -> {
                RouteYaml key = at(tuple.getKeyNode());
                entries.put(key.text(), new RouteYaml(tuple.getValueNode(), key.line));
            });
        }
        return entries;
    }

    /** Everything of interest from here down. */
    Steps steps(String key) {
        Walk walk = new Walk();
        walk.visit(this, key, false);
        return new Steps(
                line,
                key.equals("route") ? said("id") : null,
                walk.from,
                walk.to,
                walk.open,
                walk.mappings,
                walk.chosen,
                walk.failures,
                walk.sources,
                walk.properties,
                walk.set,
                walk.texts,
                walk.code,
                walk.headers,
                walk.starts,
                walk.count);
    }

    /** The text of an entry with its line; null when there is none. */
    @Nullable
    Said said(String key) {
        String text = get(key).text();
        return text.isEmpty() ? null : new Said(text, get(key).line);
    }

    private static RouteYaml at(Node node) {
        return new RouteYaml(
                node, node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1);
    }

    /** One pass over a part of the file; a node that is there twice, by an alias, is looked at once. */
    private static final class Walk {
        private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Said> from = new ArrayList<>();
        private final List<Said> to = new ArrayList<>();
        private final List<Said> open = new ArrayList<>();
        private final List<Said> mappings = new ArrayList<>();
        private final List<Said> chosen = new ArrayList<>();
        private final List<Said> failures = new ArrayList<>();
        private final List<Said> sources = new ArrayList<>();
        private final Set<String> properties = new HashSet<>();
        private final List<Said> set = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        private final List<Start> starts = new ArrayList<>();
        private boolean code;
        private int count;

        void visit(RouteYaml yaml, String key, boolean begins) {
            if (yaml.node == null || !seen.add(yaml.node)) {
                return;
            }
            if (ON_FAILURE.contains(key)) {
                failures.add(new Said(key, yaml.line));
            }
            if (yaml.node instanceof ScalarNode) {
                scalar(yaml, key, begins);
                return;
            }
            if (key.equals("steps")) {
                count += yaml.items().size();
            }
            yaml.items().forEach(item -> visit(item, "", false));
            Map<String, RouteYaml> entries = yaml.entries();
            if (key.equals("setProperty")) {
                properties.add(yaml.get("name").text());
                set.add(said(yaml.get("name")));
            }
            if (key.equals("setHeader")) {
                headers.add(yaml.get("name").text());
            }
            if (key.equals("setHeaders")) {
                yaml.get("headers")
                        .items()
                        .forEach(header -> headers.add(header.get("name").text()));
            }
            if (key.equals("setProperty") && yaml.has("constant")) {
                property(yaml.get("name").text(), said(yaml.get("constant")));
            }
            if (key.equals("from")) {
                starts.add(start(yaml));
            }
            entries.forEach((name, value) -> {
                if (CHOSEN_BY_DATA.contains(name) && !key.equals("parameters")) {
                    chosen.add(new Said(name, value.line));
                }
                code |= CODE.contains(name) && !key.equals("parameters");
                if (name.equals("uri") && value.text().equals("direct")) {
                    String target = yaml.get("parameters").get("name").text();
                    (key.equals("from") ? from : to).add(new Said("direct:" + target, value.line));
                } else {
                    boolean isSet = key.equals("setProperty") && name.equals("name");
                    visit(value, isSet ? NAME_OF_PROPERTY : name, key.equals("from") && name.equals("uri"));
                }
            });
        }

        private void property(String name, Said value) {
            if (name.equals("mapping")) {
                mappings.add(value);
            } else if (name.equals("source")) {
                sources.add(value);
            }
        }

        private static Start start(RouteYaml from) {
            Map<String, String> parameters = new LinkedHashMap<>();
            from.get("parameters").entries().forEach((name, value) -> parameters.put(name, value.text()));
            return new Start(from.get("uri").text(), parameters, from.get("uri").line);
        }

        private void scalar(RouteYaml yaml, String key, boolean begins) {
            Said said = said(yaml);
            if (!key.equals(NAME_OF_PROPERTY)) {
                texts.add(said.text());
            }
            if (said.text().contains("{{") && !WORDS.contains(key)) {
                open.add(said);
            }
            if (begins || key.equals("from")) {
                from.add(said);
                if (key.equals("from")) {
                    starts.add(new Start(said.text(), Map.of(), said.line()));
                }
            } else if (URIS.contains(key) || (said.text().startsWith("direct:") && !WORDS.contains(key))) {
                to.add(said);
            }
        }

        private static Said said(RouteYaml yaml) {
            return new Said(yaml.text(), yaml.line);
        }
    }
}
