package io.waybill.cli;

import io.waybill.settings.Settings;

/** Starts a hub in this process; given to the commands by whoever wires hubs. */
@FunctionalInterface
public interface HubStarter {
    /** @throws io.waybill.problem.ProblemException with everything that keeps it from starting */
    Running start(Settings settings);

    /** A hub that runs until it is closed. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }
}
