package io.videottt.model.checkpoint;

import java.nio.ByteOrder;

/** A tensor or array as a pickle describes it, without the name that it has in its dictionary. */
interface PickledTensor {

  /**
   * The tensor under its name.
   *
   * @param source file, for messages
   * @throws io.videottt.base.InvalidInputException when it does not fit its bytes, or is an array
   *     of something else than numbers
   */
  StoredTensor named(String source, String name);

  /** A tensor of PyTorch: a view of a storage. */
  record OfTorch(
      PickledStorage storage, long[] shape, StoredTensor.Order order, ByteOrder endianness)
      implements PickledTensor {

    @Override
    public StoredTensor named(String source, String name) {
      return new StoredTensor(
          source, name, storage.type(), shape, order, storage.bytes(), endianness);
    }
  }
}
