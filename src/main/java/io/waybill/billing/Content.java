package io.waybill.billing;

import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Limits;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, opened anew for each reading. */
public interface Content {
    InputStream open() throws IOException;

    static Content of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /** What a look at its first bytes tells. */
    record Look(Format format, char delimiter) {}

    /** What the file is known by: what it holds, whether it comes packed or not. One that cannot be unpacked is known as it is. */
    default String sha256() throws IOException {
        try (InputStream in = open()) {
            return sha256(Formats.unpacked(in, "", Limits.DEFAULT));
        } catch (ProblemException damaged) {
            return sha256(open()); // who reads the file tells
        }
    }

    private static String sha256(InputStream bytes) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(bytes, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A workbook by its mark, else a table whose cells are parted by what its first line has most of. */
    default Look look() throws IOException {
        byte[] start = start();
        if (start.length > 3 && start[0] == 'P' && start[1] == 'K') {
            return new Look(Format.XLSX, ',');
        }
        if (start.length > 3 && (start[0] & 0xFF) == 0xD0 && (start[1] & 0xFF) == 0xCF) {
            return new Look(Format.XLS, ',');
        }
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        boolean quoted = false;
        for (byte next : start) {
            if (next == '\n' && !quoted) {
                break;
            }
            quoted ^= next == '"';
            commas += next == ',' && !quoted ? 1 : 0;
            semicolons += next == ';' && !quoted ? 1 : 0;
            tabs += next == '\t' && !quoted ? 1 : 0;
        }
        if (tabs > Math.max(commas, semicolons)) {
            return new Look(Format.CSV, '\t');
        }
        return new Look(Format.CSV, semicolons > commas ? ';' : ',');
    }

    private byte[] start() throws IOException {
        try (InputStream raw = new BufferedInputStream(open())) {
            raw.mark(2);
            boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            try (InputStream in = packed ? new GZIPInputStream(raw) : raw) {
                return in.readNBytes(64 * 1024);
            } catch (EOFException | ZipException damaged) {
                return new byte[0]; // who reads the file tells
            }
        }
    }
}
