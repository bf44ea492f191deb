package io.waybill.ledger;

import java.util.Map;

/**
 * This node among those of one database. A <em>duty</em> is what one of them does at a time: a folder to read, a clock to
 * go by. Who has it keeps it until it stops, dies, falls silent or stands down; then another takes it. A duty spares double
 * work and does not hold the promise: whoever has lost one without knowing does nothing that the ledger would not refuse or find done.
 */
public interface Membership extends AutoCloseable {
    /** The only node there is, on the embedded database. */
    static Membership alone(String name, String version) {
        return new Membership() {
            @Override
            public boolean has(String duty) {
                return true;
            }

            @Override
            public boolean isMember() {
                return true;
            }

            @Override
            public Map<String, String> living() {
                return Map.of(name, version);
            }

            @Override
            public void standDown() {}

            @Override
            public void standUp() {}

            @Override
            public void close() {}
        };
    }

    /** Whether the duty is this node's now; asked before each turn. It is taken when nobody has it. */
    boolean has(String duty);

    /** Whether the others know that this node lives. A node that is not a member claims nothing. */
    boolean isMember();

    /** The version of each node that lived some seconds ago, by name. */
    Map<String, String> living();

    /** Gives every duty back and takes none: another node can do it better now. */
    void standDown();

    /** Takes duties again. */
    void standUp();

    /** Leaves: what is still claimed is taken over by the others at once. */
    @Override
    void close();
}
