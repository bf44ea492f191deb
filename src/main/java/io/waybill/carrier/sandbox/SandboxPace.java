package io.waybill.carrier.sandbox;

import java.time.Duration;

/**
 * How fast the sandbox's world turns.
 *
 * @param trackingStep from one tracking event to the next
 * @param lateEffect until a {@code SANDBOX:LATE} sale is in the book
 * @param labelDelay until a {@code SANDBOX:LABEL-LATER} label is ready
 * @param slowAnswer until a {@code SANDBOX:SLOW} sale is answered
 */
public record SandboxPace(Duration trackingStep, Duration lateEffect, Duration labelDelay, Duration slowAnswer) {
    /** Events every two minutes, faults of a few seconds. */
    public static final SandboxPace DEFAULT = new SandboxPace(
            Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    public SandboxPace withTrackingStep(Duration step) {
        return new SandboxPace(step, lateEffect, labelDelay, slowAnswer);
    }
}
