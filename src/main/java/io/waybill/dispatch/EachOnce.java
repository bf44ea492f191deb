package io.waybill.dispatch;

import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of a service that is priced more than once, as by several accounts of one carrier behind a platform, the lowest price: its label is bought at that. */
final class EachOnce {
    private EachOnce() {}

    /** What is said of no service stays as it is, behind them. */
    static List<Rate> of(List<Rate> rates) {
        Map<String, Rate> services = new LinkedHashMap<>();
        rates.stream()
                .filter(rate -> !rate.service().equals("*"))
                .forEach(rate -> services.merge(rate.service(), rate, EachOnce::better));
        return Stream.concat(
                        services.values().stream(),
                        rates.stream().filter(rate -> rate.service().equals("*")))
                .toList();
    }

    private static Rate better(Rate first, Rate other) {
        return isPriced(other) && (!isPriced(first) || isLess(other.total(), first.total())) ? other : first;
    }

    private static boolean isPriced(Rate rate) {
        return rate.excluded() == null && rate.total() != null;
    }

    /** Prices in two currencies are not compared. */
    private static boolean isLess(@Nullable Money one, @Nullable Money other) {
        return one != null
                && other != null
                && one.currency().equals(other.currency())
                && one.amount().compareTo(other.amount()) < 0;
    }
}
