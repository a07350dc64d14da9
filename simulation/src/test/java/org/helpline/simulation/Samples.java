package org.helpline.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes a value of any record by its components, so that a new event type or field is covered from the day
/// it exists.
final class Samples {
    private final boolean full;
    private int made;

    /// @param full whether optional values are present and lists have an element
    Samples(boolean full) {
        this.full = full;
    }

    Object of(Type type) {
        if (type instanceof ParameterizedType generic) return container(generic);
        Class<?> wanted = (Class<?>) type;
        if (wanted.isSealed()) {
            Class<?>[] kinds = wanted.getPermittedSubclasses();
            return of(kinds[made++ % kinds.length]);
        }
        if (wanted.isRecord()) return newRecord(wanted);
        if (wanted.isEnum()) return wanted.getEnumConstants()[made++ % wanted.getEnumConstants().length];
        return switch (wanted.getName()) {
            case "java.lang.String" -> "Grüße-\"" + made++ + "\"";
            case "int", "java.lang.Integer" -> 7;
            case "long", "java.lang.Long" -> 1L << 40;
            case "char", "java.lang.Character" -> '#';
            case "boolean", "java.lang.Boolean" -> full;
            case "java.time.Instant" ->
                Instant.parse("2026-03-02T14:00:00.123456789Z").plusSeconds(made++);
            case "java.time.Duration" -> Duration.ofSeconds(20).plusMillis(made++);
            default -> throw new IllegalArgumentException("no sample for " + wanted);
        };
    }

    private Object container(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        Class<?> raw = (Class<?>) generic.getRawType();
        if (raw == Optional.class) return full ? Optional.of(of(arguments[0])) : Optional.empty();
        if (raw == List.class) return full || needsOne(arguments[0]) ? List.of(of(arguments[0])) : List.of();
        if (raw == SortedMap.class) {
            TreeMap<Object, Object> map = new TreeMap<>();
            if (full) map.put(of(arguments[0]), of(arguments[1]));
            return map;
        }
        throw new IllegalArgumentException("no sample for " + generic);
    }

    /// An agent has at least one language and one modality.
    private static boolean needsOne(Type element) {
        return List.of("Language", "Modality").contains(((Class<?>) element).getSimpleName());
    }

    private Object newRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        // Ids and language tags have rules of their own.
        boolean oneText = components.length == 1 && types[0] == String.class;
        Object[] values = oneText
                ? new Object[] {type.getSimpleName().endsWith("Language") ? "es" : "id-" + made++}
                : Arrays.stream(components)
                        .map(component -> component.getName().equals("transferNumbers")
                                ? full ? List.of("+1212555XXXX*") : List.of()
                                : of(component.getGenericType()))
                        .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }
}
