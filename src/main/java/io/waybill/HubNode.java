package io.waybill;

import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Membership;
import io.waybill.ledger.Nodes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** This hub among the equal ones of its database: alone until it joins them. */
final class HubNode {
    private static final String VERSION = Optional.ofNullable(
                    Hub.class.getPackage().getImplementationVersion())
            .orElse("development");

    /** Who is started anew ends itself what it has begun, and tells more of it: it has the files. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The same after a restart. */
    final String name;

    /** This process; what it claims it claims under this. */
    final String run = Ids.next("node");

    private final Ledger ledger;
    private final Sources sources;
    private final Nodes.Identity identity;
    private volatile Membership membership;

    HubNode(NodeSettings settings, DataFolder data, Ledger ledger, Sources sources) {
        this.ledger = ledger;
        this.sources = sources;
        name = settings.name(data, ledger);
        identity = new Nodes.Identity(name, run, VERSION, settings.silence());
        membership = Membership.alone(name, VERSION);
    }

    /**
     * Lets the other nodes of the database know; before anything is claimed.
     *
     * @param takenOver told when a node was found gone and its claims are free
     * @param outgrown told when the database was changed in a way this hub does not know
     */
    void join(Runnable takenOver, Runnable outgrown) {
        membership = Nodes.join(ledger, identity, takenOver, outgrown);
    }

    boolean isMember() {
        return membership.isMember();
    }

    /** The version of each node that lives, by name. */
    Map<String, String> living() {
        return membership.living();
    }

    /** Whether a node that has files of its own is not to come back, as far as can be told; what it left is ended without it. */
    boolean isGone(String other) {
        return !other.equals(name)
                && (ledger.database().isEmbedded()
                        || ledger.read(tx -> tx.nodes().isGone(other, PATIENCE)));
    }

    /** Whether another node lives. */
    boolean hasCompany() {
        return !ledger.database().isEmbedded()
                && ledger.read(tx -> tx.nodes().alive()).size() > 1;
    }

    /** Whether what one node does at a time is this node's to do now. */
    boolean has(String duty) {
        return membership.has(duty);
    }

    /** Whether a route, by its id, is this node's to fetch for now: as its source says, else one node at a time. */
    boolean fetches(String route) {
        String source = route.replaceFirst("^source\\.", "").split("\\.", 2)[0];
        String owner = sources.find(source).map(SourceSettings::node).orElse(null);
        return owner == null ? has(route) : owner.equals(SourceSettings.EACH) || owner.equals(name);
    }

    /** Another node can do better what one does at a time. */
    void standDown() {
        membership.standDown();
    }

    void standUp() {
        membership.standUp();
    }

    /** Leaves: what is still claimed is taken over by the others at once. */
    void leave() {
        membership.close();
    }
}
