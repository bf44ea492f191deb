package io.waybill.carrier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prices without buying. */
public interface Rates {
    /** The longest code a service is kept and bought by. */
    int LONGEST_SERVICE = 100;

    /** Every service of this account for this shipment, with a reason where one is excluded. A carrier that does not answer is one, of no service, that says why; empty where it names none. */
    List<Rate> rates(Shipment shipment);

    /**
     * @param charges the parts of {@code total}
     * @param total what the account pays: its negotiated price where it has one
     * @param list the price without the account's agreement, where the carrier states it beside; never added to anything
     * @param days transit days, or null when unknown
     * @param excluded why this service cannot take the shipment, in the carrier's words or in ours, or null when it can
     * @param why the same where we say it
     */
    record Rate(
            String service,
            List<Charge> charges,
            @Nullable Money total,
            @Nullable Money list,
            @Nullable Integer days,
            @Nullable LocalDate promised,
            @Nullable String excluded,
            @JsonIgnore @Nullable Problem why) {

        /** With one price. */
        public Rate(
                String service,
                List<Charge> charges,
                @Nullable Money total,
                @Nullable Integer days,
                @Nullable LocalDate promised,
                @Nullable String excluded) {
            this(service, charges, total, null, days, promised, excluded, null);
        }

        /** In the carrier's own words. */
        public Rate(
                String service,
                List<Charge> charges,
                @Nullable Money total,
                @Nullable Money list,
                @Nullable Integer days,
                @Nullable LocalDate promised,
                @Nullable String excluded) {
            this(service, charges, total, list, days, promised, excluded, null);
        }

        /** The same, excluded where its price is nothing or less: a carrier that does not know what it charges says so. */
        public Rate ofSomething() {
            return total == null || total.amount().signum() > 0
                    ? this
                    : excluded(service, Problem.of(CarrierCode.NO_PRICE_TOLD, "why", total));
        }

        /** The same, excluded under the beginning of its name where that is longer than can be kept: it is not bought by half a name. */
        public Rate ofAName() {
            if (service.length() <= LONGEST_SERVICE) {
                return this;
            }
            String name = Shortened.openly(LONGEST_SERVICE - 1, service);
            return excluded != null
                    ? new Rate(name, charges, total, list, days, promised, excluded, why)
                    : excluded(
                            name,
                            Problem.of(
                                    CarrierCode.SERVICE_CODE_TOO_LONG,
                                    "length",
                                    service.length(),
                                    "most",
                                    LONGEST_SERVICE));
        }

        /** A service that cannot take the shipment, in the carrier's words; {@code *} for all of an account. */
        public static Rate excluded(String service, @Nullable String words) {
            return new Rate(service, List.of(), null, null, null, words);
        }

        /** None of any service, because the account's carrier did not answer, or not so that it can be read. */
        public static List<Rate> none(String why) {
            return List.of(excluded("*", Problem.of(CarrierCode.NO_PRICE_TOLD, "why", why)));
        }

        /** The same where we say it. */
        public static Rate excluded(String service, Problem why) {
            return new Rate(service, List.of(), null, null, null, null, why.toString(), why);
        }
    }
}
