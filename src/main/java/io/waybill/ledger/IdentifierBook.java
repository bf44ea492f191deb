package io.waybill.ledger;

import io.waybill.order.Order;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What other systems call orders, as each order says it now. */
final class IdentifierBook {
    private static final String KEEP = """
            INSERT INTO order_identifier (order_uid, ordinal, id_system, id_type, id_value)
            VALUES (:id, :ordinal, :system, :type, :value)""";

    private final Handle handle;

    IdentifierBook(Handle handle) {
        this.handle = handle;
    }

    /** Those of orders that begin. */
    void keep(List<String> orders, List<OrderBook.Revision> revisions) {
        Sql kept = Sql.of(handle, KEEP);
        for (int i = 0; i < orders.size(); i++) {
            add(kept, orders.get(i), revisions.get(i).identifiers());
        }
        kept.write();
    }

    void replace(String order, List<Order.Identifier> identifiers) {
        handle.createUpdate("DELETE FROM order_identifier WHERE order_uid = :id")
                .bind("id", order)
                .execute();
        Sql kept = Sql.of(handle, KEEP);
        add(kept, order, identifiers);
        kept.write();
    }

    private static void add(Sql batch, String order, List<Order.Identifier> identifiers) {
        for (int i = 0; i < identifiers.size(); i++) {
            batch.bind("id", order)
                    .bind("ordinal", i)
                    .bind("system", identifiers.get(i).system())
                    .bind("type", identifiers.get(i).type())
                    .bind("value", identifiers.get(i).value())
                    .add();
        }
    }
}
