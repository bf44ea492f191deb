package io.waybill.rollout;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShadowBook.Unpriced;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks what documents would cost that were only looked at. Rates are asked for, and nothing is bought. */
public final class Pricing {
    private static final int PAGE = 20;

    private final Ledger ledger;
    private final Function<Order, Optional<Price>> prices;

    public Pricing(Ledger ledger, Function<Order, Optional<Price>> prices) {
        this.ledger = ledger;
        this.prices = prices;
    }

    /**
     * One page.
     *
     * @return whether there may be another
     */
    public boolean priceSome() {
        List<Unpriced> rows = ledger.read(tx -> tx.shadows().unpriced(PAGE));
        rows.forEach(this::price);
        return rows.size() == PAGE;
    }

    private void price(Unpriced row) {
        Optional<Price> price = price(row.effective());
        ledger.commitAll(tx -> tx.shadows()
                .price(
                        row,
                        price.map(Price::carrier).orElse(null),
                        price.map(Price::service).orElse(null),
                        price.map(one -> one.total().amount()).orElse(null),
                        price.map(one -> one.total().currency().getCurrencyCode())
                                .orElse(null)));
    }

    private Optional<Price> price(String effective) {
        try {
            return prices.apply(Json.kept(effective, Order.class));
        } catch (ProblemException nobody) {
            return Optional.empty(); // no account takes it by now; the report counts it as not priced
        }
    }
}
