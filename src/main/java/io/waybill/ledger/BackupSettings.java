package io.waybill.ledger;

import io.waybill.settings.Section;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Backups, {@code backup.*}.
 *
 * @param every how often the embedded database is backed up by itself; zero is never
 * @param folder where to; best another disk
 * @param keep how many stay
 */
public record BackupSettings(Duration every, Path folder, int keep) {

    /**
     * Reads them.
     *
     * @param data the hub's data folder, for the default {@code backups} in it
     * @throws io.waybill.problem.ProblemException {@code bad-setting}
     */
    public static BackupSettings read(Section section, Path data) {
        BackupSettings settings = new BackupSettings(
                section.duration("every", Duration.ofHours(1)),
                section.optional("folder").map(Path::of).orElseGet(() -> data.resolve("backups")),
                section.number("keep", 48));
        section.close();
        if (settings.keep() < 1) {
            throw section.bad("keep", section.get("keep", ""), "1 or more");
        }
        return settings;
    }
}
