package io.waybill.carrier;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an account's webhooks are proven by: its secret, and the next one beside it while the carrier moves from one to the
 * other.
 *
 * @param key of the setting that holds it; that of the next one ends with {@code .next}
 * @param known none where no webhook is taken
 */
public record HookSecrets(String key, List<String> known) {
    private static final String NEXT = ".next";

    public HookSecrets {
        known = List.copyOf(known);
    }

    /**
     * @throws ProblemException {@code missing-setting} for a next one where there is none now, and those of a {@link
     *     Section#secret}; none shows a secret
     */
    public static HookSecrets read(Section account, String key) {
        Optional<String> next = account.secret(key + NEXT);
        if (next.isPresent()) {
            account.required(key);
        }
        return new HookSecrets(
                key,
                Stream.of(account.secret(key), next)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList());
    }

    /** Of an account that takes no webhooks. */
    public static HookSecrets none(String key) {
        return new HookSecrets(key, List.of());
    }

    public boolean isOn() {
        return !known.isEmpty();
    }

    /**
     * One, or two.
     *
     * @throws ProblemException {@code carrier-hook-off} when there is none: then nothing can be proven
     */
    public List<String> required() {
        if (known.isEmpty()) {
            throw new ProblemException(Problem.of(CarrierCode.CARRIER_HOOK_OFF, "setting", key));
        }
        return known;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HookSecrets[" + key + "]";
    }
}
