package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.text.Meant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is read: {@code billing.phone}, {@code lines[0].sku}, {@code partners[role=WE].name}, {@code .} the element itself,
 * {@code ^.name} from what holds the element, {@code $.name} from the document's root. In rows a column's whole name, dots included.
 */
final class SourcePath {
    /** The name of an element's text beside its attributes. */
    static final String TEXT = "#text";

    private static final String HOLDER = "^";
    private static final String UP = HOLDER + ".";
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[(?:\\d{1,6}|[\\w@#]+=[^\\[\\].]+)])*)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][\\w-]*");
    private static final Pattern INDEX = Pattern.compile("\\[([^\\]]+)]");

    private final String text;
    private final boolean fromRoot;
    private final int ups;
    private final Object[] steps;

    /** @param steps names, indexes (an Integer) and what an element must be ({@link Chosen}) */
    private SourcePath(String text, boolean fromRoot, int ups, List<Object> steps) {
        this.text = text;
        this.fromRoot = fromRoot;
        this.ups = ups;
        this.steps = steps.toArray();
    }

    /** The path, or null when it is not one. */
    static @Nullable SourcePath of(String text, boolean tabular) {
        boolean fromRoot = text.startsWith("$.");
        String rest = fromRoot ? text.substring(2) : text;
        if (rest.isBlank()) {
            return null;
        }
        if (text.equals(".")) {
            return new SourcePath(text, false, 0, List.of());
        }
        return tabular
                ? new SourcePath(text, fromRoot, 0, List.of(Meant.line(rest).intern()))
                : parse(text, fromRoot, rest);
    }

    private static @Nullable SourcePath parse(String text, boolean fromRoot, String path) {
        List<Object> steps = new ArrayList<>();
        String rest = path;
        int ups = 0;
        while (!fromRoot && rest.startsWith(UP)) {
            rest = rest.substring(UP.length());
            ups++;
        }
        for (String part : rest.split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches() || part.equals(HOLDER)) {
                return null;
            }
            steps.add(step.group(1).intern());
            Matcher index = INDEX.matcher(step.group(2));
            while (index.find()) {
                String which = index.group(1);
                steps.add(which.contains("=") ? Chosen.of(which) : Integer.valueOf(which));
            }
        }
        return new SourcePath(text, fromRoot, ups, steps);
    }

    String text() {
        return text;
    }

    /** What is said of a value; of an element of XML that has attributes also by which path its text alone is read. */
    static Object[] beside(JsonNode value, String path, Object... said) {
        if (!value.has(TEXT)) {
            return said;
        }
        boolean known = !path.isEmpty() && !path.contains(", ");
        String text = path.equals(".") ? TEXT : (known ? path : "…") + "." + TEXT;
        return Stream.concat(Stream.of(said), Stream.of("text", text)).toArray();
    }

    boolean fromRoot() {
        return fromRoot;
    }

    /** How many steps up from its element it begins. */
    int ups() {
        return ups;
    }

    /** @throws ThroughList where a name is asked of a list that holds something */
    JsonNode in(Scope scope) {
        JsonNode at = fromRoot ? scope.root() : scope.here(ups);
        for (int i = 0; i < steps.length; i++) {
            JsonNode next = next(at, steps[i]);
            if (next == null) {
                return nothing(at, i);
            }
            at = next;
        }
        return at;
    }

    private JsonNode nothing(JsonNode at, int step) {
        if (at.isArray() && steps[step] instanceof String && !Values.allAbsent(at)) {
            String list = text(0, step);
            String first = list.isEmpty() ? expression() : list + "[0]." + text(step, steps.length);
            throw new ThroughList(text, list, first);
        }
        return MissingNode.getInstance();
    }

    /** What reads of the first where the element itself is a list, which no path does. */
    private String expression() {
        StringBuilder some = new StringBuilder("expr: '.[0]");
        for (int i = 0; i < steps.length && !(steps[i] instanceof Chosen); i++) {
            some.append(steps[i] instanceof String name ? named(name) : "[" + steps[i] + "]");
        }
        return some.append("'").toString();
    }

    /** A step of an expression. */
    static String named(String name) {
        return PLAIN.matcher(name).matches() ? "." + name : ".\"" + name + "\"";
    }

    private String text(int from, int to) {
        String beginning = fromRoot ? "$" : String.join(".", Collections.nCopies(ups, HOLDER));
        StringBuilder some = new StringBuilder(from == 0 ? beginning : "");
        for (Object step : steps().subList(from, to)) {
            String between = some.isEmpty() ? "" : ".";
            some.append(step instanceof String name ? between + name : "[" + step + "]");
        }
        return some.toString();
    }

    /** What an {@code each} goes through: {@code LX.AT7} is every AT7 of every LX. */
    JsonNode elements(Scope scope) {
        return elements(fromRoot ? scope.root() : scope.here(ups), 0);
    }

    /** The same, each with what holds it. */
    List<Held> held(Scope scope) {
        List<Held> all = new ArrayList<>();
        collect(fromRoot ? new Held(scope.root(), null) : scope.held(ups), 0, all);
        return all;
    }

    private void collect(Held from, int first, List<Held> all) {
        Held at = from;
        for (int i = first; i < steps.length; i++) {
            boolean name = steps[i] instanceof String;
            if (name && at.node().isArray()) {
                for (JsonNode one : at.node()) {
                    collect(new Held(one, at.above()), i, all);
                }
                return;
            }
            JsonNode next = next(at.node(), steps[i]);
            if (next == null) {
                return;
            }
            at = new Held(next, name ? at : at.above());
        }
        if (!at.node().isArray()) {
            if (!Values.absent(at.node())) {
                all.add(at);
            }
            return;
        }
        for (JsonNode one : at.node()) {
            all.add(new Held(one, at.above()));
        }
    }

    private JsonNode elements(JsonNode from, int first) {
        JsonNode at = from;
        for (int i = first; i < steps.length; i++) {
            if (steps[i] instanceof String && at.isArray()) {
                return ofEach(at, i);
            }
            JsonNode next = next(at, steps[i]);
            if (next == null) {
                return MissingNode.getInstance();
            }
            at = next;
        }
        return at;
    }

    private ArrayNode ofEach(JsonNode list, int step) {
        ArrayNode all = Values.NODES.arrayNode();
        for (JsonNode one : list) {
            JsonNode found = elements(one, step);
            if (found.isArray()) {
                found.forEach(all::add);
            } else if (!Values.absent(found)) {
                all.add(found);
            }
        }
        return all;
    }

    private static @Nullable JsonNode next(JsonNode at, Object step) {
        if (step instanceof String name) {
            return at instanceof ObjectNode object ? object.get(name) : text(at, name);
        }
        return step instanceof Chosen chosen ? chosen.in(at) : element(at, (Integer) step);
    }

    /** An element of XML that has no attributes is its text. */
    private static @Nullable JsonNode text(JsonNode at, String name) {
        return at instanceof TextNode && name.equals(TEXT) ? at : null;
    }

    /** What is no list is a list of one: XML does not tell one line from a list of one line. */
    private static @Nullable JsonNode element(JsonNode at, int index) {
        return at.isArray() || index > 0 ? at.get(index) : at;
    }

    /**
     * The names from the root, without indexes.
     *
     * @param above of the element it is read in
     */
    String dotted(String above) {
        String own = String.join(".", names());
        String from = fromRoot ? "" : up(above);
        return from.isEmpty() ? own : own.isEmpty() ? from : from + "." + own;
    }

    private String up(String above) {
        String from = above;
        for (int i = 0; i < ups; i++) {
            from = from.substring(0, Math.max(0, from.lastIndexOf('.')));
        }
        return from;
    }

    /** The steps to where it begins, of those that lead to its element. */
    List<Object> beginning(List<Object> above) {
        if (fromRoot) {
            return List.of();
        }
        int left = above.size();
        for (int up = 0; up < ups && left > 0; left--) {
            up += above.get(left - 1) instanceof String ? 1 : 0;
        }
        return above.subList(0, left);
    }

    /** The names on the way, without indexes. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Object step : steps) {
            if (step instanceof String name) {
                names.add(name);
            }
        }
        return names;
    }

    /** Names, indexes (an Integer) and what an element must be ({@link Chosen}). */
    List<Object> steps() {
        return List.of(steps);
    }

    /** The steps that lead to each field an element is chosen by. */
    List<List<Object>> tested() {
        List<List<Object>> tested = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] instanceof Chosen chosen) {
                tested.add(Stream.concat(steps().subList(0, i).stream(), Stream.of(chosen.field()))
                        .toList());
            }
        }
        return tested;
    }
}
