package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates;
import io.waybill.order.Order;
import io.waybill.order.ServiceWords;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code service.ground=sandbox:ground}: what the hub's own service words mean. An order without a service is {@code ground}. */
record ServiceMap(Map<String, Target> targets) implements Rule {

    record Target(String account, String service) {}

    /** @throws ProblemException {@code service-word-unknown}, {@code bad-setting} */
    static ServiceMap read(Section section, Accounts accounts) {
        Map<String, Target> targets = new TreeMap<>();
        for (String word : section.keys()) {
            if (!ServiceWords.has(word)) {
                throw new ProblemException(section.locate(
                        Problem.of(DispatchCode.SERVICE_WORD_UNKNOWN, "word", word, "legal", ServiceWords.LEGAL),
                        word));
            }
            String value = section.required(word);
            String[] parts = value.split(":", 2);
            if (parts.length < 2 || accounts.find(parts[0]).isEmpty()) {
                String known = String.join(
                        ", ", accounts.all().stream().map(Account::name).toList());
                throw section.bad(word, value, "account:service with one of the accounts " + known);
            }
            if (parts[1].length() > Rates.LONGEST_SERVICE) {
                throw section.bad(word, value, "a service of at most " + Rates.LONGEST_SERVICE + " characters");
            }
            targets.put(word, new Target(parts[0], parts[1]));
        }
        return new ServiceMap(targets);
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
