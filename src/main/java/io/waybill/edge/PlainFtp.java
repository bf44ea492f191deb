package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.io.CRLFLineReader;

/** A folder of a server of FTP. */
final class PlainFtp extends FtpEndpoint<FTPFile> {
    PlainFtp(String uri, FtpConfiguration how) {
        super(uri, new FtpComponent(), how);
    }

    @Override
    protected FTPClient createFtpClient() {
        return new Client();
    }

    /**
     * Whether names of files are in UTF-8 from now on (RFC 2640). Many servers say so only to who is signed in, and some do it only
     * for who asks; the others need not understand.
     */
    static boolean speaksUtf8(FTPClient client) throws IOException {
        boolean offered = client.hasFeature("UTF8");
        if (offered) {
            client.sendCommand("OPTS", "UTF8 ON");
        }
        return offered;
    }

    /** Where a server says nothing of UTF-8, each byte of a name is a character, which goes back as it came. */
    private static final class Client extends FTPClient {
        @Override
        public boolean login(String user, String password) throws IOException {
            boolean in = super.login(user, password);
            if (in && speaksUtf8(this)) {
                setControlEncoding(UTF_8);
                _controlInput_ = new CRLFLineReader(new InputStreamReader(_socket_.getInputStream(), UTF_8));
                _controlOutput_ = new BufferedWriter(new OutputStreamWriter(_socket_.getOutputStream(), UTF_8));
            }
            return in;
        }
    }
}
