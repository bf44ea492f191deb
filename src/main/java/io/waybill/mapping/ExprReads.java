package io.waybill.mapping;

import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.impl.AbstractInvocationExpression;
import com.schibsted.spt.data.jslt.impl.AndOperator;
import com.schibsted.spt.data.jslt.impl.ArrayExpression;
import com.schibsted.spt.data.jslt.impl.ArraySlicer;
import com.schibsted.spt.data.jslt.impl.DotExpression;
import com.schibsted.spt.data.jslt.impl.EqualsComparison;
import com.schibsted.spt.data.jslt.impl.ExpressionImpl;
import com.schibsted.spt.data.jslt.impl.ExpressionNode;
import com.schibsted.spt.data.jslt.impl.ForExpression;
import com.schibsted.spt.data.jslt.impl.FunctionDeclaration;
import com.schibsted.spt.data.jslt.impl.IfExpression;
import com.schibsted.spt.data.jslt.impl.LetExpression;
import com.schibsted.spt.data.jslt.impl.LiteralExpression;
import com.schibsted.spt.data.jslt.impl.MatcherExpression;
import com.schibsted.spt.data.jslt.impl.OrOperator;
import com.schibsted.spt.data.jslt.impl.PipeOperator;
import com.schibsted.spt.data.jslt.impl.UnequalsComparison;
import com.schibsted.spt.data.jslt.impl.VariableExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which paths an expression reads. Where that cannot be said exactly it is rather more than less. */
final class ExprReads {
    /** {@code [0 : ]} and {@code [0]} are the same to who looks at what was compiled. */
    private static final Pattern OPEN_SLICE = Pattern.compile("\\[\\s*\\d+\\s*:\\s*]");

    private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

    /** Functions that ask of a value only what kind it is, whether it is there, or how many it holds. */
    private static final Set<String> ASKING = Set.of(
            "boolean",
            "is-array",
            "is-boolean",
            "is-decimal",
            "is-integer",
            "is-number",
            "is-object",
            "is-string",
            "not",
            "size");

    /**
     * @param steps names, indexes and {@link Kind kinds}, from the document's root or from the element
     * @param whole all below it, too; else only whether it is there, or a value that stands there
     */
    record Read(boolean fromRoot, List<Object> steps, boolean whole) {}

    /** What JSLT reads of a place only where a list, or something else, stands there: a name reads nothing of a list. */
    enum Kind {
        LIST,
        OTHER
    }

    /**
     * Where a value stands that nothing was read of yet.
     *
     * @param any one of what is there, and not said which
     * @param pairs what a {@code for} makes of an object, each field a {@code .key} and a {@code .value}
     * @param perhaps what else may stand in its place has names of its own
     */
    private record Way(boolean fromRoot, List<Object> steps, boolean any, boolean pairs, boolean perhaps) {
        Way(boolean fromRoot) {
            this(fromRoot, List.of(), false, false, false);
        }

        /** Where the element itself is a list nobody can say. */
        Way to(Kind kind, Object step) {
            return any || steps.isEmpty() ? with(List.of(step)) : with(List.of(kind, step));
        }

        private Way with(List<Object> more) {
            return new Way(
                    fromRoot, Stream.concat(steps.stream(), more.stream()).toList(), false, false, perhaps);
        }

        Way anyOf() {
            return new Way(fromRoot, steps, true, pairs, perhaps);
        }

        Way oneOf() {
            return new Way(fromRoot, steps, any, pairs, true);
        }

        Stream<Way> each() {
            return any || steps.isEmpty()
                    ? Stream.of(anyOf())
                    : Stream.of(
                            with(List.of(Kind.LIST)).anyOf(),
                            new Way(fromRoot, with(List.of(Kind.OTHER)).steps(), true, true, perhaps));
        }

