package io.inkfast.component;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.joran.util.ConfigurationWatchListUtil;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The XML that a logger context was configured from, with what it includes. */
final class ConfigurationSource {

    /** What Logback puts in the place of a variable that nobody has set. */
    static final Pattern UNDEFINED = Pattern.compile("([\\w.\\-]+)_IS_UNDEFINED");

    private static final int MAX_INCLUDES = 50;
    private static final Pattern FOUND = Pattern.compile("Found resource \\[.*] at \\[(.*)]");

    private final Context context;
    private final List<Element> roots = new ArrayList<>();
    private final Map<String, String> imports = new HashMap<>();
    private final Set<String> variables = new HashSet<>();
    private boolean variablesFromElsewhere;
    private boolean incomplete;

    private ConfigurationSource(Context context) {
        this.context = context;
    }

    /** The XML, or null where its place is not known (a stream, Spring Boot's own defaults) or it can't be read. */
    static @Nullable ConfigurationSource of(Context context) {
        URL url = url(context);
        if (url == null) {
            return null;
        }
        ConfigurationSource source = new ConfigurationSource(context);
        try {
            source.read(url);
            return source;
        } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
            return null;
        }
    }

    /*
     * Logback keeps the URL only of what it scans for changes. Of what it finds itself, by its well-known names or the
     * system property, it says so in a status; one that is older than the end of a configuration was for that.
     */
    private static @Nullable URL url(Context context) {
        URL url = ConfigurationWatchListUtil.getMainWatchURL(context);
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            String message = String.valueOf(status.getMessage());
            Matcher found = FOUND.matcher(message);
            if (found.matches()) {
                url = parse(found.group(1));
            } else if (message.startsWith("End of configuration")) {
                url = ConfigurationWatchListUtil.getMainWatchURL(context);
            }
        }
        return url;
    }

    private static @Nullable URL parse(String url) {
        try {
            return URI.create(url).toURL();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The element {@code <appender name="...">} of this class; null if there is none or there are several, as in the
     * branches of a condition: then it can't be told which one counts.
     */
    @Nullable
    Element appender(String name, @Nullable Class<?> type) {
        List<Element> found = new ArrayList<>();
        roots.forEach(root -> collectAppenders(root, found));
        found.removeIf(each -> !substitute(each.getAttribute("name")).equals(name)
                || (type != null
                        && !className(substitute(each.getAttribute("class"))).equals(type.getName())));
        return found.size() == 1 ? found.get(0) : null;
    }

    /** The names of all appenders; null if an include could not be read, so that there may be others. */
    @Nullable
    List<String> appenders() {
        if (incomplete) {
            return null;
        }
        List<Element> found = new ArrayList<>();
        roots.forEach(root -> collectAppenders(root, found));
        List<String> names = found.stream()
                .map(each -> substitute(each.getAttribute("name")))
                .toList();
        return names.stream().anyMatch(name -> name.contains("_IS_UNDEFINED")) ? null : names;
    }

    /** The full name of a class that may have been imported. */
    String className(String written) {
        return imports.getOrDefault(written, written);
    }

    /** Whether the XML itself may give this variable a value, in a scope that the context does not show. */
    boolean mayDefine(String variable) {
        return incomplete || variablesFromElsewhere || variables.contains(variable);
    }

    private void read(URL url) throws IOException, SAXException, ParserConfigurationException {
        URLConnection connection = url.openConnection();
        // A jar that stays open in a cache cannot be replaced on redeployment.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            Element root = builder().parse(in).getDocumentElement();
            roots.add(root);
            collect(root);
        }
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        DocumentBuilder builder = factory.newDocumentBuilder();
        // The default handler writes to standard error; Logback has said it already.
        builder.setErrorHandler(new DefaultHandler());
        return builder;
    }

    private void collect(Element parent) {
        for (Element element : children(parent)) {
            switch (element.getTagName()) {
                case "import" -> {
                    String name = element.getAttribute("class");
                    imports.put(name.substring(name.lastIndexOf('.') + 1), name);
                }
                case "variable", "property", "substitutionProperty" -> {
                    variables.add(element.getAttribute("name"));
                    variablesFromElsewhere |= element.hasAttribute("file") || element.hasAttribute("resource");
                }
                case "define", "springProperty" -> variables.add(element.getAttribute("name"));
                case "timestamp" -> variables.add(element.getAttribute("key"));
                case "insertFromJNDI" -> variables.add(element.getAttribute("as"));
                case "include" -> include(element);
                default -> {}
            }
            collect(element);
        }
    }

    private void include(Element element) {
        URL url = included(element);
        if (url == null || roots.size() == MAX_INCLUDES) {
            incomplete = true;
            return;
        }
        try {
            read(url);
        } catch (IOException | SAXException | ParserConfigurationException | RuntimeException e) {
            // Logback reports an include that can't be read; there is nothing in it to check.
            incomplete = true;
        }
    }

    private @Nullable URL included(Element element) {
        try {
            if (element.hasAttribute("resource")) {
                String resource = substitute(element.getAttribute("resource"));
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                URL url = loader == null ? null : loader.getResource(resource);
                return url != null
                        ? url
                        : ConfigurationSource.class.getClassLoader().getResource(resource);
            }
            if (element.hasAttribute("file")) {
                return Path.of(substitute(element.getAttribute("file"))).toUri().toURL();
            }
            return URI.create(substitute(element.getAttribute("url"))).toURL();
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The text with its variables replaced, as far as the context knows them. */
    String substitute(String text) {
        try {
            return ch.qos.logback.core.util.OptionHelper.substVars(text, context);
        } catch (ch.qos.logback.core.spi.ScanException | IllegalArgumentException e) {
            return text;
        }
    }

    private static void collectAppenders(Element parent, List<Element> found) {
        for (Element element : children(parent)) {
            // Joran does not mind the case.
            if (element.getTagName().equalsIgnoreCase("appender")) {
                found.add(element);
            }
            collectAppenders(element, found);
        }
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
