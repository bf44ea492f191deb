package io.waybill.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads canonical JSON into records and writes it back. A document is taken whole or refused with every field that is
 * wrong; a null or a blank text means "not given". Safe for many threads.
 */
public final class Orders {
    private static final int MOST_PROBLEMS = 1000;

    /**
     * One JSON object; numbers are exact.
     *
     * @throws ProblemException {@code truncated-json}, {@code not-json}, … with line and column
     */
    public JsonNode parse(byte[] json) {
        return parse(new ByteArrayInputStream(json));
    }

    /**
     * One JSON object, read to the end and closed.
     *
     * @throws ProblemException as {@link #parse(byte[])}
     */
    public JsonNode parse(InputStream json) {
        return JsonText.object(json);
    }

    /**
     * An order from {@code order/1}. A state is normalised to its postal key: {@code Texas} → {@code TX}.
     *
     * @throws ProblemException one problem for each bad field, at most 1000
     */
    public Order read(JsonNode canonical) {
        return order(canonical, Rules.ORDER);
    }

    /**
     * An order that is in, or a change of one: a letter that it lost before lost letters were refused stays lost.
     *
     * @throws ProblemException as {@link #read}, but for {@code lost-character}
     */
    public Order readKept(JsonNode canonical) {
        return order(canonical, Rules.KEPT_ORDER);
    }

    private static Order order(JsonNode canonical, List<Rules.Rule> rules) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode given = check("order/1", canonical, rules, problems);
        refuse(problems);
        Addresses.normalise(given);
        return bind(given, Order.class);
    }

    /** Every problem of a canonical order; empty when {@link #read} would take it. */
    public List<Problem> check(JsonNode canonical) {
        List<Problem> problems = new ArrayList<>();
        check("order/1", canonical, Rules.ORDER, problems);
        return onePerField(problems);
    }

    /**
     * What was packed, from {@code packing/1}.
     *
     * @throws ProblemException one problem for each bad field
     */
    public Packing readPacking(JsonNode canonical) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode given = check("packing/1", canonical, Rules.PACKING, problems);
        refuse(problems);
        return bind(given, Packing.class);
    }

    /**
     * A label bought elsewhere, from {@code shipment-import/1}.
     *
     * @throws ProblemException one problem for each bad field
     */
    public OutsideLabel readOutsideLabel(JsonNode canonical) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode given = check("shipment-import/1", canonical, Rules.OUTSIDE, problems);
        refuse(problems);
        return bind(given, OutsideLabel.class);
    }

    /** A {@code tracking-event/1} document, checked and without what says nothing. */
    public JsonNode readTrackingEvent(JsonNode canonical) {
        List<Problem> problems = new ArrayList<>();
        ObjectNode given = check("tracking-event/1", canonical, Rules.TRACKING, problems);
        refuse(problems);
        return given;
    }

    /** Canonical JSON: {@code read(write(order))} equals the order. */
    public JsonNode write(Order order) {
        return Json.mapper().valueToTree(order);
    }

    /** {@link #write} as text. */
    public static String text(Order order) {
        return Json.text(order);
    }

    /** A shipped JSON Schema: one of {@link Schemas#NAMES}. */
    public JsonNode schema(String name) {
        return Schemas.named(name).getSchemaNode().deepCopy();
    }

    private static ObjectNode check(String schema, JsonNode document, List<Rules.Rule> rules, List<Problem> problems) {
        if (!document.isObject()) {
            throw new ProblemException(Problem.of(OrderCode.NOT_AN_OBJECT, "type", Seen.type(document)));
        }
        ObjectNode given = Given.of(document, problems);
        Schemas.named(schema).validate(given).forEach(message -> problems.add(FieldProblems.of(message)));
        Rules.EVERYWHERE.forEach(rule -> rule.check(given, problems::add));
        rules.forEach(rule -> rule.check(given, problems::add));
        return given;
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(onePerField(problems));
        }
    }

    /** The first problem of each field; what was found first is the more basic. */
    private static List<Problem> onePerField(List<Problem> problems) {
        Set<String> fields = new HashSet<>();
        return problems.stream()
                .filter(problem -> fields.add(String.valueOf(problem.pointer())))
                .limit(MOST_PROBLEMS)
                .toList();
    }

    private static <T> T bind(JsonNode valid, Class<T> type) {
        try {
            return Json.mapper().treeToValue(valid, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema let through what " + type.getSimpleName() + " cannot hold", e);
        }
    }
}
