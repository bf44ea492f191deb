package io.waybill.carrier.declared;

import io.waybill.carrier.AccountSettings;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.carrier.HookSecrets;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes {@code account.<name>.adapter=declared} known; {@code .description} names a folder of {@code waybill.carriers.dir}. */
public final class DeclaredFactory implements DescribedCarriers {
    @Override
    public String id() {
        return "declared";
    }

    /** Of no carrier in particular: what one can do, its description says. */
    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "any",
                "described in a file",
                Carrier.class,
                IdempotencyClass.C,
                List.of(),
                CarrierFacts.Bill.NONE,
                List.of());
    }

    @Override
    public Read read(Path folder) {
        return new Descriptions(folder).all();
    }

    @Override
    public Carrier open(String accountName, Section account) {
        Path folder = Path.of(account.elsewhere("waybill").get("carriers.dir", "carriers"));
        String name = account.required("description");
        Description description = described(folder, name, account);
        CallSettings calls = CallSettings.read(account, description.test(), description.production());
        Map<String, String> settings = Settings.read(description.settings(), account);
        BigDecimal least = description.operation(Verb.BALANCE).isPresent()
                        && account.optional("balanceBelow").isPresent()
                ? account.decimal("balanceBelow", "0")
                : null;
        HookSecrets hookSecrets = description
                .hook()
                .map(hook -> HookSecrets.read(account, hook.secret()))
                .orElse(HookSecrets.none(""));
        AccountSettings.close(account);
        return Capabilities.of(new DeclaredCarrier(description, calls, settings, hookSecrets, least));
    }

    private static Description described(Path folder, String name, Section account) {
        try {
            return new Descriptions(folder).get(name);
        } catch (ProblemException e) {
            List<Problem> problems = e.problems().stream()
                    .map(problem ->
                            problem.values().containsKey("file") ? problem : account.about(problem, "description"))
                    .toList();
            throw new ProblemException(problems);
        }
    }
}
