package io.waybill;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.RateSheet;
import io.waybill.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The folders of rate sheets, by the accounts whose prices they are. */
record SheetFolders(Accounts accounts, Map<String, Path> folders) {

    static SheetFolders read(Accounts accounts, Section section) {
        Map<String, Path> folders = new TreeMap<>();
        for (String name : section.names()) {
            section.section(name)
                    .optional("rateSheet")
                    .ifPresent(folder ->
                            folders.put(name, Path.of(folder).toAbsolutePath().normalize()));
        }
        return new SheetFolders(accounts, folders);
    }

    /** The sheets of the accounts a namespace may ship with, as they are written now; one that several have, once. */
    List<RateSheet> serving(String namespace) {
        return accounts.serving(namespace).stream()
                .flatMap(account -> Optional.ofNullable(folders.get(account.name())).stream())
                .distinct()
                .sorted()
                .map(RateSheet::read)
                .toList();
    }
}
