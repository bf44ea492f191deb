package io.waybill;

import io.waybill.billing.BooksCheck;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.RefusedException;
import io.waybill.dispatch.Choosing;
import io.waybill.problem.Problem;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.nio.file.Path;

/** Whatever names an account: the rules that choose one, contracts, and what is posted of its bills. */
record AccountsCheck(Settings settings, Accounts accounts, Gathered found) {
    void run() {
        found.collect(() -> Choosing.read(settings.section(""), accounts));
        settings.section("service").keys().forEach(word -> settings.value("service." + word));
        rules();
        services();
        books();
        found.warnings.addAll(new SinksCheck(settings).journal(accounts));
    }

    private void rules() {
        Section rules = settings.section("rule");
        for (String name : settings.section("").list("rules")) {
            rules.section(name)
                    .optional("account")
                    .filter(account -> !accounts.names().contains(account))
                    .map(account -> Problem.of(
                            CheckCode.RULE_ACCOUNT_UNKNOWN,
                            "rule",
                            name,
                            "account",
                            account,
                            "known",
                            String.join(", ", accounts.names())))
                    .ifPresent(problem -> found.problems.add(rules.locate(problem, name + ".account")));
        }
    }

    /** A service that no order could be bought with: its carrier refuses it order by order. */
    private void services() {
        Section rules = settings.section("rule");
        for (String name : settings.section("").list("rules")) {
            Section rule = rules.section(name);
            String use = rule.get("use", "");
            if (!Choosing.isComparison(use)) {
                requireService(rule, "use", rule.get("account", ""), use);
            }
        }
        Section words = settings.section("service");
        for (String word : words.keys()) {
            String[] target = words.get(word, "").split(":", 2);
            if (target.length == 2) {
                requireService(words, word, target[0], target[1]);
            }
        }
    }

    private void requireService(Section section, String key, String account, String service) {
        found.collect(() -> accounts.find(account).ifPresent(known -> {
            try {
                known.carrier().services().code(service);
            } catch (RefusedException none) {
                String legal = String.valueOf(none.problem(account).values().get("legal"));
                throw section.bad(key, section.get(key, ""), "a service of " + account + ": " + legal);
            }
        }));
    }

    private void books() {
        Path contracts = Path.of(settings.section("waybill").get("contracts.dir", "contracts"));
        Path lookups = Written.mappingsIn(settings).resolve("lookups");
        found.problems.addAll(BooksCheck.of(contracts, accounts.names(), lookups));
    }
}
