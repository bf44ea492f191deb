package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The key that a body asks for: {@code {name, scopes, source, namespaces}}, or {@code {name, role, namespaces}} for a person.
 * Namespaces that are left out are all; anything else that would be more than was meant is refused. {@code validFor},
 * {@code 90d} or {@code 12h}, ends it by itself.
 */
final class KeyWish {
    private static final List<String> OF_A_SYSTEM = List.of("name", "scopes", "source", "namespaces", "validFor");
    private static final List<String> OF_A_PERSON = List.of("name", "role", "namespaces", "validFor");
    private static final Pattern VALID_FOR = Pattern.compile("([1-9]\\d{0,3})([hd])");

    private KeyWish() {}

    static NewKey read(JsonNode body) {
        String role = Fields.text(body, "role");
        NewKey wanted = role.isEmpty() ? ofSystem(body) : ofPerson(body, role);
        return validFor(body).map(wanted::validFor).orElse(wanted);
    }

    private static NewKey ofSystem(JsonNode body) {
        Fields.requireAmong(body, OF_A_SYSTEM);
        return new NewKey(
                Fields.text(body, "name"),
                Optional.empty(),
                at(
                        "/scopes",
                        () -> Fields.texts(body, "scopes").stream()
                                .map(Scope::of)
                                .collect(Collectors.toUnmodifiableSet())),
                Optional.of(Fields.text(body, "source")).filter(source -> !source.isEmpty()),
                namespaces(body),
                Optional.empty());
    }

    private static NewKey ofPerson(JsonNode body, String role) {
        Fields.requireAmong(body, OF_A_PERSON);
        return NewKey.forPerson(Fields.text(body, "name"), at("/role", () -> Role.of(role)), namespaces(body));
    }

    /** What is refused of a field is told with it. */
    static <T> T at(String pointer, Supplier<T> field) {
        try {
            return field.get();
        } catch (ProblemException e) {
            throw new ProblemException(e.problems().stream()
                    .map(problem -> problem.pointer() == null ? problem.at(pointer) : problem)
                    .toList());
        }
    }

    private static Namespaces namespaces(JsonNode body) {
        Set<String> names = Fields.texts(body, "namespaces");
        if (names.isEmpty() && body.has("namespaces")) {
            throw bad("namespaces", "[]", "[\"acme\"]");
        }
        return names.isEmpty() ? Namespaces.ALL : Namespaces.of(names);
    }

    private static Optional<Duration> validFor(JsonNode body) {
        String said = Fields.text(body, "validFor");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = VALID_FOR.matcher(said);
        if (!matcher.matches()) {
            throw bad("validFor", said, "12h, 90d");
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(matcher.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count));
    }

    private static ProblemException bad(String field, String value, String legal) {
        return new ProblemException(
                Problem.of(OrderCode.BAD_VALUE, "value", value, "legal", legal).at("/" + field));
    }
}
