package io.videottt.adaptation.step;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import java.util.List;
import java.util.Optional;

/** What steps minimise, and with it which parameters they change; all others stay. */
public enum Objective {
  /** l_s of f and g (Eq. 2). */
  RECONSTRUCTION {
    @Override
    List<Parameter> parameters(Parameters all) {
      return all.select(Part.ENCODER, Part.RECONSTRUCTION);
    }

    @Override
    public AdaptationStep step(AdaptationState state, AdaptationSettings settings) {
      return new ReconstructionStep(state, settings);
    }
  },

  /**
   * The entropy of the class prediction (Wang et al., "Tent", 2021): the weights and biases of the
   * normalisation layers of f and h, GroupNorms included.
   */
  ENTROPY {
    @Override
    List<Parameter> parameters(Parameters all) {
      return all.selectNormAffine(Part.ENCODER, Part.MAIN_HEAD);
    }

    @Override
    public Optional<String> limitation(Task task) {
      return task == Task.COLORIZATION
          ? Optional.of(
              "The entropy is that of a distribution over classes: colours are predicted as values,"
                  + " which have none.")
          : Optional.empty();
    }

    @Override
    public AdaptationStep step(AdaptationState state, AdaptationSettings settings) {
      return new EntropyStep(state, settings);
    }
  },

  /**
   * Cross-entropy to the model's own confident predictions. All of f is trained and h stays h0, as
   * for the reconstruction: the paper writes the adapted model as h(f_t) for every method.
   */
  PSEUDO_LABELS {
    @Override
    List<Parameter> parameters(Parameters all) {
      return all.select(Part.ENCODER);
    }

    @Override
    public Optional<String> limitation(Task task) {
      return task == Task.SEMANTIC
          ? Optional.empty()
          : Optional.of(
              "Self-training labels single pixels by their confidence, which the networks give for"
                  + " semantic segmentation only.");
    }

    @Override
    public AdaptationStep step(AdaptationState state, AdaptationSettings settings) {
      return new SelfTrainingStep(state, settings);
    }
  };

  /** The parameters that the steps change. */
  abstract List<Parameter> parameters(Parameters all);

  /** Why the objective is not defined for a task, in a sentence; empty where it is. */
  public Optional<String> limitation(Task task) {
    return Optional.empty();
  }

  /** The step on a batch. */
  public abstract AdaptationStep step(AdaptationState state, AdaptationSettings settings);
}
