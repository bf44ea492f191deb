package io.waybill.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that was asked for one row more than it shows: so it is known whether another page comes.
 *
 * @param rows of this page
 * @param hasNext whether there is anything behind them
 */
record Paged<T>(List<T> rows, boolean hasNext) {
    /** @param asked the rows that were found, one more than {@code size} at most */
    static <T> Paged<T> of(List<T> asked, int size) {
        boolean hasNext = asked.size() > size;
        return new Paged<>(hasNext ? asked.subList(0, size) : asked, hasNext);
    }

    /**
     * Where the page after it begins; null of the last.
     *
     * @param cursor what leads behind a row
     */
    @Nullable
    String next(Function<? super T, String> cursor) {
        return hasNext ? cursor.apply(rows.get(rows.size() - 1)) : null;
    }
}
