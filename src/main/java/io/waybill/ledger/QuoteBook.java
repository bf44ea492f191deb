package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Prices that were compared, and which one was chosen by which rule. */
public final class QuoteBook {
    private final Handle handle;

    QuoteBook(Handle handle) {
        this.handle = handle;
    }

    public record Quote(
            String account,
            String carrier,
            String service,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String parts,
            @Nullable Integer days,
            @Nullable LocalDate promised,
            @Nullable String excluded,
            boolean chosen,
            @Nullable String ruleName) {}

    public void keep(String orderUid, String shipment, Quote quote) {
        handle.createUpdate("""
                        INSERT INTO quote (id, shipment_uid, order_uid, account, carrier, service, amount,
                            currency, parts, days, promised,
                            excluded, chosen, rule_name, quoted_at)
                        VALUES (:id, :shipment, :order, :account, :carrier, :service, :amount, :currency,
                            :parts, :days, :promised,
                            :excluded, :chosen, :ruleName, CURRENT_TIMESTAMP)""")
                .bindMethods(quote)
                .bind("id", Ids.next("quo"))
                .bind("shipment", shipment)
                .bind("order", orderUid)
                .execute();
    }

    public List<Quote> of(String shipment) {
        return handle.createQuery("""
                        SELECT account, carrier, service, amount, currency, parts, days, promised, excluded,
                            chosen, rule_name
                        FROM quote
                        WHERE shipment_uid = :id
                        ORDER BY id""")
                .bind("id", shipment)
                .map(ConstructorMapper.of(Quote.class))
                .list();
    }
}
