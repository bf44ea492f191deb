package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A place in a YAML file that knows its line. Text stays text: {@code NO} is Norway, not false. */
public final class Yaml {
    /** More than any mapping needs; what is longer is refused before it is read. */
    private static final int LONGEST = 500_000;

    /** As many as stand in what is no longer than that; an alias counts for all it stands for. */
    private static final int MOST_VALUES = LONGEST;

    /** What the reader says of a value between braces that holds a bracket. */
    private static final String WITHIN_BRACES = "expected ',' or '}'";

    private final Node node;
    private final int line;
    /** The key whose value this is; empty of what has none. */
    private final String key;

    private Yaml(Node node, int line, String key) {
        this.node = node;
        this.line = line;
        this.key = key;
    }

    /** @throws ProblemException {@code BAD_YAML}, with the line */
    public static Yaml read(String file, String text) {
        if (text.length() > LONGEST) {
            throw bad(file, 1, "it has at most " + LONGEST + " characters");
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(40);
        try {
            Node root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
            int unused = values(root, file, new ArrayDeque<>(), 0);
            if (root instanceof MappingNode) {
                return new Yaml(root, 1, "");
            }
            throw bad(file, 1, "it is to be a list of keys and values");
        } catch (YAMLException e) {
            YamlFault fault = YamlFault.of(e, text);
            throw bad(file, fault.line(), fault.reason());
        }
    }

    /**
     * How many there are with these. An alias inside of what it stands for has no end, and a few aliases of many values stand for
     * millions.
     */
    @SuppressWarnings("ReferenceEquality") // equal nodes may well stand within each other
    private static int values(@Nullable Node node, String file, Deque<Node> around, int before) {
        if (before > MOST_VALUES) {
            throw bad(file, line(node), "its aliases stand for more than " + MOST_VALUES + " values");
        }
        if (node == null || node instanceof ScalarNode) {
            return before + 1;
        }
        if (around.stream().anyMatch(outer -> outer == node)) {
            throw bad(file, line(node), "an alias leads back into what it stands for");
        }
        around.push(node);
        int values = before + 1;
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                values = values(item, file, around, values);
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                values = values(entry.getValueNode(), file, around, values(entry.getKeyNode(), file, around, values));
            }
        }
        around.pop();
        return values;
    }

    private static ProblemException bad(String file, int line, String reason) {
        Problem problem = Problem.of(MappingCode.BAD_YAML, "file", file, "line", line, "reason", reason);
        return new ProblemException(
                reason.startsWith(WITHIN_BRACES) ? problem.with("quoted", "\"lines[0].sku\"") : problem);
    }

    public int line() {
        return line;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    /** The scalar as it stands in the file; of a list or a map, its kind. */
    public String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : isList() ? "a list" : "a map";
    }

    /** The items of a list; a single value is a list of one. */
    public List<Yaml> items() {
        return node instanceof SequenceNode list
                ? list.getValue().stream()
                        .map(item -> new Yaml(item, line(item), key))
                        .toList()
                : List.of(this);
    }

    public List<String> texts() {
        return items().stream().map(Yaml::text).toList();
    }

    /** {@link #json()}, at every depth without a key given twice. */
    JsonNode json(Faults faults) {
        tellTwice(faults);
        return json();
    }

    private void tellTwice(Faults faults) {
        if (isMap()) {
            entries(faults).values().forEach(value -> value.tellTwice(faults));
        } else if (isList()) {
            items().forEach(item -> item.tellTwice(faults));
        }
    }

    /** The entries of a map in file order; a value carries the line of its key. A key given twice is a fault. */
    public Map<String, Yaml> entries(Faults faults) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                Yaml name = at(tuple.getKeyNode());
                if (entries.put(name.text(), new Yaml(tuple.getValueNode(), name.line, name.text())) != null) {
                    faults.add(name.line, MappingCode.DUPLICATE_KEY, "key", name.text());
                }
            }
        } else {
            faults.add(line, MappingCode.BAD_VALUE, "key", key, "value", text(), "legal", "key: value");
        }
        return entries;
    }

    /** The value as JSON: true and false, numbers, null and text. */
    public JsonNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
        if (node instanceof SequenceNode list) {
            ArrayNode array = nodes.arrayNode();
            list.getValue().forEach(item -> array.add(at(item).json()));
            return array;
        }
        if (node instanceof MappingNode map) {
            ObjectNode object = nodes.objectNode();
            map.getValue()
                    .forEach(tuple -> object.set(
                            at(tuple.getKeyNode()).text(),
                            at(tuple.getValueNode()).json()));
            return object;
        }
        String text = text();
        if (text.equals("true") || text.equals("false")) {
            return node.getTag().equals(Tag.BOOL) ? nodes.booleanNode(text.equals("true")) : nodes.textNode(text);
        }
        if (node.getTag().equals(Tag.INT) && text.matches("-?(0|[1-9]\\d{0,17})")) {
            return nodes.numberNode(new BigInteger(text).longValue());
        }
        if (node.getTag().equals(Tag.FLOAT) && text.matches("-?\\d{1,18}\\.\\d{1,18}")) {
            return nodes.numberNode(new BigDecimal(text));
        }
        return node.getTag().equals(Tag.NULL) ? nodes.nullNode() : nodes.textNode(text);
    }

    public boolean is(String word) {
        return isText() && text().equals(word);
    }

    private static Yaml at(Node node) {
        return new Yaml(node, line(node), "");
    }

    private static int line(@Nullable Node node) {
        return node == null || node.getStartMark() == null
                ? 1
                : node.getStartMark().getLine() + 1;
    }
}
