package io.waybill.batch;

import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import java.util.List;
import java.util.function.BiConsumer;

/** The door by which a person calls an order off. */
@FunctionalInterface
public interface CallingOff {
    /**
     * Calls off, in one transaction, those of these orders of which nothing is bought or being bought; the others go on.
     *
     * @param said hears of each that is called off, within the transaction
     */
    void callOff(List<String> orders, Why why, BiConsumer<Tx, String> said);

    /**
     * @param batch that is stopped
     * @param scope whose orders alone are called off
     * @param by who stopped it
     */
    record Why(String batch, Namespaces scope, String by) {}
}
