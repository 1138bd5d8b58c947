package io.videottt.adaptation.settings;

import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import java.util.List;

/** What a method optimises, and with it which parameters it changes; all others stay. */
public enum Objective {
  /** Nothing: the model is fixed. */
  NONE {
    @Override
    public List<Parameter> parameters(Parameters all) {
      return List.of();
    }
  },

  /** l_s of f and g (Eq. 2). */
  RECONSTRUCTION {
    @Override
    public List<Parameter> parameters(Parameters all) {
      return all.select(Part.ENCODER, Part.RECONSTRUCTION);
    }
  },

  /**
   * The entropy of the class prediction (Wang et al., "Tent", 2021): the weights and biases of the
   * normalisation layers of f and h, GroupNorms included.
   */
  ENTROPY {
    @Override
    public List<Parameter> parameters(Parameters all) {
      return all.selectNormAffine(Part.ENCODER, Part.MAIN_HEAD);
    }
  },

  /**
   * Nothing is minimised: the weights and biases of f's normalisation layers follow the statistics
   * of the stream ({@code LayerNormAdaptation}).
   */
  NORM_STATISTICS {
    @Override
    public List<Parameter> parameters(Parameters all) {
      return all.selectNormAffine(Part.ENCODER);
    }
  },

  /**
   * Cross-entropy to the model's own confident predictions. All of f is trained and h stays h0, as
   * for the reconstruction: the paper writes the adapted model as h(f_t) for every method.
   */
  PSEUDO_LABELS {
    @Override
    public List<Parameter> parameters(Parameters all) {
      return all.select(Part.ENCODER);
    }
  };

  /** Whether the method minimises something step by step. */
  public boolean takesSteps() {
    return this != NONE && this != NORM_STATISTICS;
  }

  /** The parameters that the method changes. */
  public abstract List<Parameter> parameters(Parameters all);
}
