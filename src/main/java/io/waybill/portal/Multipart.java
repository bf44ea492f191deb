package io.waybill.portal;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.waybill.api.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a form with a file, which goes from disk to disk and is never whole in memory. */
final class Multipart {
    private static final int PIECE = 64 * 1024;

    private Multipart() {}

    /** The file it answers with lies beside the upload; whoever asked deletes it. */
    static Form read(Request request, String type) throws IOException {
        DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, request.path());
        head.headers().set("Content-Type", type);
        if (!HttpPostRequestDecoder.isMultipart(head)) {
            throw new IOException("a form without a boundary between its parts");
        }
        DefaultHttpDataFactory toDisk = new DefaultHttpDataFactory(true);
        toDisk.setDeleteOnExit(false);
        Path upload = request.upload();
        if (upload != null) {
            toDisk.setBaseDir(String.valueOf(upload.toAbsolutePath().getParent()));
        }
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(toDisk, head);
            feed(decoder, request);
            return form(decoder.getBodyHttpDatas());
        } catch (DecoderException | IllegalArgumentException broken) {
            throw new IOException(broken);
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static void feed(HttpPostMultipartRequestDecoder decoder, Request request) throws IOException {
        try (InputStream in = request.content()) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
            }
        }
        decoder.offer(new DefaultLastHttpContent());
    }

    private static Form form(List<InterfaceHttpData> parts) throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Form.Sent file = null;
        for (InterfaceHttpData part : parts) {
            if (part instanceof Attribute attribute) {
                values.computeIfAbsent(attribute.getName(), first -> new ArrayList<>())
                        .add(attribute.getValue());
            } else if (part instanceof FileUpload sent && isFile(sent)) {
                file = file == null ? kept(sent) : new Form.Sent(file.name(), file.path(), false);
            }
        }
        return new Form(values, file);
    }

    /** A field for a file that was left empty is sent too. */
    private static boolean isFile(FileUpload sent) {
        return sent.getFilename() != null && !sent.getFilename().isEmpty();
    }

    private static Form.Sent kept(FileUpload sent) throws IOException {
        Path from = sent.getFile().toPath();
        Path kept = from.resolveSibling(from.getFileName() + ".kept");
        Files.move(from, kept, StandardCopyOption.REPLACE_EXISTING);
        return new Form.Sent(sent.getFilename(), kept, true);
    }
}
