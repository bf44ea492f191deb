package io.waybill.billing;

import io.waybill.text.Shortened;
import org.jspecify.annotations.Nullable;

/**
 * A file of invoices as it is handed over.
 *
 * @param name as its sender calls it; of a long one the beginning
 * @param layout {@code ups | fedex | dhl-express}, or the name of a mapping to {@code invoice-line/1}
 * @param account the hub's name of the account it bills
 * @param currency for a layout that names none; null: the one of the account's contract
 * @param by who hands it over; somebody else approves what it holds
 */
public record Handed(
        String name,
        Content content,
        String layout,
        String account,
        @Nullable String currency,
        String by) {
    /** So much of a file's name is kept. */
    private static final int LONGEST_NAME = 300;

    public Handed {
        name = Shortened.to(LONGEST_NAME, name);
    }

    /** The same under another name. */
    Handed called(String other) {
        return new Handed(other, content, layout, account, currency, by);
    }
}
