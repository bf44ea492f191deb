package io.waybill.dispatch;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prices of every account and service for one order, none of them bought.
 *
 * @param id under which the prices are kept
 * @param cheapest the lowest price, or null when nobody can take it; so with the others
 * @param fastest the fewest transit days, then the lowest price
 * @param today what the rule would choose that was asked about, or null when it finds no price
 * @param best the lowest price after {@code dayWorth} percent of the cheapest price for each transit day
 */
public record Compared(
        String id,
        List<Quoted> quotes,
        @Nullable Quoted cheapest,
        @Nullable Quoted fastest,
        @Nullable Quoted best,
        @Nullable Quoted today,
        BigDecimal dayWorth) {}
