package io.inkfast.internal;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one drain took out of a {@link ClosableRing}: elements in order, each with its tag. Reused; one thread.
 *
 * @since 0.1.0
 */
public final class RingBatch<E> extends AbstractList<E> {

    private @Nullable Object[] elements;
    private long[] labels;
    private long[] positions;
    private int size;
    private long heavy;

    public RingBatch(int expected) {
        elements = new @Nullable Object[expected];
        labels = new long[expected];
        positions = new long[expected];
    }

    @Override
    @SuppressWarnings("unchecked") // Only add() and insert() store, and they store E.
    public E get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("index " + index + ", size " + size);
        }
        return Objects.requireNonNull((E) elements[index]);
    }

    @Override
    public int size() {
        return size;
    }

    /** The number that travelled with the element. */
    public long tag(int index) {
        return labels[index] & ((1 << ClosableRing.TAG_BITS) - 1);
    }

    @Override
    public void clear() {
        Arrays.fill(elements, 0, size, null);
        size = 0;
        heavy = 0;
    }

    long heavy() {
        return heavy;
    }

    long lastPosition() {
        return positions[size - 1];
    }

    void add(E element, long label, long position) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
            labels = Arrays.copyOf(labels, size * 2);
            positions = Arrays.copyOf(positions, size * 2);
        }
        elements[size] = element;
        labels[size] = label;
        positions[size] = position;
        heavy += label >>> ClosableRing.TAG_BITS;
        size++;
    }

    /* Rare, and the list short: shifting is good enough. */
    void insert(E element, long label, long position) {
        add(element, label, position);
        int at = size - 1;
        while (at > 0 && positions[at - 1] > position) {
            elements[at] = elements[at - 1];
            labels[at] = labels[at - 1];
            positions[at] = positions[at - 1];
            at--;
        }
        elements[at] = element;
        labels[at] = label;
        positions[at] = position;
    }
}
