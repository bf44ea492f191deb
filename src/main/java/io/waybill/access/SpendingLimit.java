package io.waybill.access;

import io.waybill.ledger.SpendingBook.Scope;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much one source or namespace may buy in a day of UTC.
 *
 * @param labels null is any number
 * @param amount null is any amount
 * @param perLabel what a label counts for as long as its price is not known; there when {@code amount} is
 */
record SpendingLimit(
        Scope scope,
        @Nullable Integer labels,
        @Nullable Money amount,
        @Nullable Money perLabel) {
    private static final String EXPECTED = "an amount and a currency, such as 500 USD";

    /** @throws ProblemException {@code bad-setting}, and {@code missing-setting} for an amount without {@code amountPerLabel} */
    static Optional<SpendingLimit> read(Scope scope, Section section) {
        Optional<Integer> labels = section.optional("labelsPerDay").map(text -> labels(section, text));
        Optional<Money> amount = money(section, "amountPerDay");
        Optional<Money> perLabel = money(section, "amountPerLabel");
        section.close();
        amount.ifPresent(limit -> {
            String said = section.required("amountPerLabel");
            if (!perLabel.orElseThrow().currency().equals(limit.currency())) {
                throw section.bad("amountPerLabel", said, "an amount in " + limit.currency());
            }
        });
        return labels.isPresent() || amount.isPresent()
                ? Optional.of(new SpendingLimit(scope, labels.orElse(null), amount.orElse(null), perLabel.orElse(null)))
                : Optional.empty();
    }

    /**
     * Whether {@code more} labels would break it.
     *
     * @param shipment whose quoted price counts, when it has one; null for an order that has no shipment yet
     */
    Optional<Problem> refusal(Tx tx, int more, @Nullable String shipment) {
        if (labels != null && more > labels) {
            return Optional.of(never("labelsPerDay", labels + " labels", more + " labels"));
        }
        if (labels != null && tx.spending().labels(scope) + more > labels) {
            return Optional.of(problem(tx, labels + " labels"));
        }
        if (amount == null || perLabel == null) {
            return Optional.empty();
        }
        String currency = amount.currency().getCurrencyCode();
        BigDecimal next = Optional.ofNullable(shipment)
                .flatMap(id -> tx.spending().quoted(id, currency))
                .orElseGet(() -> perLabel.amount().multiply(BigDecimal.valueOf(more)));
        if (next.compareTo(amount.amount()) > 0) {
            return Optional.of(never("amountPerDay", amount.toString(), new Money(next, amount.currency()).toString()));
        }
        BigDecimal spent = tx.spending().amount(scope, currency, perLabel.amount());
        return spent.add(next).compareTo(amount.amount()) > 0
                ? Optional.of(problem(tx, amount.toString()))
                : Optional.empty();
    }

    /** How far it is used up today. */
    Spending.Used used(Tx tx) {
        Money most = amount;
        Money each = perLabel;
        BigDecimal spent = most == null || each == null
                ? null
                : tx.spending().amount(scope, most.currency().getCurrencyCode(), each.amount());
        return new Spending.Used(
                scope,
                labels,
                tx.spending().labels(scope),
                most,
                spent,
                tx.spending().resetsAt());
    }

    /** Of what no day is long enough for. */
    private Problem never(String setting, String limit, String wanted) {
        return Problem.of(
                AccessCode.OVER_SPENDING_LIMIT,
                "scope",
                kind(),
                "name",
                scope.name(),
                "limit",
                limit,
                "wanted",
                wanted,
                "setting",
                kind() + "." + scope.name() + ".limit." + setting);
    }

    private String kind() {
        return scope.kind().name().toLowerCase(Locale.ROOT);
    }

    private Problem problem(Tx tx, String limit) {
        return Problem.of(
                AccessCode.SPENDING_LIMIT,
                "scope",
                kind(),
                "name",
                scope.name(),
                "limit",
                limit,
                "resetsAt",
                tx.spending().resetsAt(),
                "seconds",
                Math.max(1, Duration.between(tx.now(), tx.spending().resetsAt()).toSeconds()));
    }

    private static int labels(Section section, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw section.bad("labelsPerDay", text, "a whole number, 0 or more");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Money> money(Section section, String key) {
        return section.optional(key).map(text -> {
            String[] parts = text.split("\\s+", -1);
            try {
                if (parts.length == 2 && parts[0].matches("\\d{1,12}(\\.\\d{1,4})?")) {
                    return Money.of(parts[0], parts[1]);
                }
            } catch (IllegalArgumentException e) {
                throw section.bad(key, text, EXPECTED);
            }
            throw section.bad(key, text, EXPECTED);
        });
    }
}
