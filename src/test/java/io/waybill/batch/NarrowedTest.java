package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.batch.Taker.Handed;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NarrowedTest {
    private static final Feed FEED =
            new Feed("orders", "acme", "acme", "upload", "m", Reading.of(Format.CSV), Locale.ENGLISH);

    private final ShopTaker shop = new ShopTaker();
    private final List<String> words = new ArrayList<>();

    @Test
    void what_was_found_bad_is_left_alone_also_when_the_largest_commit_fails() {
        take(IntStream.rangeClosed(1, Taker.TOGETHER).boxed().toList());

        assertThat(shop.orders).doesNotContainKey("A2").hasSize(Taker.TOGETHER - 1);
        assertThat(words).hasSize(Taker.TOGETHER).element(1).isEqualTo("rejected");
    }

    @Test
    void also_where_those_that_go_together_stand_far_apart_in_their_file() {
        take(List.of(2, 700, 1_400));

        assertThat(shop.orders).containsOnlyKeys("A700", "A1400");
        assertThat(words).containsExactly("rejected", "accepted", "accepted");
    }

    /** Once the commit of all of them has failed. */
    private void take(List<Integer> ordinals) {
        shop.meanwhile = () -> {
            throw new IllegalStateException("the database is gone");
        };
        List<Outcome> found = ordinals.stream().map(NarrowedTest::found).toList();
        Outcomes looked = new Outcomes(after -> after == 0 ? found : List.of(), null, 0);
        Narrowed narrowed = new Narrowed(shop, new Everywhere(), Namespaces.ALL, looked, () -> false);
        List<Handed> handed = ordinals.stream().map(NarrowedTest::handed).toList();
        narrowed.takeEach(handed, (one, taken) -> words.add(taken.result().word()));
    }

    /** The second was bad. */
    private static Outcome found(int ordinal) {
        String id = "A" + ordinal;
        Fate taken = ordinal == 2
                ? Fate.rejected(id, List.of(Problem.of(ShopTaker.Wrong.CITY_IS_MISSING)))
                : Fate.accepted(id, "ord_" + id);
        return Outcomes.of(document(ordinal), taken);
    }

    private static Handed handed(int ordinal) {
        return new Handed(document(ordinal), new Taker.Context(FEED, "row:" + ordinal, null, null, null));
    }

    private static Document document(int ordinal) {
        var tree = JsonNodeFactory.instance
                .objectNode()
                .put("order_no", "A" + ordinal)
                .put("city", "Berlin");
        return new Document(ordinal, ordinal + 1, ordinal + 1, tree, List.of(), List.of());
    }

    /** Whoever handed it over may ship for everybody. */
    private static final class Everywhere implements Preview {
        @Override
        public Supplier<Foreseen> look(Document document, Taker.Context context, Namespaces scope) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Problem> outside(Document document, Taker.Context context, Namespaces scope) {
            return Optional.empty();
        }
    }
}
