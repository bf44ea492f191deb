package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.MatchBook;
import io.waybill.ledger.MatchBook.Known;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a line of an invoice finds its shipment: the one list, tried from first to last. All look only among the shipments of
 * the invoice's account that were bought within {@value #DAYS} days of the line's shipping day, for carriers use numbers again;
 * what was bought after it is meant only where nothing else is.
 */
enum MatchRule {
    TRACKING_NUMBER(line -> one(line.trackingNumber()), MatchBook::numbers),
    ORIGINAL_NUMBER(line -> lines(line.originalNumber()), MatchBook::numbers),
    LEAD_NUMBER(line -> one(line.leadNumber()), MatchBook::numbers),
    /** A label sold beside the chosen one. */
    ORPHAN_LABEL(
            line -> Stream.of(one(line.trackingNumber()), lines(line.originalNumber()), one(line.leadNumber()))
                    .flatMap(said -> said),
            MatchBook::orphans),
    /** A label of a purchase that was given up without knowing whether it had sold. */
    GIVEN_UP_REF(line -> line.trackingNumber() == null ? Stream.of() : references(line), MatchBook::givenUp),
    OUR_REF(MatchRule::references, MatchBook::refs),
    CUSTOMER_REFERENCE(MatchRule::references, MatchBook::orders);

    static final int DAYS = 180;
    /** So much later than the line's day a label may have been bought: days are told in the carrier's time, and labels are made up ahead. */
    static final int DAYS_AHEAD = 2;

    private interface LookUp {
        List<Known> ask(MatchBook book, String account, Collection<String> said);
    }

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state
    private final Function<InvoiceLine, Stream<String>> says;

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state
    private final LookUp lookUp;

    MatchRule(Function<InvoiceLine, Stream<String>> says, LookUp lookUp) {
        this.says = says;
        this.lookUp = lookUp;
    }

    /** As it is kept beside a line: {@code tracking-number}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A reference names an order, not a label: it finds no shipment for a tracking number that is none of its own. */
    boolean isLoose() {
        return this == OUR_REF || this == CUSTOMER_REFERENCE;
    }

    /** What a line may be known by under this rule. */
    List<String> says(InvoiceLine line) {
        return says.apply(line).filter(Objects::nonNull).distinct().toList();
    }

    /** The same without the blanks and hyphens a bill may group a number by; nothing of references, which are people's words. */
    List<String> saysPlainly(InvoiceLine line) {
        return isLoose() || this == GIVEN_UP_REF
                ? List.of()
                : says(line).stream().map(Numbers::plain).distinct().toList();
    }

    List<Known> ask(MatchBook book, String account, Collection<String> said) {
        return lookUp.ask(book, account, said);
    }

    private static Stream<String> one(@Nullable String number) {
        return Stream.ofNullable(number);
    }

    private static Stream<String> lines(@Nullable String numbers) {
        return numbers == null ? Stream.of() : numbers.lines();
    }

    private static Stream<String> references(InvoiceLine line) {
        return lines(line.customerRefs());
    }
}
