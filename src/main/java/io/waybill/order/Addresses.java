package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.measure.Country;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks addresses by the rules of their country, which come from libaddressinput. Refuses only what is surely wrong: a
 * country without rules is not checked, and a state is only doubted where all of them are known.
 */
public final class Addresses {
    static final List<String> FIELDS = List.of("shipFrom", "shipTo");

    private Addresses() {}

    /** Every problem of an address, each at the pointer of its field. */
    public static List<Problem> check(Address address, String pointer) {
        List<Problem> problems = new ArrayList<>();
        if (isBlank(address.name()) && isBlank(address.company())) {
            problems.add(Problem.of(OrderCode.NAME_OR_COMPANY).at(pointer + "/name"));
        }
        AddressRules.of(address.country()).ifPresent(rules -> {
            require(rules, 'C', "city", address.city(), pointer, problems);
            require(rules, 'S', "state", address.state(), pointer, problems);
            require(rules, 'Z', "postalCode", address.postalCode(), pointer, problems);
            Optional<State> state = stateOf(rules, address);
            checkState(rules, address, state, pointer, problems);
            checkPostalCode(rules, address, state, pointer, problems);
        });
        return problems;
    }

    /** The same of an order with these problems: an address that one of them is about is not judged by the rest of it. */
    public static List<Problem> checkBeside(List<Problem> known, JsonNode order) {
        return FIELDS.stream()
                .filter(field -> order.path(field).isObject())
                .map(field -> "/" + field)
                .filter(pointer -> known.stream().noneMatch(problem -> isWithin(problem, pointer)))
                .flatMap(pointer -> check(of(order.at(pointer)), pointer).stream())
                .toList();
    }

    private static boolean isWithin(Problem problem, String pointer) {
        return (problem.pointer() + "/").startsWith(pointer + "/");
    }

    /** Writes the states of a valid order's addresses by their postal key: {@code Texas}, {@code US-TX} → {@code TX}. */
    static void normalise(ObjectNode order) {
        for (String field : FIELDS) {
            if (order.get(field) instanceof ObjectNode address) {
                Address known = of(address);
                AddressRules.of(known.country())
                        .flatMap(rules -> stateOf(rules, known))
                        .filter(State::latin)
                        .ifPresent(state -> address.put("state", state.key()));
            }
        }
    }

    /** Whether this is a country's alpha-2 code, in ISO 3166-1 or (XK, AC, TA) used by the posts. */
    public static boolean knows(String country) {
        return AddressRules.of(country).isPresent()
                || Country.read(country)
                        .filter(known -> known.alpha2().equals(country))
                        .isPresent();
    }

    /** What a tree says of an address, as far as it is text. */
    static Address of(JsonNode node) {
        return new Address(
                text(node, "name"),
                text(node, "company"),
                node.path("line1").asText(),
                null,
                null,
                text(node, "city"),
                text(node, "state"),
                text(node, "postalCode"),
                node.path("country").asText(),
                null,
                null,
                null,
                null);
    }

    private static void require(
            AddressRules rules,
            char part,
            String field,
            @Nullable String value,
            String pointer,
            List<Problem> problems) {
        if (rules.requires(part) && isBlank(value)) {
            problems.add(Problem.of(OrderCode.MISSING_ADDRESS_FIELD, "field", field, "country", rules.country())
                    .at(pointer + "/" + field));
        }
    }

    private static void checkState(
            AddressRules rules, Address address, Optional<State> known, String pointer, List<Problem> problems) {
        String state = address.state();
        if (state == null || isBlank(state) || known.isPresent() || !rules.knowsAllStates()) {
            return;
        }
        Problem problem = Problem.of(OrderCode.UNKNOWN_STATE, "value", Seen.text(state), "country", rules.country());
        problems.add(nearest(rules, state)
                .map(near -> problem.with("near", near))
                .orElse(problem)
                .at(pointer + "/state"));
    }

    private static Optional<String> nearest(AddressRules rules, String state) {
        List<String> words = rules.states().stream()
                .flatMap(known -> known.words().stream())
                .filter(word -> word.length() > 3)
                .sorted()
                .toList();
        return Suggestion.of(state, words).flatMap(rules::state).map(State::key);
    }

    private static void checkPostalCode(
            AddressRules rules, Address address, Optional<State> known, String pointer, List<Problem> problems) {
        String code = address.postalCode();
        if (code == null || isBlank(code)) {
            return;
        }
        String field = pointer + "/postalCode";
        if (!rules.takesPostalCode(code)) {
            problems.add(examples(
                            Problem.of(OrderCode.BAD_POSTAL_CODE, "value", Seen.text(code), "country", rules.country()),
                            rules.postalCodeExamples())
                    .at(field));
            return;
        }
        known.filter(state -> rules.contradicts(state, code))
                .ifPresent(state -> problems.add(examples(
                                Problem.of(
                                        OrderCode.POSTAL_CODE_NOT_IN_STATE,
                                        "value",
                                        Seen.text(code),
                                        "state",
                                        state.key()),
                                state.postalCodeExamples())
                        .at(field)));
    }

    private static Problem examples(Problem problem, String examples) {
        return examples.isEmpty() ? problem : problem.with("examples", examples);
    }

    private static Optional<State> stateOf(AddressRules rules, Address address) {
        String state = address.state();
        return state == null ? Optional.empty() : rules.state(state);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }
}
