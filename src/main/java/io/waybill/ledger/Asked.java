package io.waybill.ledger;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the database answers: known at once, or, asked within {@link Tx#together}, when that is over. */
public final class Asked<T> {
    private final Supplier<T> answer;
    private @Nullable T known;

    Asked(Supplier<T> answer) {
        this.answer = answer;
    }

    /** What need not be asked. */
    public static <T> Asked<T> answered(T known) {
        return new Asked<>(() -> known);
    }

    /** What is made of the answer once it is wanted. */
    public <U> Asked<U> map(Function<? super T, ? extends U> made) {
        return new Asked<>(() -> made.apply(get()));
    }

    /** @throws IllegalStateException while it is not answered yet */
    public T get() {
        if (known == null) {
            known = answer.get();
        }
        return known;
    }
}
