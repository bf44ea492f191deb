package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds of an adapter whatever its carrier answers: each question is asked of a {@link CarrierStub} that answers it well, and then
 * again for each {@link Twist} of each of the answers.
 */
public abstract class AnyAnswerContract extends CarrierContract {
    /** These say of the caller that it may not, and of the shipment nothing. */
    private static final Set<Integer> OF_THE_CALLER = Set.of(401, 403, 429);

    private static final Set<String> GONE =
            Set.of("left out", "null", "an empty text", "an empty list", "an empty object");

    /** Registered by the test as an extension, which opens it, makes it new for each test and hears its complaints. */
    protected abstract CarrierStub server();

    /** Whether what cannot be read hides nothing else: a mapping reads an answer as a whole, or not, and a description says what a status means. */
    protected boolean readsFieldByField() {
        return true;
    }

    /** From now on the server has prices of two services. */
    protected void prices() {}

    /** From now on the server tells three scans of this parcel. */
    protected void scans(String number) {}

    /** From now on the server closes these. */
    protected void closes(List<ShipmentId> shipments) {}

    /** Answers to a look-up, as patterns of what a {@link Twist} says of itself, by which this carrier knows no such purchase. */
    protected List<String> saysNothing() {
        return List.of();
    }

    @Test
    void an_answer_that_tells_of_a_sale_is_never_a_no_and_nothing_of_it_is_made_up() {
        Prepared prepared = prepared(shipment(Samples.PDF));
        Outcome.Bought whole = bought(carrier().buy(prepared(shipment(Samples.PDF))));
        asked(carrier -> carrier.buy(prepared), (twist, outcome) -> {
            if (outcome instanceof Outcome.Bought bought) {
                assertNothingMadeUp(twist, bought, whole);
            }
            if (twist.isSuccess() && twist.kind() != Twist.Kind.NONSENSE) {
                assertThat(outcome).isInstanceOfAny(Outcome.Bought.class, Outcome.Unknown.class);
                assertThat(outcome instanceof Outcome.Bought || mayBeNone(twist))
                        .isTrue();
            } else {
                assertThat(outcome).isNotInstanceOf(Outcome.Refused.class);
                assertUndecided(twist, outcome);
            }
        });
    }

    @Test
    void without_a_token_that_can_be_read_nothing_is_sent() {
        Prepared prepared = prepared(shipment(Samples.PDF));
        asked(
                carrier -> carrier.buy(prepared),
                Tape.Place::isOfToken,
                (twist, outcome) -> assertThat(outcome).isInstanceOfAny(Outcome.Bought.class, Outcome.NotSent.class));
    }

    private boolean mayBeNone(Twist twist) {
        return !readsFieldByField() || essential().stream().anyMatch(twist.at()::matches) || twist.isAnotherWord();
    }

    private static void assertUndecided(Twist twist, Outcome outcome) {
        if (OF_THE_CALLER.contains(twist.said().status())) {
            assertThat(outcome).isInstanceOfAny(Outcome.NotSent.class, Outcome.Unknown.class);
        } else if (twist.kind() == Twist.Kind.NONSENSE) {
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        } else {
            assertThat(outcome).isNotInstanceOf(Outcome.NotSent.class);
        }
    }

    private void assertNothingMadeUp(Twist twist, Outcome.Bought bought, Outcome.Bought whole) {
        if (bought.label().isPresent() && !twist.isAnotherWord()) {
            assertThat(parcels(bought.label().get()))
                    .containsAll(
                            readsFieldByField()
                                    ? whole.label()
                                            .map(AnyAnswerContract::parcels)
                                            .orElse(List.of())
                                    : numbered(bought));
        }
        assertThat(bought.charges()).noneMatch(part -> part.amount().amount().signum() == 0);
        Optional<BigDecimal> sum = sum(bought);
        if (GONE.contains(twist.how()) && sum.isPresent() && !twist.said().states(sum.get())) {
            assertThat(sum.get()).isLessThanOrEqualTo(sum(whole).orElse(BigDecimal.ZERO));
        }
    }

    private static Optional<BigDecimal> sum(Outcome.Bought bought) {
        return bought.charges().stream().map(part -> part.amount().amount()).reduce(BigDecimal::add);
    }

    private static List<Integer> numbered(Outcome.Bought bought) {
        return bought.numbers().stream()
                .filter(number -> number.kind().equals("tracking"))
                .map(ExternalNumber::parcel)
                .toList();
    }

    private static List<Integer> parcels(Label label) {
        return label.documents().stream()
                .filter(document -> document.kind().equals("shipping_label"))
                .map(Label.Document::parcel)
                .toList();
    }

