package io.videottt.model.mask2former;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.model.ChromaLoss;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Queries whose masks are read as the chroma of the pixels of 4x4 patches, as the reconstruction
 * decoder's 48 are read as their colours: 32 of them, two channels of 16 pixels. As there, the last
 * layer alone is trained on, without classes, matching and deep supervision.
 */
final class ChromaQueries implements QueryHead {

  private final Decoders decoders;

  ChromaQueries(Decoders decoders) {
    this.decoders = decoders;
  }

  @Override
  public Prediction predict(FeatureMaps features) {
    NDArray patches;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      patches = decoders.decode(features).get(1);
      NDScope.unregister(patches);
    }
    NDScope.register(patches);
    return new Prediction.Chroma(patches);
  }

  @Override
  public NDArray loss(
      FeatureMaps features,
      List<? extends TrainingTarget> targets,
      int height,
      int width,
      RandomGenerator random) {
    return ChromaLoss.of(decoders.pixels(features, height, width), targets);
  }
}