        /** What has a number is an element of a list, or a letter of a text, which is the text. */
        Stream<Read> reads(boolean whole) {
            Read read = new Read(fromRoot, steps, whole);
            int last = steps.size() - 1;
            if (last < 0 || !(steps.get(last) instanceof Integer)) {
                return Stream.of(read);
            }
            boolean ofKind = last > 0 && steps.get(last - 1) == Kind.LIST;
            List<Object> before = steps.subList(0, ofKind ? last - 1 : last);
            List<Object> text =
                    Stream.concat(before.stream(), Stream.of(Kind.OTHER)).toList();
            return Stream.of(read, new Read(fromRoot, text, whole));
        }
    }

    private final Set<Read> all = new LinkedHashSet<>();
    private final Set<Read> named = new LinkedHashSet<>();
    private final boolean slices;

    private ExprReads(boolean slices) {
        this.slices = slices;
    }

    /** Null where functions are declared: what they read depends on who calls them. */
    static @Nullable ExprReads of(Expression compiled, String text) {
        if (!(compiled instanceof ExpressionImpl whole)
                || whole.getChildren().stream().anyMatch(FunctionDeclaration.class::isInstance)) {
            return null;
        }
        ExprReads reads = new ExprReads(OPEN_SLICE.matcher(text).find());
        reads.whole(reads.last(whole.getChildren(), Set.of(new Way(false)), Map.of()));
        return reads;
    }

    Set<Read> all() {
        return all;
    }

    /** Each field it names, where it can be said of what. */
    Set<Read> named() {
        return named;
    }

    private void whole(Set<Way> ways) {
        ways.stream().flatMap(way -> way.reads(true)).forEach(all::add);
    }

    private void asked(Set<Way> ways) {
        ways.stream().flatMap(way -> way.reads(false)).forEach(all::add);
    }

    /** Where what these answer in the end stands; of others but the last, which are no variables, all is read. */
    private Set<Way> last(List<ExpressionNode> nodes, Set<Way> here, Map<String, Set<Way>> variables) {
        Map<String, Set<Way>> known = new HashMap<>(variables);
        Set<Way> last = Set.of();
        for (ExpressionNode node : nodes) {
            if (node instanceof LetExpression let) {
                known.put(let.getVariable(), last(let.getChildren(), here, known));
            } else {
                whole(last);
                last = ways(node, here, known);
            }
        }
        return last;
    }

    private Set<Way> ways(ExpressionNode node, Set<Way> here, Map<String, Set<Way>> variables) {
        List<ExpressionNode> parts = node.getChildren();
        if (node instanceof VariableExpression variable) {
            boolean root = variable.getVariable().equals("root");
            return variables.getOrDefault(variable.getVariable(), root ? Set.of(new Way(true)) : Set.of());
        }
        if (node instanceof DotExpression) {
            String before = parts.isEmpty() ? "" : parts.get(0).toString();
            Set<Way> from = parts.isEmpty() ? here : ways(parts.get(0), here, variables);
            return named(from, node.toString().substring(before.length() + 1));
        }
        if (node instanceof ArraySlicer) {
            whole(last(parts.subList(1, parts.size()), here, variables));
            boolean one = !slices && parts.size() == 2;
            return numbered(
                    ways(parts.get(0), here, variables), one ? parts.get(1).toString() : "");
        }
        if (node instanceof PipeOperator pipe) {
            return ways(pipe.getRight(), ways(pipe.getLeft(), here, variables), variables);
        }
        if (node instanceof ForExpression) {
            return forEach(parts, here, variables);
        }
        if (node instanceof IfExpression) {
            return either(parts, here, variables);
        }
        if (node instanceof ArrayExpression) {
            return any(oneOf(union(parts, here, variables)));
        }
        if (node instanceof AndOperator || node instanceof OrOperator || isOfNull(node, parts)) {
            asked(union(parts, here, variables));
            return Set.of();
        }
        if (node instanceof AbstractInvocationExpression) {
            return called(node.toString().replaceFirst("(?s)\\(.*", ""), parts, here, variables);
        }
        whole(node instanceof MatcherExpression ? here : Set.of());
        whole(last(parts, here, variables));
        return Set.of();
    }

