package io.waybill.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an account is chosen by, of a document that is refused for other fields. */
public final class ChosenBy {
    private static final String COUNTRY = "/shipTo/country";
    private static final List<String> FIELDS = List.of("/namespace", "/service", "/account", "/parcels", COUNTRY);

    private ChosenBy() {}

    /**
     * An order of these fields alone: namespace, service, account, parcels and the country it goes to.
     *
     * @param wrong all that is wrong with the document; empty where one of these is, for then nobody knows who would be chosen
     */
    public static Optional<Order> of(JsonNode canonical, List<Problem> wrong) {
        boolean isOpen = wrong.stream().anyMatch(problem -> touches(String.valueOf(problem.pointer())));
        return isOpen ? Optional.empty() : bound(canonical);
    }

    /** Whether it is one of them, within one, or one is within it. */
    private static boolean touches(String pointer) {
        return !pointer.startsWith("/")
                || FIELDS.stream()
                        .anyMatch(field -> (field + "/").startsWith(pointer + "/") || pointer.startsWith(field + "/"));
    }

    /** Empty where one of very many problems was not told any more, and is of these. */
    private static Optional<Order> bound(JsonNode canonical) {
        ObjectNode given = Given.of(canonical, new ArrayList<>());
        ObjectNode shipTo = Json.mapper().createObjectNode();
        shipTo.set("country", given.at(COUNTRY));
        given.retain("namespace", "service", "account", "parcels");
        given.set("shipTo", shipTo);
        try {
            return Optional.of(Json.mapper().treeToValue(given, Order.class));
        } catch (JsonProcessingException untold) {
            return Optional.empty();
        }
    }
}
