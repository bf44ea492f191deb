package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The shipments of a bill, by everything they are known by; a line is added to the one it names. */
final class BilledShipments {
    private final Map<String, BilledShipment> byNumber = new HashMap<>();
    private final Map<String, Set<BilledShipment>> byReference = new HashMap<>();
    private final Set<BilledShipment> all = new LinkedHashSet<>();
    private final LinesSum ofNone = new LinesSum();

    void add(InvoiceLine line) {
        List<String> references = MatchRule.CUSTOMER_REFERENCE.says(line);
        List<String> numbers = Stream.of(MatchRule.TRACKING_NUMBER, MatchRule.LEAD_NUMBER, MatchRule.ORIGINAL_NUMBER)
                .flatMap(rule -> rule.says(line).stream())
                .toList();
        if (ChargeGroup.of(line) == ChargeGroup.ACCOUNT || (numbers.isEmpty() && references.isEmpty())) {
            ofNone.add(line.amount());
            return;
        }
        BilledShipment shipment = numbers.isEmpty() ? named(references) : numbered(numbers);
        shipment.add(line);
        all.add(shipment);
        references.forEach(reference -> byReference
                .computeIfAbsent(reference, key -> new LinkedHashSet<>())
                .add(shipment));
    }

    private BilledShipment named(List<String> references) {
        return byNumber.computeIfAbsent(
                "\n" + String.join("\n", references), key -> new BilledShipment(references.get(0)));
    }

    private BilledShipment numbered(List<String> numbers) {
        List<String> plain = numbers.stream().map(Numbers::plain).toList();
        BilledShipment shipment = plain.stream()
                .map(byNumber::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> new BilledShipment(numbers.get(0)));
        plain.forEach(number -> byNumber.putIfAbsent(number, shipment));
        return shipment;
    }

    /** Each once, in the order of the bill. */
    Set<BilledShipment> all() {
        return Collections.unmodifiableSet(all);
    }

    /** The lines that name none. */
    LinesSum ofNone() {
        return ofNone;
    }

    boolean haveReferences() {
        return !byReference.isEmpty();
    }

    /** Those of an order, by its number and by what else is known of it. */
    Set<BilledShipment> of(String orderId, Collection<String> others) {
        Set<BilledShipment> found = new LinkedHashSet<>(byReference.getOrDefault(orderId, Set.of()));
        others.forEach(other -> {
            BilledShipment numbered = byNumber.get(Numbers.plain(other));
            if (numbered != null) {
                found.add(numbered);
            }
        });
        return found;
    }
}
