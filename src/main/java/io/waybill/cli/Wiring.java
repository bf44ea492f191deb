package io.waybill.cli;

import io.waybill.carrier.DescribedCarriers;
import io.waybill.mapping.Mappings;
import io.waybill.readiness.Setting;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Optional;

/** What the commands are handed by whoever wires hubs. */
public interface Wiring extends HubStarter {
    /** Whether what a hub says is for a log that machines read, an object of JSON a line. */
    boolean isLogJson();

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
     * @throws io.waybill.problem.ProblemException {@code no-database-here} where there is none yet, and when neither can be reached
     */
    Desk desk(Settings settings);

    /** The same for what a new hub may begin with: a database that is not there is begun. */
    Desk deskOrNew(Settings settings);

    /** The folder, absolute, in which a new database would be begun; empty where there is one, or where it is no folder's. */
    Optional<Path> newDatabase(Settings settings);

    /**
     * What a restore did.
     *
     * @param folder where the database is now, absolute
     * @param aside where the replaced one is kept; empty when there was none
     */
    record Restored(Path folder, Optional<Path> aside) {}

    /**
     * Puts the embedded database back from a backup.
     *
     * @param force replaces a database that is there
     * @throws io.waybill.problem.ProblemException when a hub runs, or the backup cannot be used; nothing has changed then
     */
    Restored restore(Settings settings, Path backup, boolean force);

    /**
     * Marks the database as restored, for one that was restored by other means.
     *
     * @param backup what it is remembered by
     * @throws io.waybill.problem.ProblemException when a hub runs, or where there is no database
     */
    void markRestored(Settings settings, String backup);
}
