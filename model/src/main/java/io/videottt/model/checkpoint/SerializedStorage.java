package io.videottt.model.checkpoint;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import net.razorvine.pickle.PickleException;

/**
 * A torch storage within a pickle that {@code pickle.dump} wrote instead of {@code torch.save}:
 * four small pickles (magic number, version, machine, the storage), the list of its key, and its
 * elements behind their number.
 */
final class SerializedStorage {

  private static final int PICKLES_BEFORE = 3;
  private static final int NUMBER_BYTES = 8;

  private SerializedStorage() {}

  /** The storage that is announced. */
  private record Announced(ElementType type, long elements) {}

  /**
   * @param bytes of the storage
   * @param source file, for messages
   * @param effort what the file has taken so far
   * @throws InvalidInputException when they are something else
   */
  static PickledStorage read(StoredBytes bytes, String source, CheckpointUnpickler.Effort effort) {
    long position = 0;
    for (int index = 0; index < PICKLES_BEFORE; index++) {
      position += next(bytes, position, source, effort).end();
    }
    CheckpointUnpickler.Pickle storage = next(bytes, position, source, effort);
    position += storage.end();
    position += next(bytes, position, source, effort).end();
    if (!(storage.root() instanceof Announced announced)) {
      throw new PickleException("a storage is none");
    }
    long length = announced.elements() * announced.type().bytes();
    StoredBytes elements = bytes.slice(position, bytes.length() - position);
    if (announced.elements() < 0
        || announced.elements() > bytes.length()
        || number(elements) != announced.elements()
        || elements.length() < NUMBER_BYTES + length) {
      throw new InvalidInputException(
          "%s: a storage of %d elements does not fit its %d bytes"
              .formatted(source, announced.elements(), bytes.length()));
    }
    return new PickledStorage(announced.type(), elements.slice(NUMBER_BYTES, length));
  }

  private static CheckpointUnpickler.Pickle next(
      StoredBytes bytes, long start, String source, CheckpointUnpickler.Effort effort) {
    return CheckpointUnpickler.readWithin(
        source,
        bytes.slice(start, bytes.length() - start),
        effort,
        id -> new Announced((ElementType) id[1], ((Number) id[4]).longValue()));
  }

  private static long number(StoredBytes bytes) {
    try (InputStream stream = bytes.open()) {
      return new CountedInput(stream, bytes.length()).number(NUMBER_BYTES);
    } catch (IOException e) {
      throw new PickleException("a storage ends too early", e);
    }
  }
}
