package io.github.spirabr.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A PNG or SVG file; the ending of its name selects the format. */
final class PictureFile {

    /** Pixels of a PNG for each point. */
    static final int SCALE = 2;

    private static final String SVG = "http://www.w3.org/2000/svg";

    /** Draws on a canvas, in points. */
    interface Drawing {

        void on(Graphics2D graphics);
    }

    private final Path file;
    private final boolean vector;

    private PictureFile(Path file, boolean vector) {
        this.file = file;
        this.vector = vector;
    }

    static PictureFile at(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new PlotException(
                    "a picture's name must end in .png or .svg, but was " + file, null);
        }
        return new PictureFile(file, name.endsWith(".svg"));
    }

    void write(int width, int height, Drawing drawing) {
        // Of a length of its own, so that every name that the file may have can be written.
        Path draft = file.resolveSibling(".spira-" + UUID.randomUUID());
        try {
            byte[] bytes = vector ? svg(width, height, drawing) : png(width, height, drawing);
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PlotException("the picture could not be written to " + file + ": " + e
                    + (String.valueOf(e.getMessage()).contains("name too long")
                            ? "; choose a shorter name" : "; check the folder, its permissions and the free space"), e);
        } finally {
            deleteQuietly(draft);
        }
    }

    private static byte[] png(int width, int height, Drawing drawing) throws IOException {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            drawing.on(graphics);
        } finally {
            graphics.dispose();
        }
        return encoded(image);
    }

    static byte[] encoded(RenderedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java has no writer of PNG images");
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] svg(int width, int height, Drawing drawing) throws IOException {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IOException("this Java makes no XML documents", e);
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("SPIRA");
        context.setImageHandler(new EmbeddedPng());
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        drawing.on(graphics);
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
        return xml(root);
    }

    /** Batik's own writer names a document type, which some readers then fetch from the network. */
    private static byte[] xml(Element root) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(root), new StreamResult(bytes));
        } catch (TransformerException e) {
            throw new IOException("this Java writes no XML", e);
        }
        return bytes.toByteArray();
    }

    private static void deleteQuietly(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // A hidden file stays; the failure that led here matters more.
            return;
        }
    }
}
