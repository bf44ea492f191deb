package io.waybill.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A carrier's form of invoice, written from its published layout by the places of its columns or elements: apart from what reads
 * it. Each invoice states what its rows come to.
 */
abstract class Paper {
    static final String OTHER_ACCOUNT = "0000ZZZZZZ";

    private final Map<String, BigDecimal> totals = new LinkedHashMap<>();
    final List<Row> rows = new ArrayList<>();

    /** What is charged. */
    enum What {
        TRANSPORT,
        FUEL,
        EXTRA,
        WEIGHT,
        RESIDENTIAL,
        ADDRESS,
        ZONE,
        RETURN,
        CREDIT,
        DUTY,
        TAX,
        FEE
    }

    /** @param list before the discount, of the transport; else null */
    record Item(What what, BigDecimal amount, @Nullable BigDecimal list) {
        static Item of(What what, BigDecimal amount) {
            return new Item(what, amount, null);
        }
    }

    /**
     * What is said of a parcel and charged for it at once.
     *
     * @param tracking empty for a fee of the account
     */
    record Row(
            String invoice,
            String tracking,
            LocalDate shipped,
            @Nullable LocalDate delivered,
            boolean otherAccount,
            String entered,
            String billed,
            boolean leastWeight,
            String zone,
            List<Item> items) {
        BigDecimal sum() {
            return items.stream().map(Item::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** The layout it is read by. */
    abstract String layout();

    /** The account number that is ours, or null where the layout names none. */
    abstract @Nullable String number();

    /** How the contract names the extra, and the service. */
    abstract String extraCode();

    abstract String service();

    /** What this layout has no words for. */
    abstract Set<Plant> cannot();

    /** Whether each parcel is an invoice of its own. */
    boolean isOneInvoiceEach() {
        return false;
    }

    abstract byte[] bytes();

    void add(Row row) {
        rows.add(row);
        totals.merge(row.invoice(), row.sum(), BigDecimal::add);
    }

    /** What each invoice states. */
    Map<String, BigDecimal> totals() {
        return totals;
    }

    static String plain(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }

    /** Cells by their places, from 1. */
    static String[] blank(int columns) {
        String[] cells = new String[columns];
        Arrays.fill(cells, "");
        return cells;
    }
}
