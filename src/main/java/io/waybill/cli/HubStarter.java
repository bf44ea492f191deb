package io.waybill.cli;

import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.net.URI;
import java.util.List;

/** Starts a hub in this process; given to the commands by whoever wires hubs. */
@FunctionalInterface
public interface HubStarter {
    /** @throws io.waybill.problem.ProblemException with everything that keeps it from starting */
    Running start(Settings settings);

    /** A hub that runs until it is closed. */
    interface Running extends AutoCloseable {
        int port();

        /** Where a browser on this machine finds it. */
        URI address();

        /** What came of the route files and the mappings. */
        Edges edges();

        @Override
        void close();
    }

    /**
     * The files that make a hub's edges.
     *
     * @param loaded route files that run
     * @param off route files whose source or sink no setting names
     * @param refused route files that do not run
     * @param problems what keeps route files and mappings from running
     */
    record Edges(long loaded, long off, long refused, List<Problem> problems) {}
}
