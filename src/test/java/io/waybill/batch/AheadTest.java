package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final Feed FEED =
            new Feed("orders", "erp", "acme", "file", null, Reading.of(Format.JSON), Locale.ENGLISH);

    private final List<String> told = new ArrayList<>();

    @Test
    void documents_are_taken_in_their_order_though_the_next_are_prepared_meanwhile() {
        AtomicInteger prepared = new AtomicInteger();
        List<Integer> aheadOfTaken = Collections.synchronizedList(new ArrayList<>());
        Taker taker = new Taker() {
            @Override
            public List<Taken> takeAll(List<Handed> handed) {
                return prepare(handed).get();
            }

            @Override
            public Supplier<List<Taken>> prepare(List<Handed> handed) {
                prepared.addAndGet(handed.size());
                return () -> {
                    aheadOfTaken.add(prepared.get() - told.size());
                    return handed.stream().map(AheadTest::accepted).toList();
                };
            }
        };

        take(taker, 300, "");

        assertThat(told)
                .isEqualTo(
                        IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toList());
        assertThat(aheadOfTaken)
                .hasSize(5)
                .allSatisfy(held -> assertThat(held).isLessThanOrEqualTo(2 * Taker.TOGETHER));
    }

    @Test
    void what_cannot_be_prepared_keeps_nothing_before_it_out() {
        Taker taker = handed -> {
            if (handed.stream().anyMatch(one -> one.document().ordinal() == 100)) {
                throw new IllegalStateException("not now");
            }
            return handed.stream().map(AheadTest::accepted).toList();
        };

        assertThatThrownBy(() -> take(taker, 300, "")).hasMessage("not now");

        assertThat(told)
                .isEqualTo(
                        IntStream.rangeClosed(1, 99).mapToObj(String::valueOf).toList());
    }

    @Test
    void heavy_documents_go_with_fewer_others() {
        List<Integer> together = new ArrayList<>();
        Taker taker = handed -> {
            together.add(handed.size());
            return handed.stream().map(AheadTest::accepted).toList();
        };

        take(taker, 10, "x".repeat(700_000));

        assertThat(together).containsExactly(3, 3, 3, 1);
    }

    private void take(Taker taker, int documents, String text) {
        try (Ahead ahead = new Ahead(taker, (one, taken) -> told.add(taken.orderId()))) {
            for (int n = 1; n <= documents; n++) {
                Document document = new Document(
                        n, n, n, JsonNodeFactory.instance.objectNode().put("text", text), List.of(), List.of());
                ahead.add(new Taker.Handed(document, new Taker.Context(FEED, "k" + n, null, null, null)));
            }
            ahead.flush();
        }
    }

    private static Taken accepted(Taker.Handed one) {
        String id = String.valueOf(one.document().ordinal());
        return new Taken(Taken.Result.ACCEPTED, id, id, null, List.of());
    }
}
