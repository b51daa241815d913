/** A program that uses the suite as an application does: SLF4J in its code, Inkfast in its logback.xml. */
module io.inkfast.quickstart {
    requires org.slf4j;
    // For the figures that the appenders show over JMX.
    requires java.management;
    requires io.inkfast.masking;
    requires tools.jackson.databind;
    requires static org.jspecify;
}
