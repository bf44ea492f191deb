package io.waybill.dispatch;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates;
import io.waybill.order.Order;
import io.waybill.order.ServiceWords;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code service.ground=sandbox:ground}: what the hub's own service words mean. An order without a service is {@code ground}. */
record ServiceMap(Map<String, Target> targets) implements Rule {

    record Target(String account, String service) {}

    /** @throws ProblemException {@code service-word-unknown}, {@code bad-setting}, of all words */
    static ServiceMap read(Section section, Accounts accounts) {
        Map<String, Target> targets = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String word : section.keys()) {
            try {
                targets.put(word, target(section, word, accounts));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new ServiceMap(targets);
    }

    private static Target target(Section section, String word, Accounts accounts) {
        if (!ServiceWords.has(word)) {
            throw new ProblemException(section.locate(
                    Problem.of(DispatchCode.SERVICE_WORD_UNKNOWN, "word", word, "legal", ServiceWords.LEGAL), word));
        }
        String value = section.required(word);
        String[] parts = value.split(":", 2);
        if (parts.length < 2 || !accounts.names().contains(parts[0])) {
            String known = String.join(", ", accounts.names());
            throw section.bad(word, value, "account:service with one of the accounts " + known);
        }
        if (parts[1].length() > Rates.LONGEST_SERVICE) {
            throw section.bad(word, value, "a service of at most " + Rates.LONGEST_SERVICE + " characters");
        }
        return new Target(parts[0], parts[1]);
    }

    @Override
    public String name() {
        return "service map";
    }

    @Override
    public Optional<Choice> choose(Order order, String namespace, Accounts accounts) {
        return Optional.ofNullable(targets.get(Rule.service(order)))
                .flatMap(target -> accounts.find(target.account())
                        .filter(account -> account.serves(namespace))
                        .map(account -> Rule.fixed(account, target.service(), name())));
    }
}
