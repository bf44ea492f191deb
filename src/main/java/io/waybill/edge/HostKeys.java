package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys by which an SFTP server proves that it is the one that is meant: {@code hostKey} or the file {@code knownHosts}, one of
 * which is required.
 *
 * @param name of the system
 * @param system its settings
 */
record HostKeys(String name, Section system, URI url) {
    /** A line of known hosts: a mark or none, the hosts, the type (not the number that SSH 1 has there) and the key. */
    private static final Pattern KNOWN =
            Pattern.compile("\\s*(@\\S+\\s+)?[^#@\\s]\\S*(\\s+[a-z]\\S*(\\s+(?<key>\\S+).*)?)?\\s*");

    /**
     * In the form of OpenSSH's known_hosts.
     *
     * @throws ProblemException {@code host-key-missing}, {@code bad-setting}
     */
    String known() {
        String host =
                url.getPort() < 0 || url.getPort() == 22 ? url.getHost() : "[" + url.getHost() + "]:" + url.getPort();
        return system.optional("hostKey").map(key -> line(host, key)).orElseGet(this::knownHostsFile);
    }

    private String line(String host, String key) {
        if (!key.matches("[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?") || !isWhole(key.split(" ", -1)[1])) {
            throw system.bad("hostKey", key, "the type and the whole key, such as ssh-ed25519 AAAA…");
        }
        return host + " " + key + "\n";
    }

    /** A key is fields, each behind its length (RFC 4253, 6.6): one that was cut off ends within a field. */
    private static boolean isWhole(String key) {
        try {
            int length = 0;
            ByteBuffer fields = ByteBuffer.wrap(Base64.getDecoder().decode(key));
            while (fields.hasRemaining() && length >= 0) {
                length = fields.getInt();
                fields.position(fields.position() + length);
            }
            return length >= 0;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return false;
        }
    }

    private String knownHostsFile() {
        String file = system.optional("knownHosts")
                .orElseThrow(() -> new ProblemException(system.locate(
                        Problem.of(EdgeCode.HOST_KEY_MISSING, "system", name, "host", url.getHost()), "url")));
        try {
            String known = Files.readString(Path.of(file)) + "\n";
            requireWhole(file, known.lines().toList());
            return known;
        } catch (IOException | IllegalArgumentException e) {
            throw system.bad("knownHosts", file, "a file that can be read, in the form of OpenSSH's known_hosts");
        }
    }

    private void requireWhole(String file, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher said = KNOWN.matcher(lines.get(i));
            if (said.matches() && !(said.group("key") != null && isWhole(said.group("key")))) {
                throw system.bad(
                        "knownHosts",
                        file,
                        "for each host the type and the whole key, which line " + (i + 1) + " has not");
            }
        }
    }
}
