package io.waybill.carrier.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** A label as a one-page PDF: Latin lines as text in an embedded font, others as pictures of their line, bars as vectors. */
final class PdfLabel {
    private static final double PICTURE_SCALE = 300 / 72.0;
    private static final double THICKNESS = 1.5;
    private static final double BOLDNESS = 0.03;

    private final PDDocument document;
    private final PDPageContentStream page;
    private final PDFont font;

    private PdfLabel(PDDocument document, PDPageContentStream page) throws IOException {
        this.document = document;
        this.page = page;
        this.font = PDType0Font.load(document, new ByteArrayInputStream(Type.LATIN));
    }

    static byte[] print(LabelLayout layout) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            PDPage sheet = new PDPage(new PDRectangle(LabelLayout.WIDTH, LabelLayout.HEIGHT));
            document.addPage(sheet);
            try (PDPageContentStream page = new PDPageContentStream(document, sheet)) {
                new PdfLabel(document, page).draw(layout);
            }
            document.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void draw(LabelLayout layout) throws IOException {
        for (LabelLayout.Text text : layout.texts()) {
            draw(text);
        }
        for (LabelLayout.Rule rule : layout.rules()) {
            box(0, rule.y(), LabelLayout.WIDTH, THICKNESS);
        }
        draw(layout.barcode());
        page.fill();
    }

    private void draw(LabelLayout.Text text) throws IOException {
        String printed = Type.printable(text.text());
        double size = Type.size(text, printed);
        if (Type.isLatin(printed)) {
            write(text, printed, size);
        } else {
            picture(text, printed, size);
        }
    }

    private void write(LabelLayout.Text text, String printed, double size) throws IOException {
        page.beginText();
        page.setFont(font, (float) size);
        page.setRenderingMode(text.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        page.setLineWidth((float) (size * BOLDNESS));
        page.newLineAtOffset(text.x(), LabelLayout.HEIGHT - text.y());
        page.showText(printed);
        page.endText();
    }

    private void picture(LabelLayout.Text text, String printed, double size) throws IOException {
        PDImageXObject image =
                LosslessFactory.createFromImage(document, Type.line(printed, size, text.bold(), PICTURE_SCALE));
        float height = (float) (image.getHeight() / PICTURE_SCALE);
        float width = (float) (image.getWidth() / PICTURE_SCALE);
        page.drawImage(image, text.x(), LabelLayout.HEIGHT - text.y() - height / 4, width, height);
    }

    private void draw(LabelLayout.Barcode code) throws IOException {
        Bars bars = Bars.of(code.content());
        double module = (double) code.width() / bars.modules();
        for (Bars.Bar bar : bars.bars()) {
            box(code.x() + bar.from() * module, code.y(), bar.width() * module, code.height());
        }
    }

    private void box(double x, double top, double width, double height) throws IOException {
        page.addRect((float) x, (float) (LabelLayout.HEIGHT - top - height), (float) width, (float) height);
    }
}
