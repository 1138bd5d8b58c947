package io.videottt.model.features;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.videottt.base.FailureReason;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.io.storage.Storage;
import io.videottt.model.tensor.ScriptedNetwork;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A network as it was read.
 *
 * @param network ready to run
 * @param fingerprint SHA-256 of its file
 */
record NetworkFile(ScriptedNetwork network, String fingerprint) {

  /** Larger files are not read: Inception has 96 MB, VGG 550. */
  private static final int MOST_BYTES = 1 << 30;

  /**
   * Reads and loads a file.
   *
   * @param file any Hadoop path
   * @throws InvalidInputException when it cannot be read or is no network
   */
  static NetworkFile load(String file, Configuration hadoop, Device device) {
    byte[] archive;
    try {
      Path path = new Path(file);
      archive = Storage.of(path, hadoop).read(path, MOST_BYTES);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read: %s".formatted(file, FailureReason.of(e)), e);
    }
    String fingerprint = Sha256.of(archive);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      return new NetworkFile(ScriptedNetwork.load(file, archive, manager), fingerprint);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }
}
