package io.inkfast.component;

import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.status.Status;
import io.inkfast.internal.Suggestion;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/*
 * Joran tells of an unknown element or an unparsable value only by a status, which may not name the appender, and of an
 * ignored attribute not at all; it starts the component with defaults. So the XML is read once more, against the beans
 * that it describes. Where the XML is not at hand, the statuses are all there is.
 */
/**
 * Finds what Logback would silently ignore in the configuration of one component: elements and attributes that nobody
 * reads, values that do not fit, variables that are not set. To be called from start(), on the configuring thread.
 *
 * @since 0.1.0
 */
public final class ConfigurationCheck {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([\\w.\\-]+)");

    /* Elements of Joran itself, allowed anywhere. */
    private static final Set<String> ANYWHERE = Set.of(
            "variable",
            "property",
            "substitutionProperty",
            "define",
            "import",
            "include",
            "timestamp",
            "param",
            "statusListener",
            "condition",
            "sift",
            "appender",
            "newRule",
            "springProperty",
            "insertFromJNDI");

    private static final Set<String> CONDITIONAL = Set.of("if", "then", "else", "springProfile");

    private final ConfigurationSource source;
    private final List<String> problems = new ArrayList<>();
    private boolean conditional;

    private ConfigurationCheck(ConfigurationSource source) {
        this.source = source;
    }

    /**
     * The problems in the configuration of {@code part}: an appender, or a component nested in the one that is being
     * configured. Nested components of Inkfast's own that are {@link SelfChecking} are left to themselves.
     *
     * @return sentences that name element, value and what is allowed; empty if there is none, or the component was not
     *     configured from XML
     */
    public static List<String> problems(ContextAware part) {
        Context context = part.getContext();
        if (context == null) {
            return List.of();
        }
        List<Status> statuses = context.getStatusManager().getCopyOfStatusList();
        String appender = part instanceof Appender<?> own ? own.getName() : StatusComplaints.beingProcessed(statuses);
        if (appender == null) {
            return List.of();
        }
        ConfigurationSource source = ConfigurationSource.of(context);
        Class<?> type = part instanceof Appender<?> ? part.getClass() : null;
        Element element = source == null ? null : source.appender(appender, type);
        if (source == null || element == null) {
            return StatusComplaints.of(part, appender, statuses);
        }
        ConfigurationCheck check = new ConfigurationCheck(source);
        String path = "<appender name=\"" + appender + "\">";
        if (part instanceof Appender<?>) {
            check.walk(element, part.getClass(), path, Set.of("name", "class"));
        } else {
            check.findAndWalk(element, part.getClass(), path);
        }
        return List.copyOf(check.problems);
    }

    /** The name of the appender that is the part, or of the one that is being configured; null if there is none. */
    public static @Nullable String appender(ContextAware part) {
        Context context = part.getContext();
        return part instanceof Appender<?> own
                ? own.getName()
                : context == null
                        ? null
                        : StatusComplaints.beingProcessed(
                                context.getStatusManager().getCopyOfStatusList());
    }

    /** Whether there may be an appender of this name: false only if the whole XML is known and has none. */
    public static boolean mayBeDefined(ContextAware part, String appender) {
        Context context = part.getContext();
        ConfigurationSource source = context == null ? null : ConfigurationSource.of(context);
        List<String> appenders = source == null ? null : source.appenders();
        return appenders == null || appenders.contains(appender);
    }

    private void findAndWalk(Element parent, Class<?> bean, String path) {
        for (Element child : ConfigurationSource.children(parent)) {
            String written = child.getAttribute("class");
            if (!written.isEmpty() && bean.getName().equals(source.className(written))) {
                walk(child, bean, "<" + child.getTagName() + "> of " + path, Set.of("class"));
            } else {
                findAndWalk(child, bean, path);
            }
        }
    }

