package io.waybill.edge;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The signing secrets {@code sink.<name>.secret} and {@code sink.<name>.secret.next}: {@code whsec_} and 24 to 64 bytes in base 64,
 * as Standard Webhooks has it.
 */
final class SinkSecrets {
    private static final String PREFIX = "whsec_";

    private final Settings settings;

    SinkSecrets(Settings settings) {
        this.settings = settings;
    }

    /**
     * One key, or two while a secret is being replaced: a receiver that knows either of them takes what is signed with both.
     *
     * @throws ProblemException {@code missing-setting}, {@code bad-signing-secret} and those of a {@link Section#secret}; none
     *     shows the secret
     */
    List<byte[]> of(String sink) {
        return new RotatedSecret(settings, "sink." + sink).keys(SinkSecrets::decode, EdgeCode.BAD_SIGNING_SECRET);
    }

    /**
     * The secret as it is, for a receiver with a scheme of its own.
     *
     * @throws ProblemException those of a {@link Section#secret}
     */
    Optional<String> text(String sink) {
        return settings.section("sink." + sink).secret("secret");
    }

    /** @throws IllegalArgumentException when it is none */
    static byte[] decode(String secret) {
        byte[] key =
                secret.startsWith(PREFIX) ? Base64.getDecoder().decode(secret.substring(PREFIX.length())) : new byte[0];
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("24 to 64 bytes");
        }
        return key;
    }
}
