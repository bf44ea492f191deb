package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
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

    boolean isText() {
        return node instanceof ScalarNode;
    }

    /** A text with its line. */
    Said said() {
        return new Said(text(), line);
    }

    /** Notes that it was seen; false where it was before, by an alias, or where there is nothing. */
    boolean isNew(Set<Node> seen) {
        return node != null && seen.add(node);
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
}
