package io.waybill.carrier;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The accounts of the settings file, {@code account.<name>.*}, opened. */
public final class Accounts {
    /** How long an unknown purchase rests before it is looked up, unless the account says otherwise: 30 s client, 60 s late effect, 5 s look-up lag. */
    public static final Duration SETTLE = Duration.ofSeconds(95);

    private static final List<String> MODES = List.of("test", "production");
    private static final List<String> CHARGE_EVENTS = List.of("on_creation", Account.ON_SCAN, "carrier_default");

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Breaker> breakers = new TreeMap<>();
    private final Map<String, RetryBudget> budgets = new TreeMap<>();

    /** Those that the settings name and that could not be opened: only a check goes on with them. */
    private final Set<String> unopened = new TreeSet<>();

    /**
     * Opens every account.
     *
     * @throws ProblemException with the problems of all of them
     */
    public Accounts(Section section, Carriers carriers) {
        List<Problem> problems = new ArrayList<>();
        openAll(section, carriers, problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /** Those that can be opened, and of the others the names; what is wrong with these is added to what was found. */
    public static Accounts check(Section section, Carriers carriers, List<Problem> found) {
        Accounts accounts = new Accounts(List.of());
        accounts.openAll(section, carriers, found);
        return accounts;
    }

    private void openAll(Section section, Carriers carriers, List<Problem> problems) {
        for (String name : section.names()) {
            Section own = section.section(name);
            List<Problem> wrong = new ArrayList<>();
            Rates sheet = sheet(own, wrong);
            try {
                Opened opened = own.whole(settings -> Opened.read(name, settings, carriers, sheet));
                if (wrong.isEmpty()) {
                    put(opened.account(), opened.breaker(), opened.retries());
                }
            } catch (ProblemException e) {
                wrong.addAll(0, e.problems());
            }
            if (!wrong.isEmpty()) {
                unopened.add(name);
                problems.addAll(wrong);
            }
        }
    }

    /** Read by itself: what is wrong in its files is told beside what is wrong with the settings. */
    private static @Nullable Rates sheet(Section section, List<Problem> wrong) {
        try {
            return section.optional("rateSheet")
                    .map(folder -> new SheetRates(
                            RateSheet.read(Path.of(folder)), () -> LocalDate.now(ZoneId.systemDefault())))
                    .orElse(null);
        } catch (ProblemException e) {
            wrong.addAll(e.problems());
            return null;
        }
    }

    /** Accounts that were opened elsewhere. */
    public Accounts(Collection<Account> opened) {
        this(opened, BreakerSettings.DEFAULT, RetryBudget.Limits.DEFAULT);
    }

    /** The same under limits of their own. */
    public Accounts(Collection<Account> opened, BreakerSettings breaker, RetryBudget.Limits retries) {
        opened.forEach(account -> put(account, breaker, retries));
    }

    private void put(Account account, BreakerSettings breaker, RetryBudget.Limits retries) {
        accounts.put(account.name(), account);
        breakers.put(account.name(), new Breaker(account.name(), breaker));
        budgets.put(account.name(), new RetryBudget(retries, System::nanoTime));
    }

    private record Opened(Account account, BreakerSettings breaker, RetryBudget.Limits retries) {
        static Opened read(String name, Section section, Carriers carriers, @Nullable Rates sheet) {
            BreakerSettings breaker = BreakerSettings.read(section.section("breaker"));
            RetryBudget.Limits retries = RetryBudget.Limits.read(section.section("retries"));
            return new Opened(open(name, section, carriers, sheet), breaker, retries);
        }
    }

    /** The names of all, sorted; in a check of those too that could not be opened. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(unopened);
        names.addAll(accounts.keySet());
        return names;
    }

    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /**
     * Whether an account can be bought with now.
     *
     * @throws IllegalArgumentException for one that is not configured
     */
    public Breaker breaker(String name) {
        return known(breakers.get(name), name);
    }

    /**
     * How much of an account's load may be retries.
     *
     * @throws IllegalArgumentException for one that is not configured
     */
    public RetryBudget retries(String name) {
        return known(budgets.get(name), name);
    }

    /** Of an account that is gone from the settings nothing is known, so nothing is held up. */
    public boolean isOpen(@Nullable String name) {
        Breaker breaker = name == null ? null : breakers.get(name);
        return breaker != null && breaker.isOpen();
    }

    private static <T> T known(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalArgumentException("no account " + name);
        }
        return part;
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

    private static Account open(String name, Section section, Carriers carriers, @Nullable Rates sheet) {
        String carrierId = section.required("adapter");
        section.optional("mode").filter(mode -> !MODES.contains(mode)).ifPresent(mode -> {
            throw section.bad("mode", mode, String.join(", ", MODES));
        });
        Set<String> namespaces = Set.copyOf(section.list("namespaces"));
        int workers = section.number("workers", 4, 1, 1_000);
        Duration settle = section.duration("settle", SETTLE);
        String chargeEvent = section.get("chargeEvent", "carrier_default");
        if (!CHARGE_EVENTS.contains(chargeEvent)) {
            throw section.bad("chargeEvent", chargeEvent, String.join(", ", CHARGE_EVENTS));
        }
        boolean proven = section.flag("lookUpProven", false);
        Aftercare aftercare = Aftercare.read(section);
        section.leave(List.of("rateSheet"));
        Carrier carrier = carriers.open(name, section);
        return new Account(
                name,
                carrier instanceof Described described ? described.carrierId() : carrierId,
                carrier,
                namespaces,
                workers,
                settle,
                chargeEvent,
                proven,
                aftercare,
                sheet);
    }
}
