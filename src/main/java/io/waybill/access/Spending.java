package io.waybill.access;

import io.waybill.ledger.SpendingBook.Scope;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spending limits {@code source.<name>.limit.*} and {@code namespace.<name>.limit.*}. What a source has bought is
 * counted in the ledger, so a limit holds over restarts and for all threads together.
 */
public final class Spending {
    private final List<SpendingLimit> limits;

    private Spending(List<SpendingLimit> limits) {
        this.limits = List.copyOf(limits);
    }

    /** @throws ProblemException {@code bad-setting}, {@code missing-setting}, {@code unknown-setting} */
    public static Spending read(Settings settings) {
        List<SpendingLimit> limits = new ArrayList<>();
        for (Scope.Kind kind : Scope.Kind.values()) {
            Section scopes = settings.section(kind.name().toLowerCase(Locale.ROOT));
            for (String name : scopes.names()) {
                Section section = scopes.section(name).section("limit");
                SpendingLimit.read(new Scope(kind, name), section).ifPresent(limits::add);
            }
        }
        return new Spending(limits);
    }

    /**
     * A limit and what of it is used up.
     *
     * @param mostLabels null is any number
     * @param labels bought today, or may have been
     * @param most null is any amount
     * @param spent in the currency of {@code most}; null when that is
     * @param resetsAt when the next day begins, in UTC
     */
    public record Used(
            Scope scope,
            @Nullable Integer mostLabels,
            long labels,
            @Nullable Money most,
            @Nullable BigDecimal spent,
            Instant resetsAt) {}

    /** Every limit there is, in the order of its kind and name. */
    public List<Used> used(Tx tx) {
        return limits.stream().map(limit -> limit.used(tx)).toList();
    }

    /** Why nothing more may be bought today, for an order that has just come; it reserves nothing. */
    public Optional<Problem> exhausted(Tx tx, String source, String namespace, int labels) {
        return of(source, namespace)
                .flatMap(limit -> limit.refusal(tx, labels, null).stream())
                .findFirst();
    }

    /** Why this shipment may not be bought now, at the price it was quoted; it reserves nothing. */
    public Optional<Problem> exhausted(Tx tx, String source, String namespace, int labels, String shipment) {
        return of(source, namespace)
                .flatMap(limit -> limit.refusal(tx, labels, shipment).stream())
                .findFirst();
    }

    /** Whether any limit counts what this source buys for this namespace. */
    public boolean isLimited(String source, String namespace) {
        return of(source, namespace).findAny().isPresent();
    }

    /**
     * Why this purchase may not be made. Until the transaction ends no other one is counted under the same limits, so
     * the attempt must be opened in it.
     */
    public Optional<Problem> refuse(Tx tx, String source, String namespace, int labels, String shipment) {
        of(source, namespace).forEach(limit -> tx.spending().lock(limit.scope()));
        return of(source, namespace)
                .flatMap(limit -> limit.refusal(tx, labels, shipment).stream())
                .findFirst();
    }

    /** Always in the same order, so that no two purchases wait for each other. */
    private Stream<SpendingLimit> of(String source, String namespace) {
        return limits.stream()
                .filter(limit ->
                        limit.scope().name().equals(limit.scope().kind() == Scope.Kind.SOURCE ? source : namespace));
    }
}
