package io.inkfast.samples.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One mistake in a configuration.
 *
 * @param name    what was done
 * @param element the word that the error has to name
 * @param appender the one that is wrong, by name
 */
record Mutation(String name, String element, String appender, Document document) {

    private static final String FRONT = "AsyncBatchingAppender";

    static List<Mutation> of(Path xml) throws Exception {
        List<Mutation> all = new ArrayList<>();
        int elements = below(parse(xml)).size();
        for (int i = 0; i < elements; i++) {
            Element child = below(parse(xml)).get(i);
            String tag = child.getTagName();
            // Without it Logback's policy throws, before anything of ours can see it: a test of its own.
            boolean throwsEarly = tag.equals("fileNamePattern");
            boolean text = children(child).isEmpty() && !child.getTextContent().isBlank();
            if (!tag.equals("appender") && !throwsEarly) {
                String typo = tag.substring(0, tag.length() - 2) + tag.charAt(tag.length() - 1);
                all.add(mutate(xml, i, "<" + tag + "> misspelt", typo, e -> rename(e, typo)));
            }
            all.add(mutate(xml, i, "attribute on <" + tag + ">", "verbose", e -> e.setAttribute("verbose", "yes")));
            if (text && !throwsEarly) {
                all.add(mutate(xml, i, "<" + tag + "> of ${UNSET}", "UNSET", e -> e.setTextContent("${UNSET}")));
            }
            for (String[] wrong : wrongSettings(child)) {
                all.add(mutate(
                        xml, i, "<" + wrong[0] + "> [" + wrong[1] + "]", wrong[0], e -> set(e, wrong[0], wrong[1])));
            }
        }
        return all;
    }

    void write(Path to) throws Exception {
        TransformerFactory.newInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(to.toFile()));
    }

    /* Wrong enums, sizes, times, switches; inherited ones among them, which Logback reads itself. */
    private static List<String[]> wrongSettings(Element element) {
        String type = element.getAttribute("class");
        if (type.endsWith(FRONT)) {
            return List.of(
                    new String[] {"overflow", "BLOKC"},
                    new String[] {"reserveLevel", "WARNING"},
                    new String[] {"maxQueuedBytes", "64 mib"},
                    new String[] {"queueSize", "eight"},
                    new String[] {"stopTimeout", "5 secnds"},
                    new String[] {"flushPerBatch", "maybe"});
        }
        if (type.endsWith("FileAppender")) {
            return List.of(new String[] {"append", "maybe"}, new String[] {"bufferSize", "8 kay"}, new String[] {
                "prudent", "maybe"
            });
        }
        if (type.endsWith("ConsoleAppender")) {
            return List.<String[]>of(new String[] {"immediateFlush", "maybe"});
        }
        if (type.endsWith("Encoder")) {
            return List.of(new String[] {"includeMdc", "maybe"}, new String[] {"timeZone", "${UNSET}"});
        }
        if (type.endsWith("RollingPolicy")) {
            return List.of(new String[] {"maxHistory", "twenty"}, new String[] {"totalSizeCap", "2 gig"});
        }
        return List.of();
    }

    private static Mutation mutate(Path xml, int index, String name, String names, Consumer<Element> change)
            throws Exception {
        Document document = parse(xml);
        Element element = below(document).get(index);
        Element appender = element;
        while (!appender.getTagName().equals("appender")) {
            appender = (Element) appender.getParentNode();
        }
        String where = appender.getAttribute("name");
        change.accept(element);
        return new Mutation(where + ": " + name, names, where, document);
    }

    /* The appenders of the file and all elements in them. */
    private static List<Element> below(Document document) {
        List<Element> elements = new ArrayList<>();
        for (Element element : children(document.getDocumentElement())) {
            if (element.getTagName().equals("appender")) {
                collect(element, elements);
            }
        }
        return elements;
    }

    private static void collect(Element element, List<Element> into) {
        into.add(element);
        children(element).forEach(child -> collect(child, into));
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static void rename(Element element, String name) {
        element.getOwnerDocument().renameNode(element, null, name);
    }

    private static void set(Element parent, String name, String value) {
        children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .forEach(parent::removeChild);
        Element setting = parent.getOwnerDocument().createElement(name);
        setting.setTextContent(value);
        parent.appendChild(setting);
    }

    private static Document parse(Path xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    }
}
