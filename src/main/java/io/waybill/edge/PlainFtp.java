package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpConfiguration;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.io.CRLFLineReader;

/** A folder of a server of FTP. */
final class PlainFtp extends FtpEndpoint<FTPFile> {
    private static final Set<Integer> OF_EMPTY = Set.of(450, 550);

    /** How servers say that a folder may not be read, with those numbers or with that of a list that is complete. */
    private static final Pattern UNREAD = Pattern.compile("(?i)denied|permission|permitted|privilege|failed to open");

    PlainFtp(String uri, FtpConfiguration how) {
        super(uri, new FtpComponent(), how);
    }

    @Override
    protected FTPClient createFtpClient() {
        return new Client(getConfiguration().getDirectory());
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

    /**
     * A list of nothing is also what is read of a folder that is not there, and of a list that broke off.
     *
     * @throws IOException when the server cannot go into it, or did not list it; some say 450 or 550 of an empty one
     * @throws GenericFileOperationFailedException when it may not be read
     */
    static FTPFile[] requireFolder(FTPClient client, String folder, FTPFile... listed) throws IOException {
        if (listed.length == 0 && !folder.isEmpty()) {
            requireEmpty(client, folder);
        }
        return listed;
    }

    private static void requireEmpty(FTPClient client, String folder) throws IOException {
        int said = client.getReplyCode();
        String words = String.valueOf(client.getReplyString()).strip();
        if (UNREAD.matcher(words).find()) {
            throw new GenericFileOperationFailedException(
                    FTPReply.FILE_UNAVAILABLE, words, "it does not let us read the folder " + folder);
        }
        if (!FTPReply.isPositiveCompletion(said) && !OF_EMPTY.contains(said)) {
            throw new IOException("it did not list the folder " + folder + ": " + words);
        }
        String here = client.printWorkingDirectory();
        if (here != null && !client.changeWorkingDirectory(folder)) {
            throw new IOException("it does not let us into the folder " + folder);
        }
        if (here != null && !client.changeWorkingDirectory(here) && !folder.startsWith("/")) {
            throw new IOException("it does not let us back into the folder " + here);
        }
    }

    /** Where a server says nothing of UTF-8, each byte of a name is a character, which goes back as it came. */
    private static final class Client extends FTPClient {
        private final String folder;

        Client(String folder) {
            this.folder = folder;
        }

        @Override
        public FTPFile[] listFiles(String path) throws IOException {
            FTPFile[] listed = super.listFiles(path);
            return path.equals(folder) ? requireFolder(this, folder, listed) : listed;
        }

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
