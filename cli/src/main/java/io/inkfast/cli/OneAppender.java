package io.inkfast.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import io.inkfast.net.NetworkAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * One network appender of a configuration, alone: no other appender of it is started, so no file, journal or connection of a
 * process that runs is touched.
 */
final class OneAppender implements AutoCloseable {

    /* What an appender may need of what stands beside it. */
    private static final Set<String> KEPT = Set.of("property", "variable", "define", "import", "include", "timestamp");

    private final LoggerContext context;
    private final NetworkAppender appender;

    private OneAppender(LoggerContext context, NetworkAppender appender) {
        this.context = context;
        this.appender = appender;
    }

    /**
     * Starts it.
     *
     * @param name null if there is only one
     * @throws IOException if there is none, or it does not start, with the reasons in words
     */
    static OneAppender of(Path configuration, @Nullable String name) throws IOException {
        LoggerContext context = new LoggerContext();
        context.setName("inkfast-dlq");
        context.setMDCAdapter(new LogbackMDCAdapter());
        try {
            Document document = parse(configuration);
            String chosen = isolate(document, configuration, name);
            JoranConfigurator joran = new JoranConfigurator();
            joran.setContext(context);
            joran.doConfigure(new ByteArrayInputStream(bytes(document)));
            if (context.getLogger("ROOT").getAppender(chosen) instanceof NetworkAppender found && found.isStarted()) {
                return new OneAppender(context, found);
            }
            throw new IOException("appender [" + chosen + "] of [" + configuration + "] does not start" + why(context));
        } catch (SAXException | ParserConfigurationException | TransformerException | JoranException e) {
            context.stop();
            throw new IOException("[" + configuration + "] cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            context.stop();
            throw e;
        }
    }

    NetworkAppender appender() {
        return appender;
    }

    private static Document parse(Path configuration) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(configuration.toFile());
    }

    /* Its name; everything that it does not need is gone from the document then. */
    private static String isolate(Document document, Path configuration, @Nullable String name) throws IOException {
        Element root = document.getDocumentElement();
        List<String> found = new ArrayList<>();
        for (Node node : List.copyOf(children(root))) {
            if (node instanceof Element element && isWanted(element, name)) {
                found.add(element.getAttribute("name"));
            } else if (!(node instanceof Element element) || !KEPT.contains(element.getTagName())) {
                root.removeChild(node);
            }
        }
        if (found.size() != 1) {
            throw new IOException("[" + configuration + "] has " + found.size() + " network appenders"
                    + (name == null ? "; name one with --appender" : " of the name [" + name + "]"));
        }
        Element logger = document.createElement("root");
        Element reference = document.createElement("appender-ref");
        reference.setAttribute("ref", found.get(0));
        logger.appendChild(reference);
        root.appendChild(logger);
        return found.get(0);
    }

    private static boolean isWanted(Element element, @Nullable String name) {
        if (!element.getTagName().equals("appender")) {
            return false;
        }
        return name == null
                ? element.getAttribute("class").startsWith("io.inkfast.net.")
                : element.getAttribute("name").equals(name);
    }

    private static List<Node> children(Element element) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < element.getChildNodes().getLength(); i++) {
            nodes.add(element.getChildNodes().item(i));
        }
        return nodes;
    }

    private static byte[] bytes(Document document) throws TransformerException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private static String why(LoggerContext context) {
        StringBuilder words = new StringBuilder();
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            if (status.getLevel() == Status.ERROR) {
                words.append(words.isEmpty() ? ": " : "; ").append(status.getMessage());
            }
        }
        return words.toString();
    }

    @Override
    public void close() {
        context.stop();
    }
}
