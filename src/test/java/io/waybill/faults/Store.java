package io.waybill.faults;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Where a site's hub keeps its ledger, and the wire between them. */
interface Store extends AutoCloseable {
    String name();

    /** What the hub's process is told of it. */
    Map<String, String> environment();

    /** The wire to a database that is a process of its own; an embedded one has none. */
    default Wire wire() {
        throw new IllegalStateException(name() + " is embedded");
    }

    default boolean hasWire() {
        return false;
    }

    @Override
    default void close() {}

    static Store h2() {
        return new Store() {
            @Override
            public String name() {
                return "h2";
            }

            @Override
            public Map<String, String> environment() {
                return Map.of();
            }
        };
    }

    /** A fresh database on a PostgreSQL of this test's own. */
    static Store postgresql() throws IOException {
        Database database = Stores.postgres();
        URI server = URI.create(database.url().substring("jdbc:".length()));
        Wire wire = new Wire(server.getPort());
        return new Store() {
            @Override
            public String name() {
                return "postgresql";
            }

            @Override
            public Map<String, String> environment() {
                return Map.of(
                        "WAYBILL_DB_URL", "jdbc:postgresql://127.0.0.1:" + wire.port() + server.getPath(),
                        "WAYBILL_DB_USER", database.user(),
                        "WAYBILL_DB_PASSWORD", database.password());
            }

            @Override
            public Wire wire() {
                return wire;
            }

            @Override
            public boolean hasWire() {
                return true;
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }
}
