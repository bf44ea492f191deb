package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.Channel;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RolloutBook;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Switch;
import io.waybill.ledger.Switch.Kind;
import io.waybill.ledger.Switches;
import io.waybill.rollout.NextStage;
import io.waybill.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a namespace has switched, as it is told: its channels, its stages and what the next one lacks, its sources. */
record RolloutView(Ledger ledger, Rollout rollout, NextStage nextStage, Sources sources) {

    /** @param seen whose documents count of what a source brought while it was only looked at */
    ObjectNode of(String namespace, Namespaces seen, Locale language) {
        List<Switch> switches = rollout.switches(Namespaces.of(Set.of(namespace)));
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("namespace", namespace);
        Instant now = ledger.read(tx -> tx.now());
        List<RolloutBook.Refused> refused = ledger.read(tx -> tx.rollout().refused(namespace));
        ArrayNode channels = view.putArray("channels");
        for (Channel channel : Channel.values()) {
            ObjectNode one = view(channel, find(switches, Kind.CHANNEL, channel.word()), now);
            refused.stream()
                    .filter(each -> each.name().equals(channel.word()))
                    .forEach(each -> one.putObject("refused")
                            .put("orders", each.refused())
                            .put("last", each.refusedOrder())
                            .put("at", String.valueOf(each.refusedAt())));
            channels.add(one);
        }
        String change = Rollout.lastChange(switches).orElse(null);
        view.put("canRollBack", change != null).put("change", change);
        stages(view, namespace, switches);
        view.set("next", nextStage.json(namespace, language));
        shadows(view, namespace, seen);
        return view;
    }

    private static ObjectNode view(Channel channel, @Nullable Switch gate, Instant now) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("channel", channel.word());
        if (gate == null) {
            return view.put("state", "open").put("switched", false);
        }
        view.put("state", !gate.isOn() ? "read-only" : gate.takes(now) ? "open" : "closed")
                .put("switched", true)
                .put("from", gate.opensAt() == null ? null : gate.opensAt().toString())
                .put("until", gate.closesAt() == null ? null : gate.closesAt().toString());
        return by(view, gate);
    }

    private static ObjectNode by(ObjectNode view, Switch one) {
        return view.put("by", one.changedBy())
                .put("at", one.changedAt().toString())
                .put("reason", one.reason());
    }

    private void stages(ObjectNode view, String namespace, List<Switch> switches) {
        long held =
                ledger.<Map<String, Long>>read(tx -> tx.rollout().heldByStage()).getOrDefault(namespace, 0L);
        ArrayNode stages = view.putArray("stages");
        for (Stage stage : Stage.values()) {
            boolean off =
                    ledger.<Set<String>>read(tx -> tx.rollout().off(stage)).contains(namespace);
            ObjectNode one = stages.addObject().put("stage", stage.word()).put("on", !off);
            if (stage == Stage.LABELS) {
                one.put("held", held);
            }
            Switch known = find(switches, Kind.STAGE, stage.word());
            if (known != null) {
                by(one, known);
            }
        }
    }

    private void shadows(ObjectNode view, String namespace, Namespaces seen) {
        Switches switches = ledger.read(
                tx -> tx.rollout().forDocuments(Set.of(), sources.names()).get());
        ArrayNode shadows = view.putArray("sources");
        for (String name : new TreeSet<>(sources.names())) {
            SourceSettings source = sources.get(name);
            if (source.namespace().equals(namespace)) {
                Switch known = switches.shadow(name).orElse(null);
                ObjectNode one = shadows.addObject()
                        .put("source", name)
                        .put("shadow", known != null && known.isOn())
                        .put("documents", ledger.<Long>read(tx -> tx.shadows().count(name, seen)));
                if (known != null) {
                    by(one, known);
                }
            }
        }
    }

    private static @Nullable Switch find(List<Switch> switches, Kind kind, String name) {
        return switches.stream()
                .filter(one -> one.kind() == kind && one.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
