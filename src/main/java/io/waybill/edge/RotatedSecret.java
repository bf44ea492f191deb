package io.waybill.edge;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A secret that webhooks are signed with, and beside it the one that is to take its place: {@code secret} and {@code secret.next}
 * under one prefix. While both are there either proves who signed.
 */
record RotatedSecret(Settings settings, String prefix) {
    private static final String NOW = "secret";
    private static final String NEXT = "secret.next";

    /**
     * The keys they stand for, that of {@code secret} first; one where there is no other, or no different one.
     *
     * @param decode reads a secret; it throws an IllegalArgumentException at one that is none
     * @param unusable says so of the whole {@code key}
     * @throws ProblemException {@code missing-setting} without {@code secret}, {@code unusable}, and those of a {@link
     *     Section#secret}; none shows a secret
     */
    List<byte[]> keys(Function<String, byte[]> decode, Code unusable) {
        Section section = settings.section(prefix);
        section.required(NOW);
        List<byte[]> keys = new ArrayList<>();
        for (String name : List.of(NOW, NEXT)) {
            section.secret(name)
                    .map(secret -> key(section, name, secret, decode, unusable))
                    .filter(key -> keys.stream().noneMatch(known -> Arrays.equals(known, key)))
                    .ifPresent(keys::add);
        }
        return keys;
    }

    private byte[] key(Section section, String name, String secret, Function<String, byte[]> decode, Code unusable) {
        try {
            return decode.apply(secret);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(section.locate(Problem.of(unusable, "key", prefix + "." + name), name));
        }
    }
}
