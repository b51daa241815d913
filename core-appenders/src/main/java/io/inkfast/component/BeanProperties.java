package io.inkfast.component;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.DefaultClass;
import io.inkfast.internal.Suggestion;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The elements that Joran would accept for a class: its public setters and adders. */
final class BeanProperties {

    private final Map<String, Method> methods = new TreeMap<>();

    BeanProperties(Class<?> bean) {
        for (Method method : bean.getMethods()) {
            String name = method.getName();
            if (method.getParameterCount() == 1
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.isBridge()
                    && name.length() > 3
                    && (name.startsWith("set") || name.startsWith("add"))
                    && !isOfTheFramework(method)) {
                // Where both exist, the adder is for several: either accepts the element.
                methods.putIfAbsent(elementName(name.substring(3)), method);
            }
        }
    }

    private static final java.util.Set<String> NOT_ELEMENTS =
            java.util.Set.of("context", "parent", "status", "error", "info", "warn", "outputStream", "appender");

    /* addStatus, addInfo and the like, and the setters that Joran calls by itself. */
    private static boolean isOfTheFramework(Method method) {
        String element = elementName(method.getName().substring(3));
        if (method.getName().startsWith("set")) {
            return NOT_ELEMENTS.contains(element);
        }
        boolean ofLogbacksCore = method.getDeclaringClass().getName().startsWith("ch.qos.logback.core.");
        return element.equals("appender") || (ofLogbacksCore && NOT_ELEMENTS.contains(element));
    }

    /** The setter or adder for an element, or null. */
    @Nullable
    Method find(String element) {
        return methods.get(elementName(element));
    }

    java.util.Collection<String> names() {
        return methods.keySet();
    }

    /** Whether an element of this type is text, in Joran's eyes. */
    static boolean isText(Class<?> type) {
        return type.isPrimitive()
                || type == String.class
                || type.isEnum()
                || Charset.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type)
                || type == Boolean.class
                || valueOf(type) != null;
    }

    /** The class of a nested element that names none, or null if that can't be told. */
    static @Nullable Class<?> defaultClass(Method method) {
        DefaultClass annotation = method.getAnnotation(DefaultClass.class);
        if (annotation != null) {
            return annotation.value();
        }
        Class<?> type = method.getParameterTypes()[0];
        // Joran's own defaults.
        if (type == Encoder.class) {
            return PatternLayoutEncoder.class;
        }
        if (type == Layout.class) {
            return PatternLayout.class;
        }
        return type.isInterface() || Modifier.isAbstract(type.getModifiers()) ? null : type;
    }

    /** What a text for this type must be, or null if {@code text} is good. */
    static @Nullable String complaint(Class<?> type, String text) {
        try {
            if (type == boolean.class || type == Boolean.class) {
                return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? null : "true or false";
            }
            if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
                Long.parseLong(text);
                return null;
            }
            if (type.isEnum()) {
                return enumComplaint(type, text);
            }
            if (Charset.class.isAssignableFrom(type)) {
                return text.equalsIgnoreCase("null") || Charset.isSupported(text)
                        ? null
                        : "the name of a character set, such as UTF-8";
            }
            Method valueOf = type == String.class ? null : valueOf(type);
            if (valueOf != null) {
                valueOf.invoke(null, text);
            }
            return null;
        } catch (NumberFormatException e) {
            return "a whole number";
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return switch (type.getSimpleName()) {
                case "FileSize" -> "a size such as 64KB or 10MB";
                case "Duration" -> "a time such as 5 seconds";
                default -> "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
            };
        }
    }

    private static @Nullable String enumComplaint(Class<?> type, String text) {
        StringBuilder allowed = new StringBuilder("one of ");
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return null;
            }
            allowed.append(allowed.length() == 7 ? "" : ", ").append(((Enum<?>) constant).name());
        }
        return allowed.toString();
    }

    private static @Nullable Method valueOf(Class<?> type) {
        try {
            Method method = type.getMethod("valueOf", String.class);
            return Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** The end of a sentence that says that {@code name} is none: the nearest of those known, or all. */
    static String suggestion(String name, List<String> known) {
        String nearest = Suggestion.nearest(name, known);
        return nearest == null ? "; its settings are " + String.join(", ", known) : "; did you mean <" + nearest + ">?";
    }

    /* As Joran does: the first letter in lower case, unless the first two are capitals. */
    private static String elementName(String text) {
        if (text.length() > 1 && Character.isUpperCase(text.charAt(0)) && Character.isUpperCase(text.charAt(1))) {
            return text;
        }
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