    private Set<Way> named(Set<Way> from, String name) {
        if (name.isEmpty()) {
            return from;
        }
        Set<Way> to = new LinkedHashSet<>();
        for (Way way : from) {
            if (way.any() && (name.equals("key") || name.equals("value"))) {
                all.add(new Read(way.fromRoot(), way.steps(), true));
            } else if (!way.pairs()) {
                to.add(way.to(Kind.OTHER, name));
            }
        }
        to.stream()
                .filter(way -> !way.perhaps())
                .forEach(way -> named.add(new Read(way.fromRoot(), way.steps(), false)));
        return to;
    }

    private static Set<Way> numbered(Set<Way> from, String index) {
        return !INDEX.matcher(index).matches()
                ? any(from)
                : from.stream()
                        .map(way -> way.any() ? way : way.to(Kind.LIST, Integer.valueOf(index)))
                        .collect(Collectors.toSet());
    }

    private static Set<Way> any(Set<Way> ways) {
        return ways.stream().map(Way::anyOf).collect(Collectors.toSet());
    }

    private static Set<Way> oneOf(Set<Way> ways) {
        return ways.stream().map(Way::oneOf).collect(Collectors.toSet());
    }

    private Set<Way> union(List<ExpressionNode> parts, Set<Way> here, Map<String, Set<Way>> variables) {
        Set<Way> union = new LinkedHashSet<>();
        parts.forEach(part -> union.addAll(ways(part, here, variables)));
        return union;
    }

    /** @param parts variables, what is gone through, what is made of each, and perhaps a condition */
    private Set<Way> forEach(List<ExpressionNode> parts, Set<Way> here, Map<String, Set<Way>> variables) {
        List<ExpressionNode> lets = lets(parts, 0);
        List<ExpressionNode> rest = parts.subList(lets.size(), parts.size());
        Set<Way> each =
                ways(rest.get(0), here, variables).stream().flatMap(Way::each).collect(Collectors.toSet());
        asked(rest.size() < 3 ? Set.of() : last(with(lets, rest.get(2)), each, variables));
        return any(last(with(lets, rest.get(1)), each, variables));
    }

    /** @param parts a condition, variables, what holds under it, and perhaps variables and what else holds */
    private Set<Way> either(List<ExpressionNode> parts, Set<Way> here, Map<String, Set<Way>> variables) {
        asked(ways(parts.get(0), here, variables));
        Set<Way> either = new LinkedHashSet<>();
        for (int at = 1; at < parts.size(); at++) {
            List<ExpressionNode> lets = lets(parts, at);
            at += lets.size();
            either.addAll(at < parts.size() ? last(with(lets, parts.get(at)), here, variables) : Set.of());
        }
        return oneOf(either);
    }

    private static List<ExpressionNode> lets(List<ExpressionNode> parts, int from) {
        return parts.stream()
                .skip(from)
                .takeWhile(LetExpression.class::isInstance)
                .toList();
    }

    private static List<ExpressionNode> with(List<ExpressionNode> lets, ExpressionNode last) {
        List<ExpressionNode> all = new ArrayList<>(lets);
        all.add(last);
        return all;
    }

    private static boolean isOfNull(ExpressionNode node, List<ExpressionNode> parts) {
        return (node instanceof EqualsComparison || node instanceof UnequalsComparison)
                && parts.stream()
                        .anyMatch(part -> part instanceof LiteralExpression
                                && part.toString().equals("null"));
    }

    private Set<Way> called(
            String function, List<ExpressionNode> parts, Set<Way> here, Map<String, Set<Way>> variables) {
        Set<Way> said = union(parts, here, variables);
        if (function.equals("fallback")) {
            return oneOf(said);
        }
        if (function.equals("flatten")) {
            return any(oneOf(said));
        }
        if (ASKING.contains(function)) {
            asked(said);
        } else {
            whole(said);
        }
        return Set.of();
    }
}
