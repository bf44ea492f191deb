package io.waybill.dispatch;

import io.waybill.carrier.Rates.Rate;

/** A price of one account, as it is told. */
public record Quoted(String account, String carrier, Rate rate) {
    static Quoted of(Offer offer) {
        return new Quoted(offer.account().name(), offer.account().carrierId(), offer.rate());
    }
}