    @Test
    void a_refusal_is_told_in_words_or_unknown_and_never_a_sale() {
        Optional<Shipment> refused = refused();
        assumeTrue(refused.isPresent(), "no shipment this carrier refuses");
        Prepared prepared = prepared(refused.get());
        asked(carrier -> carrier.buy(prepared), (twist, outcome) -> {
            assertThat(outcome).isNotInstanceOf(Outcome.Bought.class);
            if (outcome instanceof Outcome.Refused no) {
                assertThat(no.words()).isNotBlank();
            } else {
                assertUndecided(twist, outcome);
            }
        });
    }

    /** Of one parcel and of several: an answer that tells of one is not hidden behind that of another. */
    @Test
    void what_was_sold_is_never_looked_up_as_nothing() {
        assumeTrue(carrier().idempotency() != IdempotencyClass.C, "no look-up");
        for (int parcels = 1; parcels <= shipment(Samples.PDF).parcels().size(); parcels++) {
            Prepared prepared = prepared(withParcels(shipment(Samples.PDF), parcels));
            bought(carrier().buy(prepared));
            assumeTrue(carrier().find(prepared.ref()) instanceof Found.Sold, "found later");
            asked(remembering -> carrier().find(prepared.ref()), (twist, found) -> {
                boolean said = saysNothing().stream().anyMatch(twist.toString()::matches);
                if (!said) {
                    assertThat(found).isNotInstanceOf(Found.Nothing.class);
                }
                if (twist.kind() == Twist.Kind.NONSENSE) {
                    assertThat(found).isInstanceOf(Found.Unreachable.class);
                }
            });
        }
    }

    @Test
    void nothing_was_sold_only_where_the_carrier_says_so_in_an_answer_of_its_own() {
        assumeTrue(carrier().idempotency() != IdempotencyClass.C, "no look-up");
        Ref nobody = Samples.ref();
        asked(remembering -> carrier().find(nobody), (twist, found) -> {
            assertThat(found).isInstanceOfAny(Found.Nothing.class, Found.Unreachable.class);
            boolean said = saysNothing().stream().anyMatch(twist.toString()::matches);
            if (twist.kind() == Twist.Kind.NONSENSE && !said) {
                assertThat(found).isInstanceOf(Found.Unreachable.class);
            }
        });
    }

    @Test
    void a_label_that_is_asked_for_is_whole_or_asked_for_again() {
        Outcome.Bought bought = bought(carrier().buy(prepared(shipment(Samples.PDF))));
        LabelRequest wanted = Samples.PDF.of(bought.numbers().stream()
                .filter(number -> number.kind().equals("tracking"))
                .collect(Collectors.toMap(ExternalNumber::parcel, ExternalNumber::value)));
        assumeTrue(carrier().fetch(bought.id(), wanted) instanceof Fetched.Ready, "comes later, or never again");
        asked(carrier -> carrier.fetch(bought.id(), wanted), (twist, fetched) -> {
            assertThat(fetched).isInstanceOfAny(Fetched.Ready.class, Fetched.NotYet.class);
            if (fetched instanceof Fetched.Ready ready && !twist.isAnotherWord()) {
                assertThat(parcels(ready.label())).containsAll(wanted.numbers().keySet());
            }
        });
    }

    @Test
    void a_void_is_done_only_where_the_carrier_says_so_and_refused_only_where_it_refuses() {
        assumeTrue(carrier() instanceof Voids && readsFieldByField(), "no voids, or what a description says");
        Prepared prepared = prepared(shipment(Samples.PDF));
        ShipmentId id = bought(carrier().buy(prepared)).id();
        Function<Carrier, Voids.Voided> question = carrier -> ((Voids) carrier).cancel(id, prepared.ref());
        asked(question, (twist, voided) -> {
            assertUnlessReadUnknown(twist, voided);
            if (voided instanceof Voids.Voided.Refused no && !twist.isAnotherWord()) {
                assertThat(no.reason()).isEqualTo("label_already_voided");
            }
        });
        asked(question, (twist, voided) -> {
            assertUnlessReadUnknown(twist, voided);
            if (voided instanceof Voids.Voided.Refused no) {
                assertThat(no.words()).isNotBlank();
            }
        });
    }

    /** What is only looked at beside, for the reason of a refusal, may stay unread. */
    private static void assertUnlessReadUnknown(Twist twist, Voids.Voided voided) {
        if (twist.kind() == Twist.Kind.NONSENSE && !twist.call().startsWith("GET")) {
            assertThat(voided).isInstanceOf(Voids.Voided.Unknown.class);
        }
    }

