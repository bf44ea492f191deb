package io.waybill.carrier.declared;

import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.mapping.Mappings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A carrier as its file describes it.
 *
 * @param files hosts that labels may be fetched from, besides the one that is called
 * @param settings what kind of setting each key of an account is
 * @param parcels how many parcels a shipment may have
 * @param latin whether only Latin letters are printed
 * @param labels the formats a label may be asked for
 */
record Description(
        String id,
        String name,
        String api,
        String test,
        String production,
        Set<String> files,
        Map<String, String> settings,
        AuthSpec auth,
        IdempotencyClass idempotency,
        Units units,
        int parcels,
        boolean latin,
        List<String> labels,
        CarrierFacts.Bill bill,
        List<String> lacks,
        Map<Verb, Operation> operations,
        Optional<HookSpec> hook,
        Tables tables,
        Mappings mappings) {

    Optional<Operation> operation(Verb verb) {
        return Optional.ofNullable(operations.get(verb));
    }

    /** What must be there: {@code create}. */
    Operation needed(Verb verb) {
        return operation(verb).orElseThrow();
    }

    /** The call that costs money. */
    Operation purchase() {
        return operation(Verb.CONFIRM).orElseGet(() -> needed(Verb.CREATE));
    }
}
