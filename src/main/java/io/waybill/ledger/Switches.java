package io.waybill.ledger;

import io.waybill.ledger.Switch.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is switched, as one transaction sees it. A channel nobody has switched takes every order. */
public record Switches(List<Switch> all) {

    /** The switch of a channel that takes no order which was placed then; empty when it does. */
    public Optional<Switch> closed(String namespace, Channel channel, Instant placed) {
        return find(namespace, channel).filter(gate -> !gate.takes(placed));
    }

    /** Whether a namespace has switched this channel. */
    public boolean isGated(String namespace, Channel channel) {
        return find(namespace, channel).isPresent();
    }

    /** Whether what this source brings is only looked at. */
    public boolean isShadow(String source) {
        return shadow(source).filter(Switch::isOn).isPresent();
    }

    /** The switch of a source, whatever namespace it had when it was switched; of several the one that is on. */
    public Optional<Switch> shadow(String source) {
        return all.stream()
                .filter(one -> one.kind() == Kind.SHADOW && one.name().equals(source))
                .max(Comparator.comparing(Switch::isOn));
    }

    /** The switch of a channel; empty when nobody has switched it. */
    public Optional<Switch> find(String namespace, Channel channel) {
        return all.stream()
                .filter(one -> one.kind() == Kind.CHANNEL)
                .filter(one -> one.namespace().equals(namespace) && one.name().equals(channel.word()))
                .findFirst();
    }
}
