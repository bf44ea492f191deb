package io.waybill.cli;

import io.waybill.mapping.Mappings;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

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

    /**
     * Puts the embedded database back from a backup.
     *
     * @param force replaces a database that is there
     * @return where the replaced one is kept
     * @throws io.waybill.problem.ProblemException when a hub runs, or the backup cannot be used; nothing has changed then
     */
    Optional<Path> restore(Settings settings, Path backup, boolean force);

    /**
     * Marks the database as restored, for one that was restored by other means.
     *
     * @param backup what it is remembered by
     * @throws io.waybill.problem.ProblemException when a hub runs
     */
    void markRestored(Settings settings, String backup);
}