    private void walk(Element element, Class<?> bean, String path, Set<String> attributes) {
        checkAttributes(element, path, attributes);
        checkOwnText(element, path);
        BeanProperties properties = new BeanProperties(bean);
        for (Element child : ConfigurationSource.children(element)) {
            String name = child.getTagName();
            Method method = properties.find(name);
            if (CONDITIONAL.contains(name)) {
                boolean outside = conditional;
                // Which branch counts is not known, nor what its variables are.
                conditional = true;
                walk(child, bean, path, Set.of("condition", "name"));
                conditional = outside;
            } else if (name.equals("appender-ref") && AppenderAttachable.class.isAssignableFrom(bean)) {
                checkReference(child, path);
            } else if (method != null) {
                walkProperty(child, method, path);
            } else if (!ANYWHERE.contains(name)) {
                List<String> known = new ArrayList<>(properties.names());
                if (AppenderAttachable.class.isAssignableFrom(bean)) {
                    known.add("appender-ref");
                }
                problems.add("<" + name + "> of " + path + " is not a setting of " + bean.getSimpleName()
                        + BeanProperties.suggestion(name, known));
            }
        }
    }

    /* Logback skips a reference that leads nowhere. */
    private void checkReference(Element reference, String path) {
        checkAttributes(reference, "<appender-ref> of " + path, Set.of("ref"));
        String name = source.substitute(reference.getAttribute("ref").trim());
        List<String> appenders = source.appenders();
        if (appenders != null && !appenders.contains(name) && !name.contains("_IS_UNDEFINED")) {
            problems.add("<appender-ref> of " + path + " refers to [" + name + "]; there is no appender of that name"
                    + Suggestion.didYouMean(name, appenders));
        }
    }

    private void walkProperty(Element child, Method method, String path) {
        Class<?> type = method.getParameterTypes()[0];
        String name = child.getTagName();
        if (BeanProperties.isText(type)) {
            checkAttributes(child, "<" + name + "> of " + path, Set.of());
            checkText(child, method, path);
            return;
        }
        Class<?> nested = nestedClass(child, method);
        if (nested != null && !SelfChecking.class.isAssignableFrom(nested)) {
            walk(child, nested, "<" + name + "> of " + path, Set.of("class"));
        }
    }

    private @Nullable Class<?> nestedClass(Element child, Method method) {
        String written = source.substitute(child.getAttribute("class"));
        if (written.isEmpty()) {
            return BeanProperties.defaultClass(method);
        }
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            ClassLoader own = loader != null ? loader : ConfigurationCheck.class.getClassLoader();
            return Class.forName(source.className(written), false, own);
        } catch (ClassNotFoundException | LinkageError e) {
            // Logback has reported an error of its own.
            return null;
        }
    }

    private void checkText(Element element, Method method, String path) {
        Matcher variable = VARIABLE.matcher(element.getTextContent());
        while (variable.find()) {
            if (source.mayDefine(variable.group(1))) {
                // What it is here, only Joran knows.
                return;
            }
        }
        if (conditional) {
            return;
        }
        Class<?> type = method.getParameterTypes()[0];
        boolean ownSetting =
                type == String.class && method.getDeclaringClass().getName().startsWith("io.inkfast.");
        String text = source.substitute(element.getTextContent().trim());
        Matcher undefined = ConfigurationSource.UNDEFINED.matcher(text);
        boolean known = true;
        while (undefined.find()) {
            known = false;
            // Inkfast's own settings are judged by their component, which knows the text after substitution.
            if (!ownSetting && !source.mayDefine(undefined.group(1))) {
                problems.add(unset(element.getTagName(), path, undefined.group(1)));
            }
        }
        if (known && !text.isEmpty()) {
            String allowed = BeanProperties.complaint(type, text);
            if (allowed != null) {
                problems.add("<" + element.getTagName() + "> of " + path + " is [" + text + "]; allowed is " + allowed);
            }
        }
    }

    private static String unset(String element, String path, String variable) {
        return "<" + element + "> of " + path + " uses the variable [" + variable + "], which is not set; set it, or"
                + " give a default: ${" + variable + ":-value}";
    }

    private void checkAttributes(Element element, String path, Set<String> allowed) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = ((Attr) attributes.item(i)).getName();
            if (!allowed.contains(name) && !name.startsWith("xml") && !name.startsWith("xsi:")) {
                problems.add("the attribute [" + name + "] of " + path + " is ignored by Logback"
                        + (allowed.isEmpty()
                                ? "; write the value as the element's text"
                                : "; write it as an element: <" + name + ">...</" + name + ">"));
            }
        }
    }

    /* Text between the elements of a bean goes nowhere. */
    private void checkOwnText(Element element, String path) {
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Text text && !text.getData().isBlank()) {
                problems.add("the text [" + text.getData().trim() + "] of " + path
                        + " is ignored by Logback; write it as one of its elements");
            }
        }
    }
}
