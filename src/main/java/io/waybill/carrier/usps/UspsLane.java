package io.waybill.carrier.usps;

import io.waybill.carrier.Lane;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lane as far as USPS's rules ask. What others take for countries of their own is domestic mail here. */
record UspsLane(Lane lane) {
    private static final Set<String> DOMESTIC = Set.of("US", "PR", "VI", "GU", "AS", "MP", "FM", "MH", "PW");

    /** Army, fleet and diplomatic post offices. */
    private static final Set<String> MILITARY = Set.of("AA", "AE", "AP");

    /** Domestic mail that needs a customs form all the same. */
    private static final Set<String> WITH_CUSTOMS = Set.of("GU", "AS", "MP", "FM", "MH", "PW");

    /** Where a day begins earlier than in New York. */
    private static final Map<String, ZoneId> EARLY = Map.of(
            "PR", ZoneId.of("America/Puerto_Rico"),
            "VI", ZoneId.of("America/St_Thomas"),
            "GU", ZoneId.of("Pacific/Guam"),
            "MP", ZoneId.of("Pacific/Saipan"),
            "FM", ZoneId.of("Pacific/Guam"),
            "PW", ZoneId.of("Pacific/Palau"),
            "MH", ZoneId.of("Pacific/Majuro"));

    /** @throws io.waybill.carrier.RefusedException when it does not begin in the US, or comes back from abroad */
    static UspsLane of(Shipment shipment) {
        UspsLane lane = new UspsLane(Lane.of(shipment));
        if (!DOMESTIC.contains(lane.lane.from())) {
            throw Refusals.takesNot(lane.lane.from(), "/shipFrom/country", DOMESTIC);
        }
        if (lane.isReturn() && lane.isAbroad()) {
            throw Refusals.takesNot(lane.lane.to(), "/shipTo/country", DOMESTIC);
        }
        return lane;
    }

    boolean isReturn() {
        return lane.isReturn();
    }

    boolean isAbroad() {
        return !DOMESTIC.contains(lane.to());
    }

    /** Domestic, and yet customs may ask what is in it. */
    boolean mayNeedCustoms(Shipment shipment) {
        return !isAbroad()
                && (mayNeedCustoms(shipment.shipFrom())
                        || mayNeedCustoms(shipment.order().shipTo()));
    }

    private static boolean mayNeedCustoms(Address address) {
        String state = String.valueOf(state(address));
        return MILITARY.contains(state) || WITH_CUSTOMS.contains(state);
    }

    /** Of a territory, its own two letters. */
    static @Nullable String state(Address address) {
        return address.country().equals("US") ? address.state() : address.country();
    }

    /** Today where the parcel leaves, or tomorrow where New York is in the next day already: never a day that is over there. */
    static LocalDate today(Address from) {
        return LocalDate.now(EARLY.getOrDefault(String.valueOf(state(from)), ZoneId.of("America/New_York")));
    }
}
