package io.waybill.intake;

import io.waybill.ledger.Channel;
import io.waybill.ledger.Switch;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the channel a document came by takes its order: asked in the transaction that would take it in, of an order that
 * is new or changed. What is in already is answered by any channel.
 */
record Gate(Switches switches, Submission submission, SourceSettings source) {

    /** Why the order is not taken, counted; empty when it is. One that does not say when it was placed was placed when it came. */
    Optional<Problem> refuse(Tx tx, Order order) {
        String namespace = String.valueOf(order.namespace());
        Optional<Channel> channel = Channel.of(submission.channel());
        if (channel.isEmpty() || !switches.isGated(namespace, channel.get())) {
            return Optional.empty();
        }
        Instant placed = order.placedAt() == null ? tx.now() : order.placedAt().toInstant();
        return switches.closed(namespace, channel.get(), placed).map(gate -> {
            tx.rollout().refused(gate, order.orderId());
            return refused(order, placed, gate);
        });
    }

    /** Whether a problem is a channel that takes no such order. */
    static boolean isGate(Problem problem) {
        return Stream.of(IntakeCode.CHANNEL_CLOSED, IntakeCode.CHANNEL_NOT_OPEN, IntakeCode.CHANNEL_READ_ONLY)
                .anyMatch(code -> code.code().equals(problem.code()));
    }

    private Problem refused(Order order, Instant placed, Switch gate) {
        return Problem.of(
                        code(placed, gate),
                        "orderId",
                        order.orderId(),
                        "namespace",
                        gate.namespace(),
                        "channel",
                        gate.name(),
                        "placed",
                        placed.toString(),
                        "since",
                        since(placed, gate).toString(),
                        "contact",
                        source.contact() == null ? gate.changedBy() : source.contact(),
                        "open",
                        open(gate.namespace(), placed))
                .at("/placedAt");
    }

    /** {@code api since 2026-11-30T23:00:00Z, portal}; a dash when no channel takes it. */
    private String open(String namespace, Instant placed) {
        String open = Arrays.stream(Channel.values())
                .filter(channel -> switches.closed(namespace, channel, placed).isEmpty())
                .map(channel -> channel.word()
                        + switches.find(namespace, channel)
                                .map(Switch::opensAt)
                                .map(from -> " since " + from)
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return open.isEmpty() ? "-" : open;
    }

    private static Code code(Instant placed, Switch gate) {
        if (!gate.isOn()) {
            return IntakeCode.CHANNEL_READ_ONLY;
        }
        return isEarly(placed, gate) ? IntakeCode.CHANNEL_NOT_OPEN : IntakeCode.CHANNEL_CLOSED;
    }

    private static Instant since(Instant placed, Switch gate) {
        Instant bound = isEarly(placed, gate) ? gate.opensAt() : gate.closesAt();
        return gate.isOn() && bound != null ? bound : gate.changedAt();
    }

    private static boolean isEarly(Instant placed, Switch gate) {
        return gate.opensAt() != null && placed.isBefore(gate.opensAt());
    }
}
