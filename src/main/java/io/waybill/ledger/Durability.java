package io.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes a commit that has returned survive a kill and a power cut. */
interface Durability extends AutoCloseable {
    /** Returns when the commit is on disk. */
    @FunctionalInterface
    interface Settling {
        /** @throws IllegalStateException when it may not be */
        void settle();
    }

    /** What the commit on this connection is to wait for afterwards; asked before it is made. */
    Settling of(Connection connection) throws SQLException;

    @Override
    void close();

    /** PostgreSQL with {@code synchronous_commit=on} has done it already when a commit returns. */
    Durability BY_THE_DATABASE = new Durability() {
        @Override
        public Settling of(Connection connection) {
            return () -> {};
        }

        @Override
        public void close() {}
    };
}
