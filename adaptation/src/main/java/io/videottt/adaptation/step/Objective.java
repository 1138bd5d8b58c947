package io.videottt.adaptation.step;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import java.util.List;

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
    public AdaptationStep step(AdaptationState state, AdaptationSettings settings) {
      return new SelfTrainingStep(state, settings);
    }
  };

  /** The parameters that the steps change. */
  abstract List<Parameter> parameters(Parameters all);

  /** The step on a batch. */
  public abstract AdaptationStep step(AdaptationState state, AdaptationSettings settings);
}
