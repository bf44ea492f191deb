package io.waybill.carrier;

import io.waybill.measure.Money;
import io.waybill.text.Shortened;
import org.jspecify.annotations.Nullable;

/**
 * One part of a price as the carrier stated it. Its code and words are cut to what the ledger has room for: no sale is lost over them.
 *
 * @param type one of the canonical types ({@code shipping, fuel_charge, additional_fees, …}), {@code uncategorized} for a code we do not know
 * @param code the carrier's own code, kept beside the canonical word; at most 100 characters
 * @param text the carrier's own words; at most 500 characters
 */
public record Charge(
        String type,
        Money amount,
        @Nullable String code,
        @Nullable String text) {
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_TEXT = 500;

    public Charge {
        code = fitting(LONGEST_CODE, code);
        text = fitting(LONGEST_TEXT, text);
    }

    private static @Nullable String fitting(int most, @Nullable String words) {
        return words == null ? null : Shortened.to(most, words.replace("\0", ""));
    }
}
