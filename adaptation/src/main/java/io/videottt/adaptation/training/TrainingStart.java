package io.videottt.adaptation.training;

import io.videottt.model.ModelConfiguration;
import org.apache.hadoop.fs.Path;

/** Where a training starts. */
public sealed interface TrainingStart {

  /**
   * Fresh weights.
   *
   * @param configuration the network's sizes
   */
  record FromScratch(ModelConfiguration configuration) implements TrainingStart {}

  /**
   * A trained model. If it has a reconstruction decoder for the settings' target, the phases that
   * train one go on with it; in place of one for another target, a fresh one is drawn; where there
   * is none, a fresh one, with an empty fourth channel.
   *
   * @param folder the model folder
   */
  record FromModel(Path folder) implements TrainingStart {}
}
