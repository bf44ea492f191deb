package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.component.file.remote.FtpsComponent;
import org.apache.camel.component.file.remote.FtpsConfiguration;
import org.apache.camel.component.file.remote.FtpsEndpoint;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.io.CRLFLineReader;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a server of FTP over TLS. Camel's own trusts any certificate that is in date; this one says nothing, no password
 * either, to a server whose certificate is not trusted, or is another host's.
 */
final class TlsFtp extends FtpsEndpoint {
    private final SSLContext trust;

    TlsFtp(String uri, FtpsConfiguration how, SSLContext trust) {
        super(uri, new FtpsComponent(), how);
        this.trust = trust;
    }

    @Override
    protected FTPClient createFtpClient() {
        Client client = new Client(
                getConfiguration().isImplicit(), trust, getConfiguration().getDirectory());
        client.setEndpointCheckingEnabled(true);
        return client;
    }

    /**
     * Trusts those who are in a file, or whose certificate they signed, and nobody else.
     *
     * @param certificates PEM
     */
    static SSLContext trusting(Path certificates) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificates)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), each);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The host's name is checked where we sign in; a connection for files, to whatever address the server names, shows the same certificate. */
    private static final class Client extends FTPSClient {
        private final String folder;

        Client(boolean implicit, SSLContext trust, String folder) {
            super(implicit, trust);
            this.folder = folder;
        }

        @Override
        public FTPFile[] listFiles(String path) throws IOException {
            FTPFile[] listed = super.listFiles(path);
            return path.equals(folder) ? PlainFtp.requireFolder(this, folder, listed) : listed;
        }

        @Override
        public boolean login(String user, String password) throws IOException {
            boolean in = super.login(user, password);
            if (in && PlainFtp.speaksUtf8(this)) {
                setControlEncoding(UTF_8);
                _controlInput_ = new CRLFLineReader(new InputStreamReader(_socket_.getInputStream(), UTF_8));
                _controlOutput_ = new BufferedWriter(new OutputStreamWriter(_socket_.getOutputStream(), UTF_8));
            }
            return in;
        }

        @Override
        protected @Nullable Socket _openDataConnection_(String command, @Nullable String argument) throws IOException {
            Socket files = super._openDataConnection_(command, argument);
            if (files != null && !shown(files).equals(shown(_socket_))) {
                files.close();
                throw new SSLPeerUnverifiedException("its files are behind another certificate");
            }
            return files;
        }

        private static Certificate shown(Socket socket) throws SSLPeerUnverifiedException {
            if (socket instanceof SSLSocket tls) {
                return tls.getSession().getPeerCertificates()[0];
            }
            throw new SSLPeerUnverifiedException("its files come without TLS");
        }
    }
}
