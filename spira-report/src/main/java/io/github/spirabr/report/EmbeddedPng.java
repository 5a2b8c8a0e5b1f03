package io.github.spirabr.report;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.IOException;
import java.util.Base64;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Element;

/** Writes images into the SVG file itself, as PNG; Batik's own way needs its whole renderer. */
final class EmbeddedPng extends DefaultImageHandler {

    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context)
            throws SVGGraphics2DIOException {
        try {
            String data = Base64.getEncoder().encodeToString(PictureFile.encoded(image));
            element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + data);
        } catch (IOException e) {
            throw new SVGGraphics2DIOException(e.getMessage(), e);
        }
    }

    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context)
            throws SVGGraphics2DIOException {
        BufferedImage copy =
                new BufferedImage(image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        handleHREF((RenderedImage) copy, element, context);
    }

    @Override
    protected void handleHREF(RenderableImage image, Element element, SVGGeneratorContext context)
            throws SVGGraphics2DIOException {
        handleHREF(image.createDefaultRendering(), element, context);
    }
}
