package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Prediction;
import io.videottt.model.TrainingTarget;
import java.util.List;

/** The main head h over a feature pyramid, one for each output space. */
sealed interface PyramidHead permits ClassPyramid, ChromaPyramid {

  /** The head that a configuration asks for. */
  static PyramidHead of(FeaturePyramidConfiguration configuration, FeaturePyramid pyramid) {
    return switch (configuration.outputs()) {
      case CLASSES -> new ClassPyramid(configuration, pyramid);
      case CHROMA -> new ChromaPyramid(pyramid);
    };
  }

  /** What the head says about whole images. */
  Prediction predict(FeatureMaps features);

  /**
   * The main task's loss.
   *
   * @param targets one per image, of the encoder's input size
   * @param height rows of the encoder's input
   * @param width columns of the encoder's input
   * @return scalar
   */
  NDArray loss(FeatureMaps features, List<? extends TrainingTarget> targets, int height, int width);
}
