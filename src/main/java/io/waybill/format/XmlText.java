package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of an XML file, strictly: the charset it declares itself, else as any other file. */
final class XmlText {
    private static final int HEAD = 1 << 10;
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']");

    private static final Pattern OF_WIDE_LETTERS =
            Pattern.compile("utf-?(16|32).*|.*ucs-?[24].*", Pattern.CASE_INSENSITIVE);

    private XmlText() {}

    static Reader of(InputStream in, String file, Reading reading) {
        try {
            BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
            bytes.mark(HEAD);
            byte[] head = bytes.readNBytes(HEAD);
            bytes.reset();
            Charset declared = declared(head, file);
            return new StrictReader(bytes, file, declared == null ? reading : reading.withCharset(declared), false);
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    /**
     * UTF-16 is told by its byte order mark, and its declaration does not look like one here: where one that can be read says so, a
     * program declared what it held in its memory, and wrote something else.
     */
    private static @Nullable Charset declared(byte[] head, String file) {
        Matcher declaration = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!declaration.find() || OF_WIDE_LETTERS.matcher(declaration.group(1)).matches()) {
            return null;
        }
        String name = declaration.group(1);
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(FormatCode.UNKNOWN_ENCODING, "file", file, "charset", name), e);
        }
    }
}
