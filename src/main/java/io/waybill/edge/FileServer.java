package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpsConfiguration;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/**
 * A server of files, {@code system.<name>.*}: {@code url} (sftp, ftps, or ftp where nothing better is to be had), {@code user},
 * {@code password} or {@code key}. An SFTP server proves by one of its {@link HostKeys} that it is the one that is meant; an FTPS
 * server by its certificate: {@code tls.ca}, or those Java trusts. Secrets never stand in a URI.
 */
final class FileServer {
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(15).toMillis();
    private static final int SILENT_MILLIS = (int) Duration.ofMinutes(2).toMillis();
    private static final String URLS =
            "sftp://host, sftp://host:port, ftps://host or ftp://host, without user and path";

    private final String name;
    private final Section system;
    private final URI url;

    private FileServer(String name, Section system, URI url) {
        this.name = name;
        this.system = system;
        this.url = url;
    }

    /** @throws ProblemException {@code missing-setting}, {@code bad-setting} */
    static FileServer read(Settings settings, String name) {
        Section system = settings.section("system." + name);
        String said = system.required("url");
        URI url;
        try {
            url = URI.create(said.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw system.bad("url", said, URLS);
        }
        if (!List.of("sftp", "ftps", "ftp").contains(String.valueOf(url.getScheme()))
                || url.getHost() == null
                || url.getUserInfo() != null
                || !url.getPath().isEmpty()) {
            throw system.bad("url", said, URLS);
        }
        return new FileServer(name, system, url);
    }

    String name() {
        return name;
    }

    /**
     * One folder of it; connects to nothing yet.
     *
     * @param folder as the server names it: {@code /out} from its root, {@code out} from where one arrives
     * @throws ProblemException {@code missing-setting}, {@code host-key-missing}, and what is wrong with a secret; none shows it
     */
    RemoteFileEndpoint<?> folder(CamelContext context, String folder) {
        RemoteFileEndpoint<?> endpoint = switch (url.getScheme()) {
            case "sftp" -> sftp(folder);
            case "ftps" -> ftps(folder);
            default -> ftp(folder);
        };
        endpoint.setCamelContext(context);
        RemoteFileConfiguration how = endpoint.getConfiguration();
        how.setUsername(system.required("user"));
        how.setBinary(true);
        how.setStepwise(false);
        how.setConnectTimeout(CONNECT_MILLIS);
        how.setSoTimeout(SILENT_MILLIS);
        how.setTimeout(SILENT_MILLIS);
        how.setThrowExceptionOnConnectFailed(true);
        endpoint.setMaximumReconnectAttempts(0);
        endpoint.setAutoCreate(false);
        return endpoint;
    }

    private RemoteFileEndpoint<?> ftp(String folder) {
        FtpConfiguration how = new FtpConfiguration(at(folder));
        how.setPassiveMode(true);
        how.setPassword(secret("password"));
        return new PlainFtp(said(folder), how);
    }

    private RemoteFileEndpoint<?> ftps(String folder) {
        FtpsConfiguration how = new FtpsConfiguration(at(folder));
        how.setPassiveMode(true);
        how.setPassword(secret("password"));
        how.setImplicit(system.flag("tls.implicit", false));
        if (how.isImplicit() && url.getPort() < 0) {
            how.setPort(FTPSClient.DEFAULT_FTPS_PORT);
        }
        return new TlsFtp(said(folder), how, trust());
    }

    private SSLContext trust() {
        String file = system.get("tls.ca", "");
        try {
            return file.isEmpty() ? SSLContext.getDefault() : TlsFtp.trusting(Path.of(file));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw system.bad("tls.ca", file, "a file that can be read, of certificates as PEM");
        }
    }

    private RemoteFileEndpoint<?> sftp(String folder) {
        SftpConfiguration how = new SftpConfiguration(at(folder));
        how.setStrictHostKeyChecking("yes");
        how.setUseUserKnownHostsFile(false);
        how.setKnownHosts(new HostKeys(name, system, url).known().getBytes(UTF_8));
        how.setServerAliveInterval((int) Duration.ofSeconds(30).toMillis());
        if (system.optional("key").isPresent()) {
            how.setPreferredAuthentications("publickey");
            byte[] key = (secret("key") + "\n").getBytes(UTF_8);
            String password = system.secret("keyPassword").orElse(null);
            requireOpen(key, password);
            how.setPrivateKey(key);
            how.setPrivateKeyPassphrase(password);
        } else {
            how.setPreferredAuthentications("password,keyboard-interactive");
            how.setPassword(secret("password"));
        }
        return new SftpEndpoint(said(folder), new SftpComponent(), how);
    }

    private void requireOpen(byte[] key, @Nullable String password) {
        boolean opened;
        try {
            KeyPair pair = KeyPair.load(new JSch(), key, null);
            opened = pair.decrypt(password == null ? null : password.getBytes(UTF_8));
            pair.dispose();
        } catch (JSchException | RuntimeException e) {
            throw badSecret(
                    "key",
                    "a whole private key, with the lines that say where it begins and ends, in a form that is read here,"
                            + " such as OpenSSH's (ssh-keygen -p -f key)");
        }
        if (!opened) {
            throw badSecret("keyPassword", "the password that system." + name + ".key is locked with");
        }
    }

    /** Shows where the secret is kept, never what it is. */
    private ProblemException badSecret(String key, String expected) {
        String said = system.get(key, "");
        return system.bad(key, said.matches("(?s)(env|file):.*") ? said : "", expected);
    }

    private String secret(String key) {
        system.required(key);
        return system.secret(key).orElse("");
    }

    private URI at(String folder) {
        return URI.create(said(folder));
    }

    private String said(String folder) {
        try {
            return url + "/" + new URI(null, null, folder, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("waybill-server:" + name + "?folder=" + folder, e);
        }
    }
}
