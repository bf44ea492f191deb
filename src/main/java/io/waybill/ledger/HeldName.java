package io.waybill.ledger;

import org.jdbi.v3.core.Handle;

/** A name that one transaction holds at a time, on whichever node, until it ends; what it stands for has no row of its own. */
final class HeldName {
    private HeldName() {}

    /** Waits for whoever holds the name. */
    static void hold(Handle handle, String name) {
        boolean there = handle.createQuery("SELECT name FROM spending_scope WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (!there) {
            handle.createUpdate("INSERT INTO spending_scope (name) VALUES (:name)")
                    .bind("name", name)
                    .execute();
        }
    }
}
