package io.waybill.cli;

import io.waybill.mapping.Mappings;
import io.waybill.settings.Settings;

/** What the commands are handed by whoever wires hubs. */
public interface Wiring extends HubStarter {
    /** Looks at everything a hub would be made of, without starting one. */
    Findings check(Settings settings);

    /** The mappings of the settings' folder, each compiled alone. */
    Mappings mappings(Settings settings);

    /**
     * The hub's calls: of the hub that runs on the data folder, or, when none does, on its database.
     *
     * @throws io.waybill.problem.ProblemException when neither can be reached
     */
    Desk desk(Settings settings);
}
