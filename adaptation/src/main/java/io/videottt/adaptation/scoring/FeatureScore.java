package io.videottt.adaptation.scoring;

import io.videottt.catalog.image.RgbImage;
import io.videottt.model.features.FeatureNetworks;
import io.videottt.model.features.InceptionNetwork;
import io.videottt.model.features.PerceptualDistance;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What other people's networks see in predicted colours, where there are such networks.
 *
 * @param inception for the Frechet Inception Distance and the Inception Score
 * @param lpips for LPIPS
 */
public record FeatureScore(Optional<Inception> inception, Optional<Lpips> lpips) {

  /** Nothing was looked at. */
  public static final FeatureScore NONE = new FeatureScore(Optional.empty(), Optional.empty());

  /**
   * Features of a frame.
   *
   * @param network SHA-256 of the network's file
   * @param truth [D], of the true colours
   * @param prediction [D], of the predicted ones
   * @param probabilities [K], of the classes of the prediction
   */
  public record Inception(
      String network, float[] truth, float[] prediction, float[] probabilities) {

    /** Checks that the features are of one network. */
    public Inception {
      Objects.requireNonNull(network, "features without a network");
      if (truth.length != prediction.length || probabilities.length == 0) {
        throw new IllegalArgumentException(
            "%d features against %d, %d probabilities"
                .formatted(truth.length, prediction.length, probabilities.length));
      }
    }
  }

  /**
   * Distance of a frame from its truth.
   *
   * @param network SHA-256 of the network's file
   * @param distance the lower the better
   */
  public record Lpips(String network, double distance) {

    /** Checks that there is a network. */
    public Lpips {
      Objects.requireNonNull(network, "a distance without a network");
    }
  }

  /** Looks at a frame with the networks that there are. */
  static FeatureScore of(FeatureNetworks networks, RgbImage truth, RgbImage predicted) {
    return new FeatureScore(
        networks.inception().map(network -> inception(network, truth, predicted)),
        networks.lpips().map(network -> lpips(network, truth, predicted)));
  }

  private static Inception inception(InceptionNetwork network, RgbImage truth, RgbImage predicted) {
    List<InceptionNetwork.View> views =
        network.look(List.of(truth.pixels(), predicted.pixels()), truth.height(), truth.width());
    return new Inception(
        network.fingerprint(),
        views.get(0).features(),
        views.get(1).features(),
        views.get(1).probabilities());
  }

  private static Lpips lpips(PerceptualDistance network, RgbImage truth, RgbImage predicted) {
    return new Lpips(
        network.fingerprint(),
        network.between(truth.pixels(), predicted.pixels(), truth.height(), truth.width()));
  }
}
