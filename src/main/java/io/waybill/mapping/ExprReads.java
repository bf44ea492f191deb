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

    /** What {@code .} stands for, and each variable. */
    private record Environment(Set<AccessPath> current, Map<String, Set<AccessPath>> variables) {
        Environment at(Set<AccessPath> other) {
            return new Environment(other, variables);
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
        reads.whole(reads.last(whole.getChildren(), new Environment(Set.of(new AccessPath(false)), Map.of())));
        return reads;
    }

    Set<Read> all() {
        return all;
    }

    /** Each field it names, where it can be said of what. */
    Set<Read> named() {
        return named;
    }

    private void whole(Set<AccessPath> ways) {
        ways.stream().flatMap(way -> way.reads(true)).forEach(all::add);
    }

    private void asked(Set<AccessPath> ways) {
        ways.stream().flatMap(way -> way.reads(false)).forEach(all::add);
    }

    /** Where what these answer in the end stands; of others but the last, which are no variables, all is read. */
    private Set<AccessPath> last(List<ExpressionNode> nodes, Environment here) {
        Map<String, Set<AccessPath>> variables = new HashMap<>(here.variables());
        Environment known = new Environment(here.current(), variables);
        Set<AccessPath> last = Set.of();
        for (ExpressionNode node : nodes) {
            if (node instanceof LetExpression let) {
                variables.put(let.getVariable(), last(let.getChildren(), known));
            } else {
                whole(last);
                last = ways(node, known);
            }
        }
        return last;
    }

    private Set<AccessPath> ways(ExpressionNode node, Environment here) {
        List<ExpressionNode> parts = node.getChildren();
        if (node instanceof VariableExpression variable) {
            boolean root = variable.getVariable().equals("root");
            return here.variables()
                    .getOrDefault(variable.getVariable(), root ? Set.of(new AccessPath(true)) : Set.of());
        }
        if (node instanceof DotExpression) {
            String before = parts.isEmpty() ? "" : parts.get(0).toString();
            Set<AccessPath> from = parts.isEmpty() ? here.current() : ways(parts.get(0), here);
            return named(from, node.toString().substring(before.length() + 1));
        }
        if (node instanceof ArraySlicer) {
            whole(last(parts.subList(1, parts.size()), here));
            boolean one = !slices && parts.size() == 2;
            return numbered(ways(parts.get(0), here), one ? parts.get(1).toString() : "");
        }
        if (node instanceof PipeOperator pipe) {
            return ways(pipe.getRight(), here.at(ways(pipe.getLeft(), here)));
        }
        if (node instanceof ForExpression) {
            return forEach(parts, here);
        }
        if (node instanceof IfExpression) {
            return either(parts, here);
        }
        if (node instanceof ArrayExpression) {
            return any(oneOf(union(parts, here)));
        }
        if (node instanceof AndOperator || node instanceof OrOperator || isOfNull(node, parts)) {
            asked(union(parts, here));
            return Set.of();
        }
        if (node instanceof AbstractInvocationExpression) {
            return called(node.toString().replaceFirst("(?s)\\(.*", ""), parts, here);
        }
        whole(node instanceof MatcherExpression ? here.current() : Set.of());
        whole(last(parts, here));
        return Set.of();
    }

    private Set<AccessPath> named(Set<AccessPath> from, String name) {
        if (name.isEmpty()) {
            return from;
        }
        Set<AccessPath> to = new LinkedHashSet<>();
        for (AccessPath way : from) {
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

    private static Set<AccessPath> numbered(Set<AccessPath> from, String index) {
        return !INDEX.matcher(index).matches()
                ? any(from)
                : from.stream()
                        .map(way -> way.any() ? way : way.to(Kind.LIST, Integer.valueOf(index)))
                        .collect(Collectors.toSet());
    }

    private static Set<AccessPath> any(Set<AccessPath> ways) {
        return ways.stream().map(AccessPath::anyOf).collect(Collectors.toSet());
    }

    private static Set<AccessPath> oneOf(Set<AccessPath> ways) {
        return ways.stream().map(AccessPath::oneOf).collect(Collectors.toSet());
    }

    private Set<AccessPath> union(List<ExpressionNode> parts, Environment here) {
        Set<AccessPath> union = new LinkedHashSet<>();
        parts.forEach(part -> union.addAll(ways(part, here)));
        return union;
    }

    /** @param parts variables, what is gone through, what is made of each, and perhaps a condition */
    private Set<AccessPath> forEach(List<ExpressionNode> parts, Environment here) {
        List<ExpressionNode> lets = lets(parts, 0);
        List<ExpressionNode> rest = parts.subList(lets.size(), parts.size());
        Set<AccessPath> each =
                ways(rest.get(0), here).stream().flatMap(AccessPath::each).collect(Collectors.toSet());
        asked(rest.size() < 3 ? Set.of() : last(with(lets, rest.get(2)), here.at(each)));
        return any(last(with(lets, rest.get(1)), here.at(each)));
    }

    /** @param parts a condition, variables, what holds under it, and perhaps variables and what else holds */
    private Set<AccessPath> either(List<ExpressionNode> parts, Environment here) {
        asked(ways(parts.get(0), here));
        Set<AccessPath> either = new LinkedHashSet<>();
        for (int at = 1; at < parts.size(); at++) {
            List<ExpressionNode> lets = lets(parts, at);
            at += lets.size();
            either.addAll(at < parts.size() ? last(with(lets, parts.get(at)), here) : Set.of());
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

    private Set<AccessPath> called(String function, List<ExpressionNode> parts, Environment here) {
        Set<AccessPath> said = union(parts, here);
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
