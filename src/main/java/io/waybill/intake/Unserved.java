package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.ChosenBy;
import io.waybill.order.Content;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a document that is refused asks for and nobody here can serve, told beside its other problems: whoever corrects it shall
 * not hear of that only in the next answer.
 */
record Unserved(SourceSettings source, Planner planner) {
    private static final String NAMESPACE = "/namespace";
    private static final String SHIP_DATE = "/options/shipDate";

    /** These, and of each field that is not among them what cannot be served. */
    List<Problem> beside(List<Problem> told, JsonNode canonical) {
        Set<String> fields =
                told.stream().map(problem -> String.valueOf(problem.pointer())).collect(Collectors.toSet());
        List<Problem> all = new ArrayList<>(told);
        Consumer<Problem> add = problem -> {
            if (fields.add(String.valueOf(problem.pointer()))) {
                all.add(problem);
            }
        };
        if (source.shipFrom() == null && Content.saysNothing(canonical.path("shipFrom"))) {
            add.accept(source.noSender());
        }
        String account = canonical.path("account").asText("");
        if (!account.isBlank() && !fields.contains(NAMESPACE)) {
            planner.unknown(account, source.namespaceOf(canonical)).ifPresent(add);
        }
        ChosenBy.of(canonical, told)
                .flatMap(order -> planner.unsold(Defaults.apply(order, source, null)))
                .ifPresent(add);
        if (waitsForItsDay(canonical) && Content.saysNothing(canonical.at(SHIP_DATE))) {
            add.accept(Problem.of(OrderCode.MISSING_FIELD, "field", "shipDate").at(SHIP_DATE));
        }
        return all;
    }

    /** One that lacks a weight waits for that first. */
    private boolean waitsForItsDay(JsonNode canonical) {
        String own = canonical.path("release").asText("");
        JsonNode parcels = canonical.path("parcels");
        return "shipDate".equals(own.isBlank() ? source.release() : own)
                && !parcels.isEmpty()
                && children(parcels).allMatch(parcel -> !Content.saysNothing(parcel.path("weight")));
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
