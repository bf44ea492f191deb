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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
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
            public List<Fate> takeAll(List<Handed> handed) {
                return prepare(handed).commit().get();
            }

            @Override
            public Prepared<Fate> prepare(List<Handed> handed) {
                prepared.addAndGet(handed.size());
                return new Prepared<>(Optional.empty(), () -> {
                    aheadOfTaken.add(prepared.get() - told.size());
                    return handed.stream().map(AheadTest::accepted).toList();
                });
            }
        };

        take(taker, 1_200, "");

        assertThat(told)
                .isEqualTo(IntStream.rangeClosed(1, 1_200)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(aheadOfTaken)
                .hasSize(5)
                .allSatisfy(held -> assertThat(held).isLessThanOrEqualTo(4 * Taker.TOGETHER));
    }

    @Test
    void what_cannot_be_prepared_keeps_nothing_before_it_out() {
        Taker taker = handed -> {
            if (handed.stream().anyMatch(one -> one.document().ordinal() == 300)) {
                throw new IllegalStateException("not now");
            }
            return handed.stream().map(AheadTest::accepted).toList();
        };

        assertThatThrownBy(() -> take(taker, 1_200, "")).hasMessage("not now");

        assertThat(told)
                .isEqualTo(
                        IntStream.rangeClosed(1, 299).mapToObj(String::valueOf).toList());
    }

    @Test
    void two_commits_are_under_way_at_once_when_neither_says_anything_of_the_others_orders() {
        CountDownLatch second = new CountDownLatch(1);
        Taker taker = preparing(from -> Optional.of(Set.of("of " + from)), from -> {
            if (from == 1) {
                awaitIt(second);
            } else {
                second.countDown();
            }
        });

        take(taker, 2 * Taker.TOGETHER, "");

        assertThat(told)
                .isEqualTo(IntStream.rangeClosed(1, 2 * Taker.TOGETHER)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @Test
    void what_says_something_of_an_order_waits_until_all_before_it_that_does_is_told() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Taker taker = preparing(from -> Optional.of(Set.of("the same")), from -> {
            seen.add(from + " after " + told.size());
            if (from == 1 && told.isEmpty()) {
                throw new IllegalStateException("each goes alone");
            }
        });

        take(taker, 2 * Taker.TOGETHER, "");

        assertThat(seen)
                .startsWith("1 after 0")
                .endsWith((Taker.TOGETHER + 1) + " after " + Taker.TOGETHER)
                .hasSize(2);
    }

    /**
     * Takes together what was prepared, and alone without a word.
     *
     * @param commits told the first ordinal of each commit
     */
    private static Taker preparing(IntFunction<Optional<Set<String>>> numbers, IntConsumer commits) {
        return new Taker() {
            @Override
            public List<Fate> takeAll(List<Handed> handed) {
                return handed.stream().map(AheadTest::accepted).toList();
            }

            @Override
            public Prepared<Fate> prepare(List<Handed> handed) {
                int from = handed.get(0).document().ordinal();
                return new Prepared<>(numbers.apply(from), () -> {
                    commits.accept(from);
                    return takeAll(handed);
                });
            }
        };
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void heavy_documents_go_with_fewer_others() {
        List<Integer> together = new ArrayList<>();
        Taker taker = handed -> {
            together.add(handed.size());
            return handed.stream().map(AheadTest::accepted).toList();
        };

        take(taker, 10, "x".repeat(700_000));

        assertThat(together).containsExactly(2, 2, 2, 2, 2);
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

    private static Fate accepted(Taker.Handed one) {
        String id = String.valueOf(one.document().ordinal());
        return new Fate(Fate.Result.ACCEPTED, id, id, null, List.of());
    }
}
