package io.waybill.cli;

import io.waybill.carrier.DescribedCarriers;
import io.waybill.mapping.Mappings;
import io.waybill.readiness.Setting;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** What the commands are handed by whoever wires hubs. */
public interface Wiring extends HubStarter {
    /** Looks at everything a hub would be made of, without starting one. */
    Findings check(Settings settings);

    /** The mappings of the settings' folder, each compiled alone. */
    Mappings mappings(Settings settings);

    /** The carriers that are described in files, each read alone. */
    DescribedCarriers.Read carriers(Settings settings);

    /**
     * What stands around a source by the settings alone; without what needs the accounts, where they cannot be opened.
     *
     * @throws io.waybill.problem.ProblemException {@code unknown-source}, and what is wrong with the settings of sources and sinks
     */
    Setting setting(Settings settings, String source);

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
