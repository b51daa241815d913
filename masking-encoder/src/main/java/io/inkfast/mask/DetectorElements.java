package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.scan.Rules;
import io.inkfast.mask.search.Probe;
import io.inkfast.mask.search.ProbeSearch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The elements {@code <detector>}, and the detectors that are services. Configuring thread only. */
final class DetectorElements {

    private static final int MOST_ANCHORS = 64;
    private static final int MOST_LOOKED_AT = 4_096;

    private final Settings settings;
    private final OwnTypes types;
    private final Consumer<String> errors;

    DetectorElements(Settings settings, OwnTypes types, Consumer<String> errors) {
        this.settings = settings;
        this.types = types;
        this.errors = errors;
    }

    void add(List<Detector> declared, Rules.Builder rules) {
        List<Detector> detectors = new ArrayList<>(declared);
        for (Detector service : services()) {
            if (detectors.stream().noneMatch(other -> other.getClass() == service.getClass())) {
                detectors.add(service);
            }
        }
        if (detectors.size() > ProbeSearch.MOST) {
            settings.problem(
                    "there are " + detectors.size() + " detectors; at most " + ProbeSearch.MOST + " are possible");
            return;
        }
        List<Probe.Place> places = new ArrayList<>();
        for (Detector detector : detectors) {
            String name = detector.getClass().getName();
            try {
                place(detector, name, places);
            } catch (RuntimeException | LinkageError e) {
                settings.problem("<detector> [" + name + "] cannot be used ["
                        + e.getClass().getName() + "]");
            }
        }
        if (!places.isEmpty()) {
            rules.search(ProbeSearch.source(places));
        }
    }

    private List<Detector> services() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<Detector> services = new ArrayList<>();
        try {
            Iterator<Detector> found = ServiceLoader.load(
                            Detector.class, loader == null ? Detector.class.getClassLoader() : loader)
                    .iterator();
            while (found.hasNext()) {
                services.add(found.next());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            settings.problem("a service of [" + Detector.class.getName() + "] cannot be loaded ["
                    + e.getClass().getName() + "]; see META-INF/services of the class path");
        }
        return services;
    }

    private void place(Detector detector, String name, List<Probe.Place> places) {
        String anchors = detector.anchors();
        int behind = detector.maxLookBehind();
        int ahead = detector.maxLookAhead();
        if (anchors.isEmpty() || anchors.length() > MOST_ANCHORS) {
            settings.problem(
                    "<detector> [" + name + "] has " + anchors.length() + " anchors; allowed are 1 to " + MOST_ANCHORS);
        } else if (behind < 0 || behind > MOST_LOOKED_AT || ahead < 0 || ahead > MOST_LOOKED_AT) {
            settings.problem("<detector> [" + name + "] looks at " + behind + " characters before and " + ahead
                    + " behind; allowed are 0 to " + MOST_LOOKED_AT);
        } else {
            int type = types.of("detector", detector.type(), null);
            places.add(new Probe.Place(new DetectorProbe(detector, errors), type, anchors, behind, ahead));
        }
    }
}
