package io.videottt.reports;

/**
 * Whether a row's settings are those that a grid ranked first.
 *
 * @param set what the row was evaluated on
 * @param model label of its weights
 * @param method id of its method
 * @param variant name of its settings, empty for the only ones
 * @param used whether they are, for example {@code Online TTT-MAE has the chosen settings}
 * @param ranked what was ranked first, where and by which grid
 */
public record ChosenSetting(
    EvaluationSet set, String model, String method, String variant, String used, String ranked) {

  public boolean isOf(Measurement m) {
    return set.equals(m.set())
        && model.equals(m.model())
        && method.equals(m.method())
        && variant.equals(m.variant());
  }
}
