package io.waybill.carrier;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The accounts of the settings file, {@code account.<name>.*}, opened. */
public final class Accounts {
    private static final List<String> MODES = List.of("test", "production");

    private final Map<String, Account> accounts = new TreeMap<>();

    /**
     * Opens every account.
     *
     * @throws ProblemException with the problems of all of them
     */
    public Accounts(Section section, Carriers carriers) {
        List<Problem> problems = new ArrayList<>();
        for (String name : section.names()) {
            try {
                accounts.put(name, open(name, section.section(name), carriers));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /** Accounts that were opened elsewhere. */
    public Accounts(Collection<Account> opened) {
        opened.forEach(account -> accounts.put(account.name(), account));
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** Every account, sorted by name. */
    public List<Account> all() {
        return List.copyOf(accounts.values());
    }

    /** The accounts a namespace may ship with, sorted by name. */
    public List<Account> serving(String namespace) {
        return accounts.values().stream()
                .filter(account -> account.serves(namespace))
                .toList();
    }

    private static Account open(String name, Section section, Carriers carriers) {
        String carrierId = section.required("adapter");
        section.optional("mode").filter(mode -> !MODES.contains(mode)).ifPresent(mode -> {
            throw section.bad("mode", mode, String.join(", ", MODES));
        });
        Set<String> namespaces = Set.copyOf(section.list("namespaces"));
        int workers = section.number("workers", 4);
        Duration settle = section.duration("settle", Duration.ofSeconds(95));
        String chargeEvent = section.get("chargeEvent", "carrier_default");
        boolean proven = section.flag("lookUpProven", false);
        Aftercare aftercare = Aftercare.read(section);
        return new Account(
                name,
                carrierId,
                carriers.open(name, section),
                namespaces,
                workers,
                settle,
                chargeEvent,
                proven,
                aftercare);
    }
}
