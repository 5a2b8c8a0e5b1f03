package io.github.spirabr.report.run;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a page that is HTML and XML at once. All text and all values of attributes are escaped; characters that XML cannot
 * hold are replaced. Not thread-safe.
 */
final class Markup {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringWriter page = new StringWriter();
    private final XMLStreamWriter xml;

    Markup() {
        try {
            // The JDK's own, whatever else is on the class path: another one might write other bytes.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(page);
            xml.writeDTD("<!DOCTYPE html>");
            xml.writeCharacters("\n");
        } catch (XMLStreamException e) {
            throw new IllegalStateException("this Java writes no XML", e);
        }
    }

    private interface Step {

        void on(XMLStreamWriter xml) throws XMLStreamException;
    }

    private Markup write(Step step) {
        try {
            step.on(xml);
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the page is not well-formed", e);
        }
    }

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    Markup open(String element, String... attributes) {
        return write(to -> {
            to.writeStartElement(element);
            attributes(to, attributes);
        });
    }

    /** Ends the element that was begun last. */
    Markup close() {
        return write(XMLStreamWriter::writeEndElement);
    }

    /** Begins a new line of the page, which is nothing that shows. */
    Markup line() {
        return write(to -> to.writeCharacters("\n"));
    }

    Markup text(String text) {
        return write(to -> to.writeCharacters(clean(text)));
    }

    /** An element that holds nothing but text. */
    Markup with(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** A paragraph on a line of its own. */
    Markup paragraph(String text) {
        return with("p", text).line();
    }

    /** An element that never holds anything, such as {@code meta}. */
    Markup empty(String element, String... attributes) {
        return write(to -> {
            to.writeEmptyElement(element);
            attributes(to, attributes);
        });
    }

    private static void attributes(XMLStreamWriter to, String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            to.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    /** Text with nothing in it that XML 1.0 forbids. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> clean.appendCodePoint(isAllowed(point) ? point : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t' || point == '\n' || point == '\r'
                || point >= 0x20 && point < 0x7F
                || point > 0x9F && point < 0xD800
                || point > 0xDFFF && point < 0xFFFE
                || point > 0xFFFF;
    }

    /** The whole page, in UTF-8. */
    byte[] bytes() {
        write(XMLStreamWriter::writeEndDocument);
        write(XMLStreamWriter::flush);
        return (page + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
