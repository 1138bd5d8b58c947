package io.videottt.adaptation.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.videottt.io.config.Require;
import io.videottt.io.config.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a training is, apart from weights and optimiser: everything that the rest of the run and
 * its log depend on and that the settings do not tell.
 *
 * @param identity what is trained on what with which settings
 * @param phase the phase that is under way
 * @param iteration iterations done in it
 * @param mainLossSum sum of the main task's losses since the last line of the log
 * @param reconstructionLossSum the same of the reconstruction loss
 * @param lossCount number of losses in the sums
 * @param seconds training time of all processes together
 * @param mainTaskOnly accuracy of the first phase's result, null before
 * @param joint accuracy of the second phase's result, null before
 * @param log lines written so far, one JSON object each
 */
record TrainingState(
    Map<String, String> identity,
    TrainingPhase phase,
    int iteration,
    double mainLossSum,
    double reconstructionLossSum,
    int lossCount,
    double seconds,
    Validation mainTaskOnly,
    Validation joint,
    List<String> log) {

  TrainingState {
    Require.atLeast("iteration", iteration, 0);
    Require.atLeast("lossCount", lossCount, 0);
    Objects.requireNonNull(phase, "phase");
    log = List.copyOf(log);
    identity = new TreeMap<>(identity);
  }

  static TrainingState start(Map<String, String> identity, TrainingPhase phase) {
    return new TrainingState(identity, phase, 0, 0, 0, 0, 0, null, null, List.of());
  }

  /**
   * At the beginning of a phase.
   *
   * @param firstPhase accuracy of the first phase's result, null where it was left out
   * @param secondPhase accuracy of the second phase's result, null before
   */
  TrainingState in(TrainingPhase next, Validation firstPhase, Validation secondPhase) {
    return new TrainingState(identity, next, 0, 0, 0, 0, seconds, firstPhase, secondPhase, log);
  }

  TrainingState afterStep(TrainingStep.Losses losses, double stepSeconds) {
    return new TrainingState(
        identity,
        phase,
        iteration + 1,
        mainLossSum + losses.main(),
        reconstructionLossSum + losses.reconstruction(),
        lossCount + 1,
        seconds + stepSeconds,
        mainTaskOnly,
        joint,
        log);
  }

  /** With a line in the log, and the sums of losses empty again when the line reported them. */
  TrainingState withLine(Map<String, ?> line, boolean reportsLosses) {
    List<String> longer = new ArrayList<>(log);
    longer.add(json(line));
    return new TrainingState(
        identity,
        phase,
        iteration,
        reportsLosses ? 0 : mainLossSum,
        reportsLosses ? 0 : reconstructionLossSum,
        reportsLosses ? 0 : lossCount,
        seconds,
        mainTaskOnly,
        joint,
        longer);
  }

  @JsonIgnore
  double meanMainLoss() {
    return phase.trainsMainTask() ? mainLossSum / lossCount : Double.NaN;
  }

  @JsonIgnore
  double meanReconstructionLoss() {
    return phase.trainsReconstruction() ? reconstructionLossSum / lossCount : Double.NaN;
  }

  private static String json(Object line) {
    try {
      return SettingsReader.MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values must serialise", impossible);
    }
  }
}
