package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.api.HttpSettings;
import io.waybill.order.Json;
import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * How commands on this machine speak to a running hub: a file in its data folder that only its owner can read, there
 * from the start to the end of a hub. One that a killed hub left behind opens nothing.
 */
record HubToken(URI address, String secret, Optional<Path> certificate) {

    /** @param certificate the one the server shows, PEM; the only one a command trusts */
    static HubToken next(URI address, Optional<Path> certificate) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new HubToken(
                address, "wbt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random), certificate);
    }

    /** Where this machine finds a server with these settings. */
    static URI address(HttpSettings http, int port) {
        String scheme = http.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + host(http.host()) + ":" + port);
    }

    /** Never readable by others, not even while it is written. */
    void write(Path file) throws IOException {
        Files.deleteIfExists(file);
        OwnerOnly.file(file);
        String text = JsonNodeFactory.instance
                .objectNode()
                .put("address", address.toString())
                .put("secret", secret)
                .put(
                        "certificate",
                        certificate
                                .map(path -> path.toAbsolutePath().toString())
                                .orElse(null))
                .toString();
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when there is none that can be read whole. */
    static Optional<HubToken> read(Path file) {
        try {
            JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
            return json.hasNonNull("secret")
                    ? Optional.of(new HubToken(
                            URI.create(json.path("address").asText()),
                            json.path("secret").asText(),
                            Optional.ofNullable(json.path("certificate").textValue())
                                    .map(Path::of)))
                    : Optional.empty();
        } catch (IOException absentOrHalfWritten) {
            return Optional.empty();
        }
    }

    private static String host(String bound) {
        try {
            boolean everywhere = InetAddress.getByName(bound).isAnyLocalAddress();
            String host = everywhere ? "127.0.0.1" : bound;
            return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        } catch (UnknownHostException e) {
            return bound;
        }
    }
}