    @Test
    void a_price_is_one_the_carrier_stated_and_one_that_cannot_be_read_hides_no_other() {
        assumeTrue(carrier() instanceof Rates, "no prices");
        prices();
        List<Rates.Rate> all = ((Rates) carrier()).rates(shipment(Samples.PDF));
        assumeTrue(all.stream().filter(rate -> rate.total() != null).count() > 1, "no prices here");
        Set<Money> stated = all.stream()
                .flatMap(rate -> Stream.of(rate.total(), rate.list()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        asked(carrier -> ((Rates) carrier).rates(shipment(Samples.PDF)), (twist, rates) -> {
            assertThat(rates).allMatch(rate -> rate.excluded() != null || rate.total() != null);
            if (twist.kind() == Twist.Kind.NONSENSE) {
                assertThat(rates).allMatch(rate -> rate.total() == null);
            } else if (GONE.contains(twist.how())) {
                assertThat(rates)
                        .extracting(Rates.Rate::total)
                        .filteredOn(Objects::nonNull)
                        .allMatch(
                                total -> stated.contains(total) || twist.said().states(total.amount()));
                if (twist.isWithinOneOf(2)) {
                    assertThat(rates).anyMatch(all::contains);
                }
            }
        });
    }

    @Test
    void a_scan_that_cannot_be_read_is_counted_and_hides_no_other() {
        assumeTrue(carrier() instanceof Tracks, "no tracking");
        List<String> number = bought(carrier().buy(prepared(shipment(Samples.PDF)))).numbers().stream()
                .filter(one -> one.kind().equals("tracking"))
                .limit(1)
                .map(ExternalNumber::value)
                .toList();
        assumeTrue(!number.isEmpty(), "no number yet");
        scans(number.get(0));
        List<Tracks.Event> all = ((Tracks) carrier()).track(number);
        assumeTrue(all.size() == 3, "no scans here");
        long[] untold = {untold()};
        asked(carrier -> told((Tracks) carrier, number), (twist, told) -> {
            if (twist.kind() == Twist.Kind.NONSENSE) {
                assertThat(told.orElse(List.of())).isEmpty();
            } else if (twist.isWithinOneOf(3) && readsFieldByField()) {
                assertThat(told.orElseThrow().stream().filter(all::contains).count())
                        .isGreaterThanOrEqualTo(2);
                assertThat(told.orElseThrow().size() == 3 || untold() > untold[0] || twist.isOfOneOf(3))
                        .as("it is told, or counted")
                        .isTrue();
            }
            untold[0] = untold();
        });
    }

    private static Optional<List<Tracks.Event>> told(Tracks carrier, List<String> number) {
        try {
            return Optional.of(carrier.track(number));
        } catch (RuntimeException cannotBeAsked) {
            return Optional.empty();
        }
    }

    private long untold() {
        return UnknownCodes.of(factory().id()).stream()
                .filter(seen -> seen.table().equals("times"))
                .mapToLong(UnknownCodes.Seen::times)
                .sum();
    }

    @Test
    void a_close_that_cannot_be_read_is_unknown_and_never_refused() {
        assumeTrue(carrier() instanceof Manifests, "no manifests");
        ShipmentId id = bought(carrier().buy(prepared(shipment(Samples.PDF)))).id();
        closes(List.of(id));
        LocalDate day = LocalDate.of(2026, 11, 25);
        asked(carrier -> ((Manifests) carrier).close(List.of(id), Samples.WAREHOUSE, day), (twist, closed) -> {
            if (twist.kind() == Twist.Kind.NONSENSE) {
                assertThat(closed).isInstanceOfAny(Manifests.Closed.Unknown.class, Manifests.Closed.Done.class);
            }
            assertThat(closed).isNotInstanceOf(Manifests.Closed.Refused.class);
        });
    }

    private Prepared prepared(Shipment shipment) {
        return carrier().prepare(shipment, Samples.ref());
    }

    /** Asks once, and once more for each twist of each answer but those with a token. */
    private <T> void asked(Function<Carrier, T> question, BiConsumer<Twist, T> holds) {
        asked(question, place -> !place.isOfToken(), holds);
    }

    private <T> void asked(Function<Carrier, T> question, Predicate<Tape.Place> where, BiConsumer<Twist, T> holds) {
        Tape tape = new Tape();
        server().sends(tape::keep);
        assertThat(question.apply(carrier())).as("the answer as it is").isNotNull();
        List<String> wrong = new ArrayList<>();
        for (Tape.Place place : tape.places().stream().filter(where).toList()) {
            Carrier carrier = carrier();
            for (Twist twist : Twist.of(place.call(), tape.at(place))) {
                server().sends(tape.but(place, twist.said()));
                try {
                    holds.accept(twist, question.apply(place.isOfToken() ? carrier() : carrier));
                } catch (AssertionError | RuntimeException e) {
                    wrong.add(place + ": " + twist + ": " + e.toString().replaceAll("\\s+", " "));
                }
            }
        }
        server().sends((request, answer) -> answer.get());
        assertThat(wrong).isEmpty();
    }
}
