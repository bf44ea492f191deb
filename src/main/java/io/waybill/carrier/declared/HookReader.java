package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code webhook} of a description: how what is pushed is proven, and what reads it. */
final class HookReader {
    private final Faults faults;
    private final Map<String, String> settings;
    private final OperationReader operations;
    private final ReplyReader replies;

    HookReader(Faults faults, Map<String, String> settings, OperationReader operations, ReplyReader replies) {
        this.faults = faults;
        this.settings = settings;
        this.operations = operations;
        this.replies = replies;
    }

    Optional<HookSpec> read(@Nullable Yaml spec) {
        if (spec == null) {
            return Optional.empty();
        }
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, List.of("proof", "header", "secret", "reply", "reads"), MappingCode.UNKNOWN_KEY);
        boolean hmac = faults.word(keys.get("proof"), "proof", List.of("hmac", "token"))
                .equals("hmac");
        String header = faults.required(keys, "header", "X-Signature");
        OperationCheck.header(faults, keys.get("header"));
        String secret = faults.required(keys, "secret", "");
        Yaml at = keys.get("secret");
        if (at != null && !Settings.isSecret(settings.getOrDefault(secret, ""))) {
            faults.bad(at, "secret", "a setting that is a secret");
        }
        Yaml name = keys.get("reply");
        ReplySpec reads = replies.read(keys.get("reads"), null);
        if (name == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "reply");
            return Optional.empty();
        }
        Mapping mapping = operations.reply(name, "push/1");
        return Optional.ofNullable(mapping).map(reply -> new HookSpec(hmac, header, secret, reply, reads));
    }
}
