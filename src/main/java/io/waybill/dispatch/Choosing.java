package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which account buys: one list of named rules, the first that speaks decides. First what the order itself names, then
 * the settings' rules in the order of {@code rules=}, then the service map {@code service.<word>=account:service}, then
 * comparing prices; of its account alone where the order names one. A carrier that an order names and nobody can buy from
 * is taken for another only by a rule whose {@code services} name it.
 */
public final class Choosing implements Chooser {
    private final Accounts accounts;
    private final List<Rule> rules;
    private final Set<String> carriers;

    private Choosing(Accounts accounts, List<Rule> rules) {
        this.accounts = accounts;
        this.rules = List.copyOf(rules);
        this.carriers = Stream.concat(
                        new Carriers().all().stream().map(CarrierFactory::id),
                        accounts.all().stream().map(Account::carrierId))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param settings the whole settings file: {@code rules}, {@code rule.*}, {@code service.*} are read
     * @throws ProblemException with the problems of all of them
     */
    public static Choosing read(Section settings, Accounts accounts) {
        List<Rule> rules = new ArrayList<>(List.of(new NamedAccount(), new NamedCarrier()));
        Section named = settings.section("rule");
        List<Problem> problems = new ArrayList<>();
        for (String name : settings.list("rules")) {
            read(() -> named.section(name).whole(own -> SettingsRule.read(name, own)), rules, problems);
        }
        read(() -> ServiceMap.read(settings.section("service"), accounts), rules, problems);
        rules.add(new ComparePrices());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Choosing(accounts, rules);
    }

    private static void read(Supplier<Rule> rule, List<Rule> rules, List<Problem> problems) {
        try {
            rules.add(rule.get());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    @Override
    public Choice choose(Order order, String namespace) {
        Optional<Problem> unknown = Optional.ofNullable(order.account()).flatMap(name -> unknown(name, namespace));
        if (unknown.isPresent()) {
            return new Choice.Nobody(unknown.get());
        }
        boolean isOthers = namesAnother(order, namespace);
        return rules.stream()
                .filter(rule -> !isOthers || rule.takesFromOthers(order))
                .flatMap(rule -> rule.choose(order, namespace, accounts).stream())
                .filter(choice -> isOfItsAccount(order, choice))
                .findFirst()
                .orElseGet(() -> noAccount(order, namespace));
    }

    @Override
    public Optional<Problem> unknown(String account, String namespace) {
        if (accounts.find(account).filter(known -> known.serves(namespace)).isPresent()) {
            return Optional.empty();
        }
        String known = accounts.serving(namespace).stream().map(Account::name).collect(Collectors.joining(", "));
        return Optional.of(Problem.of(OrderCode.UNKNOWN_ACCOUNT, "account", account, "known", known)
                .at("/account"));
    }

    private Choice noAccount(Order order, String namespace) {
        return new Choice.Nobody(Problem.of(
                        OrderCode.NO_ACCOUNT_FOR_SERVICE,
                        "service",
                        String.valueOf(order.service()),
                        "country",
                        order.shipTo().country(),
                        "reasons",
                        rules.stream()
                                .flatMap(rule -> rule instanceof SettingsRule said ? Stream.of(said) : Stream.empty())
                                .filter(rule -> rule.isFor(namespace, accounts))
                                .map(Rule::name)
                                .collect(Collectors.joining(",", "rules=", "")))
                .at("/service"));
    }

    /** Where an order names its account no rule and no word of the service map has another one buy. */
    private static boolean isOfItsAccount(Order order, Choice choice) {
        return order.account() == null
                || !(choice instanceof Choice.Fixed fixed)
                || fixed.account().equals(order.account());
    }

    /** A carrier there is, and that no account here buys from. */
    private boolean namesAnother(Order order, String namespace) {
        String service = String.valueOf(order.service());
        String carrier = service.substring(0, Math.max(0, service.indexOf(':')));
        return order.account() == null
                && carriers.contains(carrier)
                && accounts.serving(namespace).stream()
                        .noneMatch(account -> account.carrierId().equals(carrier));
    }

    /** Whether it is how prices are compared, and no service: {@code cheapest within 3 days}. */
    public static boolean isComparison(String service) {
        return Preference.read(service).isPresent();
    }

    /** {@code account: ups-acme} in the order, with the service as the carrier calls it or as the hub does. */
    private record NamedAccount() implements Rule {
        @Override
        public String name() {
            return "the order names its account";
        }

        @Override
        public Optional<Choice> choose(Order order, String namespace, Accounts accounts) {
            if (order.account() == null || isComparison(String.valueOf(order.service()))) {
                return Optional.empty();
            }
            return accounts.find(order.account()).map(account -> Rule.fixed(account, ownWord(order), name()));
        }
    }

    /** {@code service: sandbox:ground} in the order: the first account at that carrier. */
    private record NamedCarrier() implements Rule {
        @Override
        public String name() {
            return "the order names its carrier";
        }

        @Override
        public Optional<Choice> choose(Order order, String namespace, Accounts accounts) {
            String service = String.valueOf(order.service());
            int colon = service.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            String carrier = service.substring(0, colon);
            return accounts.serving(namespace).stream()
                    .filter(account -> account.carrierId().equals(carrier))
                    .findFirst()
                    .map(account -> Rule.fixed(account, ownWord(order), name()));
        }
    }

    private record ComparePrices() implements Rule {
        @Override
        public String name() {
            return "compare prices";
        }

        @Override
        public Optional<Choice> choose(Order order, String namespace, Accounts accounts) {
            String service = String.valueOf(order.service());
            return isComparison(service) && !accounts.serving(namespace).isEmpty()
                    ? Optional.of(new Choice.Compare(service, name()))
                    : Optional.empty();
        }
    }

    private static String ownWord(Order order) {
        String service = Rule.service(order);
        return service.substring(service.indexOf(':') + 1);
    }
}
