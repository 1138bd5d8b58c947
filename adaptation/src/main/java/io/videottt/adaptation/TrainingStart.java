package io.videottt.adaptation;

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
   * A trained model. If it has a reconstruction decoder the joint phase goes on with it, else with
   * a fresh one and an empty fourth channel.
   *
   * @param folder the model folder
   */
  record FromModel(Path folder) implements TrainingStart {}
}
