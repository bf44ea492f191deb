package io.waybill.ledger;

/** Makes a commit that has returned survive a kill and a power cut. */
interface Durability extends AutoCloseable {
    /** Returns when every commit made before this call is on disk. */
    void settle();

    @Override
    void close();

    /** PostgreSQL with {@code synchronous_commit=on} has done it already when a commit returns. */
    Durability BY_THE_DATABASE = new Durability() {
        @Override
        public void settle() {}

        @Override
        public void close() {}
    };
}
