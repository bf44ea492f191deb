package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Exact arithmetic for JSLT, which computes in doubles: dec-add, dec-sub and dec-mul of two, dec-sum of a list. Numbers
 * and plain number texts are taken; an empty operand makes the answer null, since a sum with a gap is not a sum.
 */
record DecimalFunction(String name, BinaryOperator<BigDecimal> operation, boolean ofList) implements Function {
    static final List<Function> ALL = List.of(
            new DecimalFunction("dec-add", BigDecimal::add, false),
            new DecimalFunction("dec-sub", BigDecimal::subtract, false),
            new DecimalFunction("dec-mul", (a, b) -> a.multiply(b, MathContext.DECIMAL128), false),
            new DecimalFunction("dec-sum", BigDecimal::add, true));

    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        Iterable<JsonNode> operands = ofList ? list(arguments[0]) : List.of(arguments);
        BigDecimal total = null;
        for (JsonNode operand : operands) {
            if (Values.absent(operand)) {
                return NullNode.getInstance();
            }
            BigDecimal number = Values.number(operand)
                    .orElseThrow(
                            () -> new JsltException(name + ": " + Masked.brief(operand.toString()) + " is no number"));
            total = total == null ? number : operation.apply(total, number);
        }
        return total == null ? NullNode.getInstance() : Values.NODES.numberNode(total);
    }

    private Iterable<JsonNode> list(JsonNode argument) {
        if (argument.isArray() || argument.isNull()) {
            return argument;
        }
        throw new JsltException(name + " wants a list");
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getMinArguments() {
        return ofList ? 1 : 2;
    }

    @Override
    public int getMaxArguments() {
        return ofList ? 1 : 2;
    }
}
