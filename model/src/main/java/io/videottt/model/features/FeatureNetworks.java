package io.videottt.model.features;

import ai.djl.Device;
import io.videottt.model.tensor.ImageTensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The networks that predicted colours are looked at with, loaded. Thread-confined.
 *
 * @param inception for the Frechet Inception Distance and the Inception Score
 * @param lpips for LPIPS
 */
public record FeatureNetworks(
    Optional<InceptionNetwork> inception, Optional<PerceptualDistance> lpips)
    implements AutoCloseable {

  private static final int SIDE = 64;
  private static final int GRAY = 127;

  /** No network. */
  public static final FeatureNetworks NONE =
      new FeatureNetworks(Optional.empty(), Optional.empty());

  /**
   * Loads the networks of files.
   *
   * @throws io.videottt.base.InvalidInputException when one cannot be read or is none
   */
  public static FeatureNetworks load(FeatureFiles files, Configuration hadoop, Device device) {
    Optional<InceptionNetwork> inception =
        files.inception().map(file -> InceptionNetwork.load(file, hadoop, device));
    try {
      return new FeatureNetworks(
          inception, files.lpips().map(file -> PerceptualDistance.load(file, hadoop, device)));
    } catch (RuntimeException e) {
      inception.ifPresent(InceptionNetwork::close);
      throw e;
    }
  }

  /**
   * Tries the networks of files on a gray square, before anything else runs.
   *
   * @throws io.videottt.base.InvalidInputException when one cannot be read, is none, or does not
   *     return what it has to
   */
  public static void check(FeatureFiles files, Configuration hadoop) {
    byte[] square = new byte[SIDE * SIDE * ImageTensors.COLOURS];
    Arrays.fill(square, (byte) GRAY);
    try (FeatureNetworks networks = load(files, hadoop, Device.cpu())) {
      networks.inception.ifPresent(network -> network.look(List.of(square, square), SIDE, SIDE));
      networks.lpips.ifPresent(network -> network.between(square, square, SIDE, SIDE));
    }
  }

  /** SHA-256 of every network's file, by what it is for. */
  public Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new TreeMap<>();
    inception.ifPresent(network -> fingerprints.put("inception", network.fingerprint()));
    lpips.ifPresent(network -> fingerprints.put("lpips", network.fingerprint()));
    return fingerprints;
  }

  @Override
  public void close() {
    inception.ifPresent(InceptionNetwork::close);
    lpips.ifPresent(PerceptualDistance::close);
  }
}
