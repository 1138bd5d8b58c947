package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images on a device of its own memory, so that one that is sampled from again and again is copied
 * there once. Which images are kept is said by whoever samples from them. Where the engine computes
 * in the host's memory nothing is kept, since nothing is copied far.
 */
public final class UploadedImages implements AutoCloseable {

  private final NDManager manager;
  private final IdentityHashMap<byte[], NDArray> uploaded = new IdentityHashMap<>();
  private Set<byte[]> kept = Set.of();

  /**
   * @param manager of the device
   */
  public UploadedImages(NDManager manager) {
    this.manager = manager;
  }

  /** Keeps these images from their first use on, and frees all others. */
  public void keep(Collection<byte[]> images) {
    kept = Collections.newSetFromMap(new IdentityHashMap<>());
    if (Transfers.isApart(manager.getDevice())) {
      kept.addAll(images);
    }
    uploaded.entrySet().removeIf(entry -> !kept.contains(entry.getKey()) && freed(entry));
  }

  private static boolean freed(Map.Entry<byte[], NDArray> entry) {
    entry.getValue().close();
    return true;
  }

  /** Whether an image is kept, so that asking for it often is cheap. */
  public boolean keeps(byte[] image) {
    return kept.contains(image);
  }

  /**
   * An image on the device.
   *
   * @param image [height * width * 3], interleaved red, green, blue; not changed while it is kept
   * @return uint8 [1, height, width, 3]; of an image that is kept not to be closed, else in the
   *     current scope
   */
  public NDArray of(byte[] image, int height, int width) {
    if (!kept.contains(image)) {
      return ImageTensors.upload(manager, List.of(image), height, width);
    }
    return uploaded.computeIfAbsent(
        image,
        pixels -> {
          NDArray tensor = ImageTensors.upload(manager, List.of(pixels), height, width);
          NDScope.unregister(tensor);
          return tensor;
        });
  }

  /** Frees all. */
  @Override
  public void close() {
    keep(List.of());
  }
}
