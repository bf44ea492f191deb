package io.waybill.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** When a carrier is asked next: soon near the door, ever more rarely while nothing moves, spread so that no two ask at once. */
record Pace(TrackingSettings settings) {
    private static final Set<String> AT_THE_DOOR = Set.of("out_for_delivery");
    private static final Set<String> WAITING =
            Set.of("on_hold", "delivery_failed", "ready_for_pickup", "delivery_delayed");

    /** What a carrier pushes is asked for only so that a lost push is noticed. */
    private static final int PUSHED = 12;

    /** In hundredths of the wait: how far apart what was bought together is asked about. */
    private static final int SPREAD = 20;

    private record Rule(Predicate<Stage> fits, int times) {}

    /** @param quiet since its last event, or since it was bought */
    private record Stage(@Nullable String status, Duration quiet) {
        boolean isQuietFor(int days) {
            return quiet.compareTo(Duration.ofDays(days)) >= 0;
        }

        boolean is(Set<String> statuses) {
            return status != null && statuses.contains(status);
        }
    }

    /** The first that fits says how many times {@code tracking.every} to wait. */
    private static final List<Rule> RULES = List.of(
            new Rule(stage -> stage.isQuietFor(14), 48),
            new Rule(stage -> stage.isQuietFor(3), 8),
            new Rule(stage -> stage.is(AT_THE_DOOR), 1),
            new Rule(stage -> stage.is(WAITING), 4),
            new Rule(stage -> true, 2));

    /** How long to wait; empty when it was quiet for so long that nobody expects anything any more. */
    Optional<Duration> after(String shipment, @Nullable String status, Duration quiet) {
        if (quiet.compareTo(settings.until()) >= 0) {
            return Optional.empty();
        }
        Stage stage = new Stage(status, quiet);
        int times = RULES.stream()
                .filter(rule -> rule.fits().test(stage))
                .findFirst()
                .orElseThrow()
                .times();
        return Optional.of(spread(shipment, settings.every().multipliedBy(times)));
    }

    /** How long to wait when the carrier tells by itself. */
    Duration afterPush(String shipment) {
        return spread(shipment, settings.every().multipliedBy(PUSHED));
    }

    /** Whether a person is told; not of what was over before it was asked for at all, such as a label imported long after. */
    boolean isStill(Duration quiet) {
        Duration longest = settings.every().multipliedBy(RULES.get(0).times()).multipliedBy(2);
        return quiet.compareTo(settings.still()) >= 0
                && quiet.compareTo(settings.until().plus(longest)) < 0;
    }

    private static Duration spread(String shipment, Duration wait) {
        return wait.plus(
                wait.multipliedBy(Math.floorMod(shipment.hashCode(), SPREAD)).dividedBy(100));
    }
}
