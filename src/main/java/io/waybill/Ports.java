package io.waybill;

import io.waybill.edge.Consumers;
import io.waybill.edge.InvoicesPort;
import io.waybill.edge.Marks;
import io.waybill.edge.OrdersPort;
import io.waybill.edge.RecordsPort;
import io.waybill.edge.Verbs;
import io.waybill.settings.Settings;
import org.apache.camel.CamelContext;

/** Where the edges meet the spine: the ports and verbs that route files may name, and what is told of how far sources were read. */
final class Ports {
    private final Spine spine;
    private final SourcePositions positions;
    private final Marks marks = new Marks();

    Ports(Spine spine) {
        this.spine = spine;
        positions = new SourcePositions(spine.ground.ledger, spine.plan.sources);
    }

    void addTo(CamelContext context) throws Exception {
        Batches batches = spine.batches;
        RoomTaker taker = spine.takingIn.taker;
        context.addRoutePolicyFactory(marks.ofSent());
        context.addRoutesConfigurations(new FailurePolicy());
        context.addRoutes(new OrdersPort(batches.batch, taker, batches.feeds, marks));
        context.addRoutes(new RecordsPort(batches.batch, taker, batches.feeds));
        context.addRoutes(new InvoicesPort(batches.wholeFiles, spine.billing, batches.feeds, marks));
    }

    /** Before any route file is loaded. */
    void addVerbs(CamelContext context, Settings settings, HookInbox hooks) {
        Ground ground = spine.ground;
        KeptLabels labels = new KeptLabels(ground.ledger, spine.buying.dispatch);
        Verbs.register(
                context,
                settings,
                new MappingPort(ground.mappings),
                new ControlNumbers(ground.ledger),
                hooks,
                new Verbs.Doors(positions, labels, spine.telling.bundles, ground.data.spool()));
    }

    /** What fetches, once its routes are loaded: each on the node whose turn it is. */
    Consumers consumers(CamelContext context) {
        return new Consumers(context, spine.ground.node::fetches, positions, marks);
    }
}
