package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Function;

/**
 * The signing secrets {@code sink.<name>.secret}: {@code env:NAME}, {@code file:PATH}, or the secret itself when it comes
 * as {@code WAYBILL_SINK_<NAME>_SECRET}. A secret is {@code whsec_} and 24 to 64 bytes in base 64, as Standard Webhooks has it.
 */
final class SinkSecrets {
    private static final String PREFIX = "whsec_";

    private final Settings settings;
    private final Function<String, String> environment;

    SinkSecrets(Settings settings, Function<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** @throws ProblemException {@code missing-setting}, {@code bad-signing-secret}; neither shows the secret */
    byte[] of(String sink) {
        String reference = settings.section("sink." + sink).required("secret");
        try {
            return decode(resolve(reference));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(Problem.of(EdgeCode.BAD_SIGNING_SECRET, "sink", sink));
        }
    }

    /** The same secret as it is, for a receiver with a scheme of its own. @throws ProblemException {@code bad-alert-secret} */
    String text(String sink) {
        try {
            String text =
                    resolve(settings.section("sink." + sink).required("secret")).strip();
            if (!text.isEmpty()) {
                return text;
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.of(EdgeCode.BAD_ALERT_SECRET, "sink", sink), e);
        }
        throw new ProblemException(Problem.of(EdgeCode.BAD_ALERT_SECRET, "sink", sink));
    }

    private String resolve(String reference) throws IOException {
        if (reference.startsWith("env:")) {
            String value = environment.apply(reference.substring(4));
            return value == null ? "" : value;
        }
        return reference.startsWith("file:") ? Files.readString(Path.of(reference.substring(5))) : reference;
    }

    private static byte[] decode(String secret) {
        String text = secret.strip();
        byte[] key =
                text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("24 to 64 bytes");
        }
        return key;
    }
}
