package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MarkupTest {

    @Property(tries = 500)
    void anyTextComesBackAsItIs(@ForAll String text) throws Exception {
        byte[] page = new Markup().open("p", "title", text).text(text).close().bytes();
        Element paragraph = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(page)).getDocumentElement();
        // Readers of XML see every end of a line alike.
        String expected = Markup.clean(text).replace("\r\n", "\n").replace('\r', '\n');
        assertThat(paragraph.getTextContent()).isEqualTo(expected);
        assertThat(paragraph.getAttribute("title")).isEqualTo(expected.replace('\n', ' ').replace('\t', ' '));
        assertThat(Jsoup.parse(new String(page, StandardCharsets.UTF_8)).select("body *")).hasSize(1);
    }

    @Property(tries = 500)
    void noTextGetsOutOfTheModelCard(@ForAll String text) {
        String escaped = ModelCard.escaped(text);
        assertThat(escaped).doesNotContain("<", ">", "\n", "\r");
        assertThat(escaped.replaceAll("\\\\.", "")).doesNotContain("|", "`", "*", "_", "[", "]", "#");
    }

    @Test
    void whatXmlForbidsIsReplaced() {
        assertThat(Markup.clean("a\u0000b\u001Bc\uFFFEd\uD800e\u0085f")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
        assertThat(Markup.clean("\tS\u00e3o Paulo \uD83D\uDE00\n")).isEqualTo("\tS\u00e3o Paulo \uD83D\uDE00\n");
    }
}
